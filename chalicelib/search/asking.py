"""What a person typed, read into the terms to look for: the same way for every index.

Only words that nothing is found by are mended; one with `in` or `to` written to it, as Arabic does, is not wrong.
"""

import functools
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chalicelib.search import mistakes, text
from chalicelib.search.text import Word

MAX_QUERY_SIGNS = 1_000
MAX_QUERY_WORDS = 64
MOST_MENDED = 8
_SHORTEST_PART = 2
_SHORTEST_TERM_OF_PART = 3  # with fewer letters nearly any word begins or ends
_LONGEST_APART = 40
_ARTICLE, _SHORTEST_WITH_ARTICLE = "ال", 5
# Of a mended word: what it counts at least, and how much less by the share of its letters that were mistaken.
_LEAST_CERTAIN = 0.3
_CERTAIN, _DOUBT = 1.25, 2.5
# What is less certain is looked for, but not asked about: in Arabic nearly any four letters are a word.
_OFFERED, _OFFERED_IN_ARABIC = 0.6, 0.65

Known = Callable[[str], bool]
Mend = Callable[[str, int], list[str]]
Alternatives = tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """What was typed, as terms.

    `words`: for each word asked for, in order and repeats kept, the terms that stand for it, best first: several for a
    word that was mended. `compounds` are words that were written in parts, as one: somebody may have indexed them so.
    `did_you_mean` is the query as it should have been spelt, where that is fairly certain. If a word was mended,
    `certain` tells for each of `words` how much it counts (1 unless it was mended).
    """

    words: tuple[Alternatives, ...]
    did_you_mean: str | None = None
    compounds: tuple[str, ...] = ()
    certain: tuple[float, ...] = ()

    @property
    def terms(self) -> list[str]:
        return [term for word in self.words for term in word]


@dataclass(frozen=True)
class _Piece:
    """The query from `start` to `end`, and what it asks for; `meant` is how it should have been written, and `certain`
    how much is to be given on that.
    """

    start: int
    end: int
    words: list[Alternatives]
    meant: str | None = None
    certain: float = 1.0


def read(query: str, known: Known, mend: Mend) -> Asked:
    """Read a query, of which the first 1,000 signs and 64 words count; at most 8 unknown words are mended.

    Args:
        known: whether something is to be found by that term.
        mend: the known words that differ from a word by so many errors, the likeliest first.
    """
    asked = query[:MAX_QUERY_SIGNS].encode("utf-8", "replace").decode()
    whole = [each for each in text.compounds(asked) if _is_known(each.written, known)]
    pieces = list(_pieces(asked, whole, known, _sparing(mend)))
    words = [(word, piece.certain) for piece in pieces for word in piece.words if word]
    return Asked(
        words=tuple(word for word, _ in words),
        did_you_mean=_as_meant(asked, pieces),
        compounds=tuple(term for each in whole for term in text.terms(each.written)),
        certain=tuple(certain for _, certain in words) if any(piece.meant for piece in pieces) else (),
    )


def as_written(query: str) -> Asked:
    """The same of a query whose words are all taken for known: nothing is mended, joined or parted."""
    return read(query, lambda term: True, lambda word, errors: [])


def _sparing(mend: Mend) -> Mend:
    """The same for so many different words, each once; who types more that nobody knows did not mistype them."""
    tried: set[str] = set()

    @functools.cache
    def mend_some(word: str, errors: int) -> list[str]:
        tried.update([word] if len(tried) < MOST_MENDED else [])
        return mend(word, errors) if word in tried else []

    return mend_some


def _pieces(asked: str, whole: list[Word], known: Known, mend: Mend) -> Iterator[_Piece]:
    words = _asked_words(asked)
    at = 0
    while at < len(words):
        word, then = words[at], words[at + 1] if at + 1 < len(words) else None
        together = _together(asked, word, then, known) if then else None
        is_part = any(each.start <= word.start < each.end for each in whole)
        yield together or (_as_written(word) if is_part else _piece(word, known, mend))
        at += 2 if together else 1


def _as_written(word: Word) -> _Piece:
    # NFKC may take one word apart: U+FDFA is a whole sentence. Every part of it was asked for.
    return _Piece(word.start, word.end, [(part,) for part in text.terms(word.written)])


def _piece(word: Word, known: Known, mend: Mend) -> _Piece:
    if any(map(known, text.terms(word.written))):
        return _as_written(word)
    for bare in text.bare(word.written):
        if _is_known(bare, known):
            return _Piece(word.start, word.end, [text.terms(bare)])
    for better in (mend(word.written, 1), _apart(word.written, known), mend(word.written, 2)):
        if better:
            return _Piece(word.start, word.end, _alternatives(better), better[0], _certainty(word.written, better[0]))
    return _as_written(word)


def _certainty(typed: str, meant: str) -> float:
    """How much is to be given on a mending: what is short, or far from it, may be a word that no article has."""
    if " " in meant:
        return 1.0 if all(len(term) >= _SHORTEST_TERM_OF_PART for term in text.analyse(meant)) else _LEAST_CERTAIN
    errors = min(mistakes.cost(*forms) / len(forms[0]) for forms in _compared(typed, meant))
    return max(_LEAST_CERTAIN, min(1.0, _CERTAIN - _DOUBT * errors))


def _compared(typed: str, meant: str) -> Iterator[tuple[str, str]]:
    """Both words as they are compared: whole but for ال, in which nobody errs, and by their stems."""
    yield text.fold(typed).removeprefix(_ARTICLE), text.fold(meant).removeprefix(_ARTICLE)
    yield from itertools.product(text.terms(typed), text.terms(meant))


def _alternatives(better: list[str]) -> list[Alternatives]:
    """Words that stand for each other; two in place of one are both asked for."""
    if " " in better[0]:
        return [(term,) for term in text.analyse(better[0])]
    return [tuple(dict.fromkeys(term for each in better for term in text.terms(each)))]


def _apart(word: str, known: Known) -> list[str]:
    """The two words of which one is made by leaving out a blank; of several partings the most even one."""
    if len(word := text.spelling(word)) > _LONGEST_APART:
        return []
    places = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    for at in sorted(places, key=lambda place: abs(place - len(word) / 2)):
        parts = word[:at], word[at:]
        telling = [part for part in parts if not text.is_common(part)]
        if telling and all(_is_known(part, known) for part in telling):
            return [" ".join(parts)]
    return _before_article(word, known)


def _before_article(word: str, known: Known) -> list[str]:
    """The same where the first word is unknown, but the second has ال and is known."""
    at = word.find(_ARTICLE, _SHORTEST_PART)
    if at < 0 or len(word) - at < _SHORTEST_WITH_ARTICLE or not _is_known(word[at:], known):
        return []
    return [f"{word[:at]} {word[at:]}"]


def _together(asked: str, word: Word, then: Word, known: Known) -> _Piece | None:
    """Two words that are one with a blank too many: one of them is unknown, and the whole is not."""
    whole = word.written + then.written
    if asked[word.end : then.start] != " " or all(_is_known(each.written, known) for each in (word, then)):
        return None
    if not _is_known(whole, known):
        return None
    return _Piece(word.start, then.end, [text.terms(whole)], whole)


def _is_known(written: str, known: Known) -> bool:
    parts = text.terms(written)
    return bool(parts) and all(map(known, parts))


def _as_meant(asked: str, pieces: list[_Piece]) -> str | None:
    mended, at = "", 0
    for piece in pieces:
        if piece.meant and piece.certain >= (_OFFERED_IN_ARABIC if text.is_arabic(piece.meant) else _OFFERED):
            mended += asked[at : piece.start] + piece.meant
            at = piece.end
    return (mended + asked[at:]).strip() if at else None


def _asked_words(asked: str) -> list[Word]:
    words = list(itertools.islice(text.placed_words(asked), MAX_QUERY_WORDS))
    return [word for word in words if not text.is_common(word.written)] or words
