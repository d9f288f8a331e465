"""Safe HTML that shows where the words asked for stand: the original text is escaped first and marked after.

A word is marked when its analysed form was asked for, so a search for `setting` marks `Settings` as it is written.
"""

import html
from collections.abc import Collection, Iterable

from chalicelib.search import text

_WORDS_SHOWN = 28
_WORDS_BEFORE = 4  # so that the first word found is read in its sentence
_SIGNS_READ = 20_000


def mark(original: str, terms: Collection[str]) -> str:
    """All of `original`, escaped, with the words found by any of `terms` in `<mark>`."""
    return _marked(original, 0, len(original), text.words(original), frozenset(terms))


def snippet(original: str, terms: Collection[str]) -> str:
    """The stretch of `original` (28 words, from its first 20,000 signs) with most of `terms`, marked like `mark`."""
    wanted = frozenset(terms)
    found = list(text.words(original[:_SIGNS_READ]))
    first = _best_start(found, wanted)
    shown = found[first : first + _WORDS_SHOWN]
    if not shown:
        return ""
    start = shown[0].start if first else 0
    cut_short = first + _WORDS_SHOWN < len(found)
    end = shown[-1].end if cut_short else min(len(original), _SIGNS_READ)
    inner = _marked(original, start, end, shown, wanted).strip()
    return f"{'… ' if first else ''}{inner}{' …' if cut_short or end < len(original) else ''}"


def _best_start(found: list[text.Word], wanted: frozenset[str]) -> int:
    """Where the stretch begins that holds the most different terms, then the most words, then comes first."""
    places = [n for n, word in enumerate(found) if not wanted.isdisjoint(word.terms)]
    best, best_start = (0, 0), 0
    for at, place in enumerate(places):
        inside = [found[n] for n in places[at : at + _WORDS_SHOWN] if n < place + _WORDS_SHOWN - _WORDS_BEFORE]
        worth = (len({term for word in inside for term in word.terms} & wanted), len(inside))
        if worth > best:
            best, best_start = worth, place
    return max(0, min(best_start - _WORDS_BEFORE, len(found) - _WORDS_SHOWN))


def _marked(original: str, start: int, end: int, found: Iterable[text.Word], wanted: frozenset[str]) -> str:
    pieces, at = [], start
    for word in found:
        if not wanted.isdisjoint(word.terms):
            pieces += [
                html.escape(original[at : word.start]),
                f"<mark>{html.escape(original[word.start : word.end])}</mark>",
            ]
            at = word.end
    return "".join([*pieces, html.escape(original[at:end])])
