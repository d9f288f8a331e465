"""Tickets that changed since the last publication, searched in memory: few, and by the same rules as a shard."""

from collections import Counter
from collections.abc import Sequence

from chalicelib.search import weighing
from chalicelib.search.tickets_documents import Entry, Wanted
from chalicelib.search.tickets_month import EXACT_SCORE


class Fresh:
    """Entries opened for searching."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = [(each, Counter(each.terms)) for each in entries]

    def __len__(self) -> int:
        return len(self._entries)

    def frequency(self, term: str) -> int:
        return sum(term in counted for _, counted in self._entries)

    def find(self, wanted: Wanted) -> list[tuple[float, str]]:
        """Scores and ids of those that fit."""
        fitting = [(each, counted) for each, counted in self._entries if _passes(each, wanted)]
        scored = [(_score(each, counted, wanted), each.ticket_id) for each, counted in fitting]
        return [(score, ticket_id) for score, ticket_id in scored if score]


def _passes(each: Entry, wanted: Wanted) -> bool:
    return wanted.born.holds(each.born) and all(
        not set(values).isdisjoint(each.filters[name]) for name, values in wanted.filters.items()
    )


def _score(each: Entry, counted: Counter[str], wanted: Wanted) -> float:
    """0 for one that does not fit."""
    scores = [sum(_of_term(term, each, counted, wanted) for term in word) for word in wanted.words]
    fits = all(scores) if wanted.every else any(scores)
    named = EXACT_SCORE if wanted.exact and wanted.exact in each.exact else 0.0
    return named + (sum(scores) if fits else 0.0)


def _of_term(term: str, each: Entry, counted: Counter[str], wanted: Wanted) -> float:
    return wanted.weights[term] * weighing.weight(counted[term], len(each.terms)) if counted[term] else 0.0
