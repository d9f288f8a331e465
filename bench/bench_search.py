"""How fast the article index is built, opened, changed and searched, and how big it is.

    python -m bench.bench_search [ARTICLES]     1,000 if not given; prints one JSON object a line

The articles are made up: words as frequent as a language has them (Zipf), half English, half Arabic, 200 words each.
"""

import itertools
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from chalicelib.search import finding, index, packing
from chalicelib.search.documents import Document

QUERIES = 500
VOCABULARY = 12_000
LETTERS = {"en": ("bcdfghklmnprstvw", "aeiou"), "ar": ("بتجحدرزسشصطعفقكلمنه", "اوي")}


def main(articles: int) -> None:
    random.seed(20)
    words = {locale: vocabulary(*letters) for locale, letters in LETTERS.items()}
    documents = [_document(number, words) for number in range(articles)]
    with tempfile.TemporaryDirectory() as place:
        built, changed, opened = (Path(place) / name for name in ("built", "changed", "opened"))
        for folder in (built, changed, opened):
            folder.mkdir()
        report = _reporter(articles)
        report("build", *_timed(lambda: index.build(built, [index.entry(each) for each in documents])), "s")
        packed = packing.pack(built)
        report("size", len(packed) / 1e6, "MB")
        packing.unpack(packed, changed)
        one = [index.entry(documents[0])]
        report("change_one", *_timed(lambda: index.change(changed, one, [one[0].key], [])), "s")
        report("cold_open", *_timed(partial(_open, packed, opened)), "s")
        _search(finding.Index(opened), words, report)
    report("memory", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3, "MB")


def _open(packed: bytes, folder: Path) -> finding.Index:
    packing.unpack(packed, folder)
    return finding.Index(folder)


def _search(opened: finding.Index, words: dict[str, list[str]], report: Callable[..., None]) -> None:
    for kind, spoil in (("query", lambda word: word), ("misspelt_query", misspelt)):
        for query, locale in itertools.islice(_queries(words, spoil), 20):  # warm up
            opened.search(query, locale=locale, category_id=None, limit=10, offset=0)
        times = sorted(
            _timed(partial(opened.search, query, locale=locale, category_id=None, limit=10, offset=0))[0]
            for query, locale in itertools.islice(_queries(words, spoil), QUERIES)
        )
        report(f"{kind}_p50", times[len(times) // 2] * 1e3, "ms")
        report(f"{kind}_p99", times[len(times) * 99 // 100] * 1e3, "ms")


def _reporter(articles: int) -> Callable[[str, float, str], None]:
    def report(name: str, value: float, unit: str) -> None:
        print(json.dumps({"bench": f"search_{name}", "value": round(value, 3), "unit": unit, "articles": articles}))

    return report


def _timed(work: Callable[[], object]) -> tuple[float]:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started,)


def vocabulary(consonants: str, vowels: str) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < VOCABULARY:
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
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
