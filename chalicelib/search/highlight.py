"""Safe HTML that shows where the words asked for stand: the original text is escaped first and marked after.

A word is marked when its analysed form was asked for, so a search for `setting` marks `Settings` as it is written.
"""

import html
import itertools
from collections import Counter
from collections.abc import Callable, Collection, Iterable

from chalicelib.search import text

_WORDS_SHOWN = 28
_WORDS_BEFORE = 4  # so that the first word found is read in its sentence
_SIGNS_READ = 20_000


def mark(original: str, terms: Collection[str]) -> str:
    """All of `original`, escaped, with the words found by any of `terms` in `<mark>`."""
    return Marker(terms).mark(original)


def snippet(original: str, terms: Collection[str], most: int = _WORDS_SHOWN) -> str:
    """The stretch of `original` (`most` words of its first 20,000 signs) with most of `terms`, marked like `mark`."""
    return Marker(terms).snippet(original, most)


def mark_words(original: str, is_meant: Callable[[str], bool]) -> str:
    """All of `original`, escaped, with the words that are meant in `<mark>`."""
    return _marked(original, 0, len(original), text.placed_words(original), is_meant)


class Marker:
    """Marks the words found by any of `terms`, in several texts: each different word is looked at once."""

    def __init__(self, terms: Collection[str]) -> None:
        self._found = _Found(frozenset(terms))

    def mark(self, original: str) -> str:
        """See `mark`."""
        return mark_words(original, self._is_found)

    def snippet(self, original: str, most: int = _WORDS_SHOWN) -> str:
        """See `snippet`."""
        read = original[:_SIGNS_READ]
        words = text.words(read)
        first = self._best_start(words, most)
        last = first + most
        shown = list(itertools.islice(text.placed_words(read, first), most))
        if not shown:
            return ""
        start = shown[0].start if first else 0
        end = shown[-1].end if last < len(words) else len(read)
        inner = _marked(original, start, end, shown, self._is_found).strip()
        return f"{'… ' if first else ''}{inner}{' …' if end < len(original) else ''}"

    def _is_found(self, word: str) -> bool:
        return bool(self._found[word])

    def _best_start(self, words: list[str], most: int) -> int:
        """Where the stretch begins that holds the most different terms, then the most words, then comes first."""
        found = self._found
        places = [place for place, word in enumerate(words) if found[word]]
        best, best_place = (0, 0), 0
        inside: Counter[str] = Counter()
        behind = 0
        for number, place in enumerate(places):
            while behind < len(places) and places[behind] < place + most - _WORDS_BEFORE:
                inside.update(found[words[places[behind]]])
                behind += 1
            worth = (len(inside), behind - number)
            if worth > best:
                best, best_place = worth, place
            _take(inside, found[words[place]])
        return max(0, min(best_place - _WORDS_BEFORE, len(words) - most))


class _Found(dict[str, frozenset[str]]):
    """The terms by which each word is found; of words that are not yet in it, too."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._begin = {term[:1] for term in wanted}

    def __missing__(self, word: str) -> frozenset[str]:
        # No English stem begins as its word does not, and stemming is what takes longest.
        other = word.isascii() and word[0].lower() not in self._begin
        self[word] = frozenset() if other else self._wanted.intersection(text.terms(word))
        return self[word]


def _take(counted: Counter[str], terms: Iterable[str]) -> None:
    for term in terms:
        counted[term] -= 1
        if not counted[term]:
            del counted[term]


def _marked(original: str, start: int, end: int, words: Iterable[text.Word], is_meant: Callable[[str], bool]) -> str:
    pieces, at = [], start
    for word in words:
        if is_meant(word.written):
            pieces += [html.escape(original[at : word.start]), f"<mark>{html.escape(word.written)}</mark>"]
            at = word.end
    return "".join([*pieces, html.escape(original[at:end])])
