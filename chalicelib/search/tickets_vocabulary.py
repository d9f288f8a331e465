"""Which words OpenSearch holds, asked only when a search found nothing: what is misspelt, and what was meant.

The shards ask about one word after the other. Here that would be as many requests, so all that may be asked about the
words of a query is asked at once.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from chalicelib.search import asking, mistakes, opensearch, text
from chalicelib.search.tickets_fresh import Fresh

TICKETS = {"term": {"kind": "ticket"}}
_MOST_TERMS = 500
_MOST_UNKNOWN = 6
_SHORTEST = {1: 4, 2: 7}  # letters of a word that may have so many errors, as in `spelling`
_LONGEST_APART = 40
_CANDIDATES = 24
_ANSWERS = 3
# A word that one ticket of many holds is more often misspelt itself than what somebody meant.
_FEW = 500


class Vocabulary:
    """What the index and the changed tickets laid over it know of the words of one query."""

    def __init__(self, index: str, query: str, overlay: Fresh) -> None:
        self._index = index
        self._overlay = overlay
        self._known: set[str] = set()
        self._tickets = 0
        asked = query[: asking.MAX_QUERY_SIGNS]
        words = text.words(asked)[: asking.MAX_QUERY_WORDS]
        self._look_up(_terms([*words, *_otherwise(asked, words)]))
        unknown = [word for word in dict.fromkeys(words) if not any(map(self.known, text.terms(word)))]
        self._look_up(_terms(part for word in unknown[:_MOST_UNKNOWN] for part in _parts(word)))

    def known(self, term: str) -> bool:
        """Whether a ticket holds the term. What no rule of spelling asks about counts as unknown."""
        return term in self._known

    def mend(self, word: str, errors: int) -> list[str]:
        """Up to three known words that differ from `word` by at most so many errors (1 or 2), the likeliest first.

        They are as folded as the index's: an Arabic word comes back without its hamzas.
        """
        form = text.fold(word)
        if " " in form or len(form) < _SHORTEST[errors]:
            return []
        near = {option["text"]: option["freq"] for option in self._options(form, errors)}
        fewest = 1 if self._tickets < _FEW else 2
        kept = [each for each, tickets in near.items() if tickets >= fewest and not each.isnumeric()]
        return sorted(kept, key=lambda each: (mistakes.cost(form, each), -near[each]))[:_ANSWERS]

    def _options(self, form: str, errors: int) -> list[dict[str, Any]]:
        rule = {
            "field": "forms",
            "suggest_mode": "always",
            "max_edits": errors,
            "prefix_length": 0,
            "min_word_length": _SHORTEST[1],
            "string_distance": "damerau_levenshtein",
            "size": _CANDIDATES,
        }
        body = {"size": 0, "suggest": {"near": {"text": form, "term": rule}}}
        answer = opensearch.search(self._index, body)
        return [option for each in answer.get("suggest", {}).get("near", ()) for option in each["options"]]

    def _look_up(self, terms: list[str]) -> None:
        self._known.update(term for term in terms if self._overlay.frequency(term))
        for start in range(0, len(terms), _MOST_TERMS):
            some = terms[start : start + _MOST_TERMS]
            answer = opensearch.search(self._index, {"size": 0, "aggs": holding(some)})
            self._tickets, counts = held(answer, some)
            self._known.update(term for term, count in counts.items() if count)


def holding(terms: Sequence[str]) -> dict[str, Any]:
    """What to ask for to be told by `held` how many tickets hold each of the terms."""
    each = {"filters": {"filters": [{"term": {"terms": term}} for term in terms]}}
    return {"all": {"global": {}, "aggs": {"tickets": {"filter": TICKETS, "aggs": {"holding": each}}}}}


def held(answer: dict[str, Any], terms: Sequence[str]) -> tuple[int, dict[str, int]]:
    """How many tickets there are, and how many of them hold each of the terms."""
    if "aggregations" not in answer:  # there is no index yet
        return 0, dict.fromkeys(terms, 0)
    tickets = answer["aggregations"]["all"]["tickets"]
    counts = [bucket["doc_count"] for bucket in tickets["holding"]["buckets"]]
    return tickets["doc_count"], dict(zip(terms, counts, strict=True))


def _terms(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(term for word in words for term in text.terms(word)))


def _otherwise(asked: str, words: list[str]) -> Iterator[str]:
    """What else may be meant: two words as one, one without what is written to it, what is written in parts as one."""
    yield from map("".join, itertools.pairwise(words))
    yield from (bare for word in words for bare in text.bare(word))
    yield from (each.written for each in text.compounds(asked))


def _parts(word: str) -> Iterator[str]:
    """Whatever two words it may be made of by leaving out a blank."""
    for at in range(2, len(word) - 1 if len(word) <= _LONGEST_APART else 0):
        yield from (word[:at], word[at:])
