"""How well the search answers: a judged set of queries on the demo's help centre, in English and in Arabic.

    python -m bench.bench_relevance     prints one JSON object a line

Every query is asked by a customer who is signed in, in the language it is written in, as it stands and in its variants:
misspelt, with all vowel marks, and as Arabic is typed in a hurry (no hamza, ه for ة, ي for ى). Judged was by reading
the articles, each from 1 (touches on it) to 3 (answers it); what is not listed answers nothing. nDCG and recall are of
the first ten hits.
"""

import json
import math
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chalicelib.actions import update_search
from chalicelib.search import finding, index
from chalicelib.search.documents import AUDIENCES, Document
from infra.local.seed import library
from infra.local.seed.load import DEMO

JUDGED = Path(__file__).parents[1] / "tests" / "search" / "relevance"
AUDIENCE = "customers"
VARIANTS = {"en": ("query", "misspelt"), "ar": ("query", "misspelt", "vocalised", "hamzaless")}
DEPTH = 10


@dataclass(frozen=True)
class Judged:
    """`asked` has the query and its variants by their names, `grades` the articles that answer it by their slugs."""

    locale: str
    asked: Mapping[str, str]
    grades: Mapping[str, int]


@dataclass(frozen=True)
class Measured:
    ndcg: float
    recall: float


def main() -> None:
    with tempfile.TemporaryDirectory() as place:
        opened = help_centre(Path(place))
        for locale, variants in VARIANTS.items():
            for variant in variants:
                _report(locale, variant, [measure(opened, one, variant) for one in judged(locale)])


def judged(locale: str) -> list[Judged]:
    """The judged queries of a language (`en` or `ar`)."""
    rows = [json.loads(line) for line in (JUDGED / f"{locale}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [Judged(locale, {name: row[name] for name in VARIANTS[locale]}, row["grades"]) for row in rows]


def help_centre(folder: Path) -> finding.Index:
    """An index in the empty `folder` of what a customer may read of the demo's help centre, under the articles' slugs.

    Without synonyms: whoever wrote the queries would choose them to fit.
    """
    entries = [index.entry(each) for each in _documents() if AUDIENCE in AUDIENCES[each.visibility]]
    index.build(folder, entries)
    return finding.Index(folder)


def measure(opened: finding.Index, one: Judged, variant: str = "query") -> Measured:
    """How well the index answers that variant of a judged query."""
    return score(answer(opened, one, variant), one.grades)


def score(found: Sequence[str], grades: Mapping[str, int]) -> Measured:
    """How good it is to show those articles, best first, where these grades are true; 1.0 is perfect."""
    gained = _discounted([grades.get(slug, 0) for slug in found[:DEPTH]])
    best = _discounted(sorted(grades.values(), reverse=True)[:DEPTH])
    return Measured(gained / best, len(grades.keys() & set(found[:DEPTH])) / len(grades))


def answer(opened: finding.Index, one: Judged, variant: str = "query") -> list[str]:
    """The slugs of the articles found, best first."""
    found = opened.search(one.asked[variant], locale=one.locale, category_id=None, limit=DEPTH, offset=0)
    return [hit.article_id for hit in found.hits]


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _discounted(grades: list[int]) -> float:
    """Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (2002), with 2^grade - 1 as gain."""
    return sum((2**grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def _documents() -> Iterator[Document]:
    pictures = library.places_of(DEMO / "pictures")
    for folder in sorted((DEMO / "articles").iterdir()):
        article = library.read_article(folder, "cat_demo", pictures)
        yield from update_search.documents(replace(article, id=article.translations["en"].slug))


def _report(locale: str, variant: str, measured: list[Measured]) -> None:
    kind = "clean" if variant == "query" else variant
    for name, values in (("ndcg", [one.ndcg for one in measured]), ("recall", [one.recall for one in measured])):
        line = {"bench": f"relevance.{locale}.{kind}.{name}@{DEPTH}", "value": round(mean(values), 4), "unit": "of 1"}
        print(json.dumps({**line, "queries": len(values)}), flush=True)


if __name__ == "__main__":
    main()
