"""How fast tickets are indexed, published and found, and how big their shards are.

    python -m bench.bench_ticket_search [TICKETS] [MONTHS]     5,000 over 12 months if not given; one JSON object a line

The tickets are made up: words as frequent as a language has them (Zipf), half English, half Arabic, of three messages
with 80 words in all. S3 is played in memory, so a publication's time is that of its own work.
"""

import functools
import itertools
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Callable, Iterator

import boto3
from moto import mock_aws

from bench.bench_search import LETTERS, drawn, misspelt, vocabulary
from chalicelib import settings
from chalicelib.search import tickets
from chalicelib.search.tickets import NOBODY, TicketDocument

QUERIES = 300
CHANGED = (1, 50)
FRESH = 50


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


def _measure(documents: list[TicketDocument], words: dict[str, list[str]], report: Callable[..., None]) -> None:
    by_month = {month: [one for one in documents if one.month == month] for month in {one.month for one in documents}}
    report("build", _timed(lambda: [tickets.rebuild(month, by_month[month]) for month in sorted(by_month)]), "s")
    report("size", _size() / 1e6, "MB")
    for changed in CHANGED:
        report("publish", _timed(functools.partial(_publish, by_month[max(by_month)][:changed])), "s", changed=changed)
    tickets.forget()
    report("cold_open", _timed(lambda: tickets.search("x")), "s")
    fresh = [tickets.entry(one) for one in documents[:FRESH]]
    for kind, spoil, overlay in (("query", str, ()), ("fresh_query", str, fresh), ("misspelt_query", misspelt, ())):
        asked = list(itertools.islice(_queries(words, spoil), QUERIES))
        times = [_timed(functools.partial(tickets.search, query, fresh=overlay)) for query in asked]
        report(f"{kind}_p50", statistics.median(times) * 1e3, "ms")
        report(f"{kind}_p99", sorted(times)[len(times) * 99 // 100] * 1e3, "ms")


def _publish(changed: list[TicketDocument]) -> None:
    tickets.publish(lambda: (changed, ()))


def _size() -> int:
    manifest, _ = tickets._shelf.manifest()
    return sum(file.size for file in manifest.files.values())


def _document(number: int, months: int, words: dict[str, list[str]]) -> TicketDocument:
    locale = ("en", "ar")[number % 2]
    at = number % months
    return TicketDocument(
        ticket_id=f"tkt_{number:026}",
        month=f"{2025 + at // 12}-{at % 12 + 1:02}",
        subject=" ".join(drawn(words[locale], 5)),
        texts=tuple(" ".join(drawn(words[locale], size)) for size in (40, 25, 15)),
        names=("Alice Smith", f"alice{number % 5000}@example.org", "order", str(1000 + number)),
        exact=(f"GH-{number}",) if number % 4 == 0 else (),
        filters={
            "status": (random.choice(("open", "pending", "solved", "closed")),),
            "team_id": (random.choice((NOBODY, "tea_1", "tea_2", "tea_3")),),
            "assignee_id": (f"agt_{number % 20}",),
            "customer_id": (f"cus_{number % 5000}",),
            "channel": (random.choice(("email", "portal", "sms")),),
            "tag": ("order",),
        },
    )


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
