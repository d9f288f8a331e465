"""Articles as they are now, laid over an index that may show them as they were: what an author has just saved.

They are few and there for seconds, so they are looked through one by one; their scores are reckoned as tantivy reckons
its own, but for the length of the others, which is only supposed.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from chalicelib.search import index, weighing
from chalicelib.search.clauses import Clause
from chalicelib.search.documents import Document

_USUAL_TERMS = 250


@dataclass(frozen=True)
class Found:
    """A document that answers, and how well."""

    score: float
    document: Document


class LaidOver:
    """`documents` take the place of all that an index holds of the articles `article_ids`."""

    def __init__(self, documents: Collection[Document], article_ids: Collection[str]) -> None:
        self.article_ids = frozenset(article_ids)
        self._entries = [(each, Counter(index.entry(each).terms.split())) for each in documents]

    def knows(self, term: str) -> bool:
        return any(term in counted for _, counted in self._entries)

    def find(
        self, wanted: Sequence[Clause], locale: str | None, category_id: str | None, idf: Callable[[str], float]
    ) -> list[Found]:
        """Those that answer any of the clauses, best first."""
        found = [
            Found(_score(counted, wanted, idf), document)
            for document, counted in self._entries
            if locale in (None, document.locale) and category_id in (None, document.category_id)
        ]
        return sorted((each for each in found if each.score > 0), key=lambda each: -each.score)


def _score(counted: Counter[str], wanted: Sequence[Clause], idf: Callable[[str], float]) -> float:
    terms = counted.total()
    return sum(
        clause.weight * sum(idf(term) * weighing.weight(counted[term], terms, _USUAL_TERMS) for term in clause.terms)
        for clause in wanted
        if all(counted[term] for term in clause.terms)
    )
