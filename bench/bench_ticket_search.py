"""How fast tickets are indexed, published and found, how big their shards are, and what a page of the desk reads.

    python -m bench.bench_ticket_search [TICKETS] [MONTHS]     5,000 over 12 months if not given; one JSON object a line

The tickets are made up: words as frequent as a language has them (Zipf), half English, half Arabic, of three messages
with 80 words in all. S3 is played in memory, so a publication's time is that of its own work. The desk's pages are
those of a small world of its own, since what they read hangs on the page and not on how many tickets there are.
"""

import functools
import gzip
import itertools
import json
import multiprocessing
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import boto3
from moto import mock_aws

from bench.bench_search import LETTERS, drawn, misspelt, vocabulary
from chalicelib import ids, settings
from chalicelib.search import packing, tickets
from chalicelib.search.tickets import NOBODY, TicketDocument
from chalicelib.search.tickets_documents import Span

QUERIES = 300
CHANGED = (1, 50)
FRESH = 50
ADDRESS = "http://127.0.0.1:8000"
IN_TABLE = 300
# What the files of a shard hold, by how their names end.
PARTS = {
    "idx": "postings",
    "term": "terms",
    "store": "ids",
    "fast": "times",
    "fieldnorm": "lengths",
    "pos": "positions",
}


def main(count: int, months: int) -> None:
    random.seed(20)
    os.environ.setdefault("AWS_DEFAULT_REGION", "eu-west-1")
    words = {locale: vocabulary(*letters) for locale, letters in LETTERS.items()}
    documents = [_document(number, months, words) for number in range(count)]
    report = _reporter(count, months)
    with mock_aws():
        boto3.client("s3").create_bucket(
            Bucket=settings.search_bucket(), CreateBucketConfiguration={"LocationConstraint": "eu-west-1"}
        )
        _measure(documents, words, report)
    report("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, "MB")
    # In a process of its own: another world, which this one's clients do not know.
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as other:
        other.submit(_desk).result()


def _measure(documents: list[TicketDocument], words: dict[str, list[str]], report: Callable[..., None]) -> None:
    by_month = {month: [one for one in documents if one.month == month] for month in {one.month for one in documents}}
    report("build", _timed(lambda: [tickets.rebuild(month, by_month[month]) for month in sorted(by_month)]), "s")
    report("size", _size() / 1e6, "MB")
    for part, octets in _parts().items():
        report("size_of", octets / 1e6, "MB", part=part)
    for changed in CHANGED:
        report("publish", _timed(functools.partial(_publish, by_month[max(by_month)][:changed])), "s", changed=changed)
    newest = Span(after=max(one.born for one in documents) - timedelta(days=10))
    for name, born in (("cold_open_newest", newest), ("cold_open", Span())):
        tickets.forget()
        report(name, _timed(functools.partial(tickets.search, "x", born=born)), "s")
    fresh = [tickets.entry(one) for one in documents[:FRESH]]
    kinds: list[tuple[str, Callable[[str], str], dict[str, Any]]] = [
        ("query", str, {}),
        ("newest_query", str, {"born": newest}),
        ("filtered_query", str, {"filters": {"status": ("open",), "team_id": ("tea_1",)}}),
        ("fresh_query", str, {"fresh": fresh}),
        ("misspelt_query", misspelt, {}),
    ]
    for kind, spoil, more in kinds:
        asked = list(itertools.islice(_queries(words, spoil), QUERIES))
        times = [_timed(functools.partial(tickets.search, query, **more)) for query in asked]
        report(f"{kind}_p50", statistics.median(times) * 1e3, "ms")
        report(f"{kind}_p99", sorted(times)[len(times) * 99 // 100] * 1e3, "ms")


def _publish(changed: list[TicketDocument]) -> None:
    tickets.publish(lambda: (changed, ()))


def _size() -> int:
    manifest, _ = tickets._shelf.manifest()
    return sum(file.size for file in manifest.files.values())


def _parts() -> Counter[str]:
    """The octets of each part of all shards, packed by itself."""
    found: Counter[str] = Counter()
    manifest, _ = tickets._shelf.manifest()
    for file in manifest.files.values():
        with tempfile.TemporaryDirectory() as place:
            packing.unpack(tickets._shelf.fetch(file), Path(place))
            for path in filter(Path.is_file, Path(place).rglob("*")):
                part = PARTS.get(path.suffix[1:], "rest")
                part = "words as written" if path.suffix == ".txt" else part
                part = "spelling" if path.parent.name == "vocabulary" else part
                found[part] += len(gzip.compress(path.read_bytes(), 1))
    return found


def _document(number: int, months: int, words: dict[str, list[str]]) -> TicketDocument:
    locale = ("en", "ar")[number % 2]
    at = number % months
    born = datetime(2025 + at // 12, at % 12 + 1, 1, tzinfo=UTC) + timedelta(minutes=number % 40_000)
    customer = number % 5000
    return TicketDocument(
        ticket_id=ids.at("tkt", born, f"ticket {number}"),
        born=born,
        subject=" ".join(drawn(words[locale], 5)),
        texts=tuple(" ".join(drawn(words[locale], size)) for size in (40, 25, 15)),
        names=("Alice Smith", f"alice{customer}@example.org", "order", str(1000 + number)),
        exact=(f"GH-{number}",) if number % 4 == 0 else (),
        filters={
            "status": (random.choice(("open", "pending", "solved", "closed")),),
            "team_id": (random.choice((NOBODY, "tea_1", "tea_2", "tea_3")),),
            "assignee_id": (f"agt_{number % 20}",),
            "customer_id": (ids.at("cus", datetime(2025, 1, 1, tzinfo=UTC), f"customer {customer}"),),
            "channel": (random.choice(("email", "portal", "sms")),),
            "tag": ("order",),
        },
    )


def _desk() -> None:
    """What pages of the desk's search ask of DynamoDB."""
    from infra.local.world import World, enter

    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        world.start()
        try:
            enter(world, world.engine.endpoint, ADDRESS, "a secret of the benchmark")
            _pages()
        finally:
            world.engine.stop()


def _pages() -> None:
    from bench.bench_desk import _fill
    from bench.counted import timed
    from bench.desk_visit import visitor
    from chalicelib.actions import index_tickets
    from chalicelib.store import staff, ticket_lists
    from chalicelib.store.ticket_lists import Wanted

    agent = staff.agent(_fill(IN_TABLE)[0])
    assert agent
    index_tickets.rebuild_missing()
    number = ticket_lists.page(Wanted(), 1).tickets[0].number
    get = visitor(agent, ADDRESS)
    pages = {
        "words of the last messages": {"q": "promised for last week"},
        "words of earlier messages": {"q": "promised for last week", "status": "closed"},
        "nothing found": {"q": "giraffe"},
        "a number": {"q": str(number)},
    }
    for name, asked in pages.items():
        path = f"/agent/tickets?{urlencode(asked)}"
        timed(f"ticket_search.page.{name}", functools.partial(get, path), tickets=IN_TABLE)


def _queries(words: dict[str, list[str]], spoil: Callable[[str], str]) -> Iterator[str]:
    for locale in itertools.cycle(words):
        first, *rest = drawn(words[locale], random.randint(1, 4))
        yield " ".join([spoil(first), *rest])


def _reporter(count: int, months: int) -> Callable[..., None]:
    def report(name: str, value: float, unit: str, **more: int) -> None:
        told = {"bench": f"ticket_search_{name}", "value": round(value, 3), "unit": unit, **more}
        print(json.dumps({**told, "tickets": count, "months": months}), flush=True)

    return report


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5_000, int(sys.argv[2]) if len(sys.argv) > 2 else 12)
