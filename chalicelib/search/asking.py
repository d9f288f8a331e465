"""What a person typed, read into the terms to look for: the same way for every index."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.search import text

MAX_QUERY_SIGNS = 1_000
MAX_QUERY_WORDS = 64


@dataclass(frozen=True)
class Asked:
    """What was typed, as terms.

    `words`: for each word asked for, in order and repeats kept, the terms that stand for it: several for a word that
    was mended. `did_you_mean` is the query as it should have been spelt, if it was not.
    """

    words: tuple[tuple[str, ...], ...]
    did_you_mean: str | None = None

    @property
    def terms(self) -> list[str]:
        return [term for word in self.words for term in word]


def read(query: str, known: Callable[[str], bool], mend: Callable[[str], list[str]]) -> Asked:
    """Read a query, of which the first 1,000 signs and 64 words count.

    Args:
        known: whether something is to be found by that term.
        mend: known words nearest to a word that is not, best first.
    """
    asked = query[:MAX_QUERY_SIGNS].encode("utf-8", "replace").decode()
    words: list[tuple[str, ...]] = []
    mended, at = "", 0
    for word in _asked_words(asked):
        parts = text.terms(word.written)
        better = [] if any(map(known, parts)) else mend(word.written)
        # NFKC may take one word apart: U+FDFA is a whole sentence. Every part of it was asked for.
        words += (
            [tuple(term for each in better for term in text.terms(each))] if better else [(part,) for part in parts]
        )
        if better:
            mended += asked[at : word.start] + better[0]
            at = word.end
    return Asked(tuple(filter(None, words)), (mended + asked[at:]).strip() if at else None)


def _asked_words(asked: str) -> list[text.Word]:
    words = list(itertools.islice(text.placed_words(asked), MAX_QUERY_WORDS))
    return [word for word in words if not text.is_common(word.written)] or words
