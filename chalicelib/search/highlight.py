"""Safe HTML that shows where the words asked for stand: the original text is escaped first and marked after.

A word is marked when its analysed form was asked for, so a search for `setting` marks `Settings` as it is written.
"""

import html
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from chalicelib.search import text
from chalicelib.search.sieve import Sieve

BORDER = "\n\n"  # between sections of a plain text: no excerpt runs over it
_WORDS_SHOWN = 28
_WORDS_BEFORE = 4  # so that the first word found is read in its sentence
_SIGNS_READ = 20_000


def mark(original: str, terms: Collection[str]) -> str:
    """All of `original`, escaped, with the words found by any of `terms` in `<mark>`."""
    return Marker(terms).mark(original)


def snippet(original: str, terms: Collection[str], most: int = _WORDS_SHOWN) -> str:
    """The stretch of `original` (`most` words of its first 20,000 signs) with most of `terms`, marked like `mark`.

    It lies in one section: a blank line ends one.
    """
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
        section, first = _best_place(_sections(pieces), words, found, most)
        last = min(first + most, section.end)
        cut = last < section.end or (last == len(words) and len(original) > _SIGNS_READ)
        shown = _shown(pieces, section, first, last, found)
        return f"{'… ' if first > section.start else ''}{shown}{' …' if cut else ''}"


class _Section(NamedTuple):
    """Words `start` to `end` of a text, between which nothing parts it."""

    start: int
    end: int


class _Stretch(NamedTuple):
    """How many different terms and how many words found it holds, and the place of the word it begins with."""

    worth: tuple[int, int]
    place: int


def _sections(pieces: list[str]) -> list[_Section]:
    starts = [0, *(word for word in range(1, len(pieces) // 2) if BORDER in pieces[2 * word])]
    return [_Section(*ends) for ends in zip(starts, [*starts[1:], len(pieces) // 2], strict=True)]


def _best_place(
    sections: list[_Section], words: list[str], found: Mapping[str, Collection[str]], most: int
) -> tuple[_Section, int]:
    """The section with the best stretch (the first of equals), and where that begins."""
    stretches = [_best_start(words[one.start : one.end], found, most) for one in sections]
    best = max(range(len(sections)), key=lambda number: stretches[number].worth)
    return sections[best], sections[best].start + stretches[best].place


def _best_start(words: list[str], found: Mapping[str, Collection[str]], most: int) -> _Stretch:
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
    return _Stretch(best, max(0, min(best_place - _WORDS_BEFORE, len(words) - most)))


def _shown(pieces: list[str], section: _Section, first: int, last: int, found: Collection[str]) -> str:
    """Words `first` to `last` of a section, marked; what stands beside them goes, but at the section's ends."""
    before = pieces[2 * first].rpartition(BORDER)[2] if first == section.start else ""
    after = pieces[2 * last].partition(BORDER)[0] if last == section.end else ""
    return _marked([before, *pieces[2 * first + 1 : 2 * last], after], found.__contains__).strip()


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
