"""Safe HTML that shows where the words asked for stand: the original text is escaped first and marked after.

A word is marked when its analysed form was asked for, so a search for `setting` marks `Settings` as it is written.
"""

import html
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping

from chalicelib.search import text
from chalicelib.search.sieve import Sieve

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
    return _marked(text.pieces(original), is_meant)


class Marker:
    """Marks the words found by any of `terms`, in several texts: each different word is looked at once."""

    def __init__(self, terms: Collection[str]) -> None:
        self._sieve = Sieve(terms)

    def mark(self, original: str) -> str:
        """See `mark`."""
        pieces = text.pieces(original)
        return _marked(pieces, self._sieve.found(pieces[1::2]).__contains__)

    def snippet(self, original: str, most: int = _WORDS_SHOWN) -> str:
        """See `snippet`."""
        pieces = text.pieces(original[:_SIGNS_READ])
        words = pieces[1::2]
        if not words:
            return ""
        found = self._sieve.found(words)
        first = _best_start(words, found, most)
        last = first + most
        # What stands before the first word shown and after the last one goes, but at the ends of the text.
        shown = ["", *pieces[2 * first + 1 :]] if first else pieces
        shown = shown[: 2 * most] if last < len(words) else shown
        cut = last < len(words) or len(original) > _SIGNS_READ
        return f"{'… ' if first else ''}{_marked(shown, found.__contains__).strip()}{' …' if cut else ''}"


def _best_start(words: list[str], found: Mapping[str, Collection[str]], most: int) -> int:
    """Where the stretch begins that holds the most different terms, then the most words, then comes first."""
    places = [place for place, word in enumerate(words) if word in found]
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


def _take(counted: Counter[str], terms: Iterable[str]) -> None:
    for term in terms:
        counted[term] -= 1
        if not counted[term]:
            del counted[term]


def _marked(pieces: list[str], is_meant: Callable[[str], bool]) -> str:
    """The text of `pieces` (see `text.pieces`), escaped, with the words that are meant in `<mark>`."""
    marked, at = [], 0
    for place in range(1, len(pieces), 2):
        if is_meant(pieces[place]):
            marked += [html.escape("".join(pieces[at:place])), f"<mark>{html.escape(pieces[place])}</mark>"]
            at = place + 1
    return "".join([*marked, html.escape("".join(pieces[at:]))])
