"""How fast the article index is built, opened, changed and searched, and how big it is.

    python -m bench.bench_search [ARTICLES]     500, 10,000 and 100,000 if not given; prints one JSON object a line

The articles are made up: words as frequent as a language has them (Zipf), half English, half Arabic, 200 words each.
What lies in S3 is read from the disk: of a cold open this is the part without the network, whose `size` is told.
"""

import itertools
import json
import multiprocessing
import os
import random
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from chalicelib.search import finding, index, packing, texts
from chalicelib.search.documents import Document

QUERIES = 500
VOCABULARY = 12_000
LETTERS = {"en": ("bcdfghklmnprstvw", "aeiou"), "ar": ("بتجحدرزسشصطعفقكلمنه", "اوي")}
SIZES = (500, 10_000, 100_000)


def main(articles: int) -> None:
    random.seed(20)
    # The larger a help centre, the more different words it has.
    words = {locale: vocabulary(*letters, max(VOCABULARY, articles // 2)) for locale, letters in LETTERS.items()}
    report = _reporter(articles)
    with tempfile.TemporaryDirectory() as place:
        built, changed, opened = (Path(place) / name for name in ("built", "changed", "opened"))
        for folder in (built, changed, opened):
            folder.mkdir()
        one, apart = _build(built, articles, words, report)
        packed = packing.pack(built)
        report("size", len(packed) / 1e6, "MB")
        report("size_of_texts_apart", len(apart.content) / 1e6, "MB")
        packing.unpack(packed, changed)
        report("change_one", *_timed(lambda: index.change(changed, [one], [one.key], [])), "s")
        (opened / "packed").write_bytes(packed)
        (opened / "texts").write_bytes(apart.content)
        (opened / "dictionary").write_bytes(apart.dictionary)
        # In a process of its own, so that the memory is that of a reader.
        with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as reader:
            reader.submit(read, opened, words, articles).result()


def _build(
    folder: Path, articles: int, words: dict[str, list[str]], report: Callable[..., None]
) -> tuple[index.Entry, texts.Packed]:
    """Make an index as a rebuild does, but of one audience; an entry of it, and the texts it does not carry."""
    documents = [_document(number, words) for number in range(articles)]
    apart = texts.Packed(b"", b"", {})

    def build() -> None:
        nonlocal apart
        entries = [index.entry(each) for each in documents]
        if sum(len(each.body) for each in documents) >= texts.LARGE:
            apart = texts.pack([(each.key, each.document.body) for each in entries])
        index.build(folder, entries, (), apart.places)

    report("build", *_timed(build), "s")
    return index.entry(documents[0]), apart


def read(folder: Path, words: dict[str, list[str]], articles: int) -> None:
    """Open the index packed in `folder`, and measure how it answers."""
    random.seed(21)
    report = _reporter(articles)
    packed = (folder / "packed").read_bytes()
    clock, cpu = _timed_both(partial(_open, packed, folder))
    report("cold_open", clock, "s")
    report("cold_open_cpu", cpu, "s")
    del packed
    opened = _index(folder)
    report("first_search", *_timed(lambda: _search(opened, " ".join(words["en"][:2]), "en")), "s")
    for kind, spoil in (("query", lambda word: word), ("misspelt_query", misspelt)):
        _measure(kind, _queries(words, spoil), report, partial(_search, opened))
    begun = ((query[: random.randint(2, 6)], locale) for query, locale in _queries(words, lambda word: word))
    _measure("suggest", begun, report, lambda typed, locale: opened.suggest(typed, locale=locale))
    report("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, "MB")


def _open(packed: bytes, folder: Path) -> finding.Index:
    packing.unpack(packed, folder)
    return _index(folder)


def _index(folder: Path) -> finding.Index:
    """The index in that folder; its texts, if they lie apart, are read from the disk as they would be from S3."""
    content = (folder / "texts").open("rb")
    told = texts.Texts(
        (folder / "dictionary").read_bytes(),
        lambda start, size: os.pread(content.fileno(), size, start),
        lambda whole: shutil.copyfileobj(content, whole),
    )
    return finding.Index(folder, told)


def _search(opened: finding.Index, query: str, locale: str) -> None:
    opened.search(query, locale=locale, category_id=None, limit=10, offset=0)


def _measure(
    kind: str,
    queries: Iterator[tuple[str, str]],
    report: Callable[..., None],
    ask: Callable[[str, str], object],
) -> None:
    """Times by the clock, and of the processor: on a machine with other work to do, the second tells of the search."""
    for query, locale in itertools.islice(queries, 20):  # warm up
        ask(query, locale)
    times = [_timed_both(partial(ask, *one)) for one in itertools.islice(queries, QUERIES)]
    for name, taken in (("", sorted(clock for clock, _ in times)), ("cpu_", sorted(cpu for _, cpu in times))):
        report(f"{kind}_{name}p50", taken[len(taken) // 2] * 1e3, "ms")
        report(f"{kind}_{name}p99", taken[len(taken) * 99 // 100] * 1e3, "ms")


def _timed_both(work: Callable[[], object]) -> tuple[float, float]:
    clock, cpu = time.perf_counter(), time.thread_time()
    work()
    return time.perf_counter() - clock, time.thread_time() - cpu


def _reporter(articles: int) -> Callable[[str, float, str], None]:
    def report(name: str, value: float, unit: str) -> None:
        print(
            json.dumps({"bench": f"search_{name}", "value": round(value, 3), "unit": unit, "articles": articles}),
            flush=True,
        )

    return report


def _timed(work: Callable[[], object]) -> tuple[float]:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started,)


def vocabulary(consonants: str, vowels: str, size: int = VOCABULARY) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < size:
        syllables = random.choices((1, 2, 3, 4), (2, 6, 4, 1))[0]
        parts = (random.choice(consonants) + random.choice(vowels) for _ in range(syllables))
        words["".join(parts) + random.choice(consonants)] = None
    return list(words)


def _document(number: int, words: dict[str, list[str]]) -> Document:
    locale = ("en", "ar")[number % 2]
    return Document(
        article_id=f"art_{number:06}",
        locale=locale,
        visibility="public",
        category_id=f"cat_{number % 12}",
        slug=f"article-{number}",
        title=" ".join(drawn(words[locale], 5)),
        body=". ".join(" ".join(drawn(words[locale], 10)) for _ in range(20)),
        updated_at=1_790_000_000 + number,
    )


def drawn(words: list[str], count: int) -> Iterator[str]:
    """Words as frequent as their rank is low."""
    for _ in range(count):
        yield words[int(len(words) ** random.random()) - 1]


def _queries(words: dict[str, list[str]], spoil: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    for locale in itertools.cycle(words):
        first, *rest = drawn(words[locale], random.randint(1, 5))
        yield " ".join([spoil(first), *rest]), locale


def misspelt(word: str) -> str:
    at = random.randrange(len(word))
    return word[:at] + random.choice(word) + word[at:]


if __name__ == "__main__":
    for size in [int(size) for size in sys.argv[1:]] or SIZES:
        main(size)
