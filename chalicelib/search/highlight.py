"""Safe HTML that shows where the words asked for stand: the original text is escaped first and marked after.

A word is marked when its analysed form was asked for, so a search for `setting` marks `Settings` as it is written.
"""

import bisect
import html
import itertools
from collections.abc import Callable, Collection, Iterable

from chalicelib.search import text

_WORDS_SHOWN = 28
_WORDS_BEFORE = 4  # so that the first word found is read in its sentence
_SIGNS_READ = 20_000


def mark(original: str, terms: Collection[str]) -> str:
    """All of `original`, escaped, with the words found by any of `terms` in `<mark>`."""
    return mark_words(original, _found_by(frozenset(terms)))


def mark_words(original: str, is_meant: Callable[[text.Word], bool]) -> str:
    """All of `original`, escaped, with the words that are meant in `<mark>`."""
    return _marked(original, 0, len(original), text.placed_words(original), is_meant)


def snippet(original: str, terms: Collection[str], most: int = _WORDS_SHOWN) -> str:
    """The stretch of `original` (`most` words of its first 20,000 signs) with most of `terms`, marked like `mark`."""
    read, wanted = original[:_SIGNS_READ], frozenset(terms)
    words = text.words(read)
    first = _best_start(words, wanted, most)
    last = first + most
    shown = list(itertools.islice(text.placed_words(read, first), most))
    if not shown:
        return ""
    start = shown[0].start if first else 0
    end = shown[-1].end if last < len(words) else len(read)
    inner = _marked(original, start, end, shown, _found_by(wanted)).strip()
    return f"{'… ' if first else ''}{inner}{' …' if end < len(original) else ''}"


def _best_start(words: list[str], wanted: frozenset[str], most: int) -> int:
    """Where the stretch begins that holds the most different terms, then the most words, then comes first."""
    found = {word for word in set(words) if not wanted.isdisjoint(text.terms(word))}
    places = [place for place, word in enumerate(words) if word in found]
    best, best_place = (0, 0), 0
    for place in places:
        inside = _from(places, place, most)
        worth = (len({term for at in inside for term in text.terms(words[at])} & wanted), len(inside))
        if worth > best:
            best, best_place = worth, place
    return max(0, min(best_place - _WORDS_BEFORE, len(words) - most))


def _from(places: list[int], first: int, most: int) -> list[int]:
    """The places that are shown with `first` when it is the first of them."""
    start = bisect.bisect_left(places, first)
    return places[start : bisect.bisect_left(places, first + most - _WORDS_BEFORE)]


def _found_by(wanted: frozenset[str]) -> Callable[[text.Word], bool]:
    return lambda word: not wanted.isdisjoint(text.terms(word.written))


def _marked(
    original: str, start: int, end: int, words: Iterable[text.Word], is_meant: Callable[[text.Word], bool]
) -> str:
    pieces, at = [], start
    for word in words:
        if is_meant(word):
            pieces += [html.escape(original[at : word.start]), f"<mark>{html.escape(word.written)}</mark>"]
            at = word.end
    return "".join([*pieces, html.escape(original[at:end])])
