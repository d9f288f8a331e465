"""Which words of a text have one of some terms, with nearly none of them analysed: stemming is what takes longest.

What lets a word through may let too many through, but never too few: it leans on how `text` folds and stems.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set

from chalicelib.search import text

# Words of these signs alone have their letters where their terms have them; ء, which folding drops, is none of them.
_PLAIN = re.compile("[!-~\u0622-\u063a\u0641-\u064a]+")
_ARABIC = re.compile("[\u0622-\u063a\u0641-\u064a]")
_STEADY = re.compile("(?:(?![اويه])[\u0622-\u063a\u0641-\u064a])+")  # other letters fold to those four


class Sieve:
    """Finds the words that have any of `terms`, in several texts: each different word is looked at once."""

    def __init__(self, terms: Collection[str]) -> None:
        self._terms = frozenset(terms)
        self._begin = tuple({begun for term in self._terms if term.isascii() for begun in _beginnings(term)})
        self._steady = {term: _steady(term) for term in self._terms if _ARABIC.search(term)}
        self._seen: set[str] = set()
        self._found: dict[str, frozenset[str]] = {}

    def found(self, words: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """The words found so far, those of `words` among them, each with the terms it has."""
        new = set(words) - self._seen
        self._seen |= new
        for word in self._likely(new):
            terms = self._terms.intersection(text.terms(word))
            if terms:
                self._found[word] = terms
        return self._found

    def _likely(self, words: Set[str]) -> Iterator[str]:
        other = {word for word in words if not word.isascii()}
        yield from (word for word in words - other if word.lower().startswith(self._begin))
        yield from (word for word in other if not _PLAIN.fullmatch(word))
        for term, stretches in self._steady.items():
            left = other
            for letters in stretches:
                left = {word for word in left if letters in word}
            yield from (word for word in left if term in text.fold(word))


def _beginnings(term: str) -> Iterator[str]:
    """How an ASCII word begins whose stem is `term`: Snowball puts another last letter, and ie for the y of dying."""
    yield term if len(term) < 3 else term[:-1]
    if term.endswith("ie"):
        yield f"{term[:-2]}y"


def _steady(term: str) -> tuple[str, ...]:
    """Letters that stand in each plain Arabic word whose stem is `term`, the most telling first: light10 cuts ends."""
    return tuple(sorted(set(_STEADY.findall(term)), key=len, reverse=True))
