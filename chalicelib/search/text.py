"""From text to the terms that are indexed and asked for: one analyser for both sides, so they cannot drift apart.

Change what it yields and every stored index means something else: raise `ANALYSER` with it, and each is rebuilt.
"""

import functools
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from chalicelib.search import stop_words

ANALYSER = 3

_LONGEST_TERM = 64

# Signs that stand inside a word without parting it: Latin accents, Hebrew points, tashkeel and Quranic signs, tatweel,
# Indic vowel signs, soft hyphen, joiners and direction marks.
_INSIDE = (
    "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u0900-\u0903\u093a-\u094f\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufe00-\ufe0f"
)
# Letters and signs in any order after a letter; written possessively, which takes half the time.
_WORD_PATTERN = rf"[^\W_]++(?:[{_INSIDE}]++[^\W_]*+)*+"
_WORD = re.compile(_WORD_PATTERN)
_PARTING = re.compile(f"({_WORD_PATTERN})")
# What people write as one word, or with a blank: e-mail, sign-in, GH-88340, WH_1000/b.
_COMPOUND = re.compile(rf"{_WORD_PATTERN}(?:[-\u2010\u2011_./]{_WORD_PATTERN})+")
_PARTED = re.compile(r"[-\u2010\u2011_./]")
_HYPHENS = frozenset("-\u2010\u2011")
_MOST_PARTS = 4
_UNWRITTEN = re.compile(rf"[{_INSIDE}]+")
_ARABIC = re.compile("[\u0600-\u06ff]")
_PLAIN_ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a]+")  # letters that no normal form changes

_ONE_LETTER = str.maketrans(
    {
        **dict.fromkeys("أإآٱٲٳٵ", "ا"),
        **dict.fromkeys("ىیئۍېے", "ي"),
        **dict.fromkeys("ؤۆۇۈۋ", "و"),
        **dict.fromkeys("ةۀہھەۃ", "ه"),
        **dict.fromkeys("کڪ", "ك"),
        "ء": "",
        **{chr(first + n): str(n) for first in (0x660, 0x6F0) for n in range(10)},
    }
)

# light10 on folded text: Larkey, Ballesteros and Connell, "Light stemming for Arabic information retrieval" (2007).
_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
# In, to, like, so: they are written to a word, and light10 leaves them there since many a word begins so by itself.
_PARTICLES = "بلكف"
# Not, as people write it to a verb; the letters of a verb's person.
_WRITTEN_BEFORE = (*_PARTICLES, "ما", *"يتنا")
_PERSONS_AFTER = ("ني", "نا", "هم", "و", "وا")
# Your, of one and of several: help centres speak to their readers, and light10, made for news, knows it not.
_YOURS = ("كم", "ك")
_ENDINGS = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")


class Word(NamedTuple):
    """A word as it is written at `text[start:end]`."""

    written: str
    start: int
    end: int


_of_thread = threading.local()


def analyse(text: str) -> list[str]:
    """The terms of `text` in order, repeats kept, without stop words (unless there is nothing else)."""
    return [term for word in meaningful(words(text)) for term in terms(word)]


def words(text: str) -> list[str]:
    """Every word of `text` as it is written."""
    return _WORD.findall(text)


def placed_words(text: str) -> Iterator[Word]:
    """The same words with their places."""
    for match in _WORD.finditer(text):
        yield Word(match[0], match.start(), match.end())


def pieces(text: str) -> list[str]:
    """All of `text`: what stands before its first word, that word, what stands before the next one, and so on."""
    return _PARTING.split(text)


def meaningful(found: list[str]) -> list[str]:
    """`found` without its stop words, or all of it if it holds nothing else."""
    return [word for word in found if not is_common(word)] or found


def terms(word: str) -> tuple[str, ...]:
    """What a word, be it a stop word or not, is indexed and asked for by: mostly one term, none for signs alone."""
    return _read(word)[0]


def is_common(word: str) -> bool:
    """Whether `word` is a stop word."""
    return _read(word)[1]


def compounds(text: str) -> Iterator[Word]:
    """Words that `text` writes in parts, each as one: `e-mail` as `email`, `GH-88340` as `GH88340`; no dates."""
    for match in _COMPOUND.finditer(text):
        parts = _PARTED.split(match[0])
        named = any(map(str.isdigit, match[0])) or _HYPHENS.issuperset(_PARTED.findall(match[0]))
        if named and len(parts) <= _MOST_PARTS and not all(map(str.isdigit, parts)):
            yield Word("".join(parts), match.start(), match.end())


def is_arabic(word: str) -> bool:
    """Whether `word` begins with an Arabic letter."""
    return _ARABIC.match(fold(word)) is not None


def bare(word: str) -> Iterator[str]:
    """An Arabic word without what may be written to it, the likeliest first: a particle, not, me, us, or a person."""
    folded = fold(word)
    if not is_arabic(word):
        return
    ends = [folded, *(folded.removesuffix(ending) for ending in _PERSONS_AFTER if folded.endswith(ending))]
    for left in ends:
        starts = [left, *(left.removeprefix(begin) for begin in _WRITTEN_BEFORE if left.startswith(begin))]
        yield from (one for one in starts if one != folded and len(one) >= 3)


def beginnings(word: str) -> list[str]:
    """What begins as somebody who types `word` may begin it: its folded spelling and, in Arabic, that without ال."""
    folded = fold(word).split()
    bare = [part.removeprefix("و").removeprefix("ال") for part in folded if part.startswith(("ال", "وال"))]
    return folded + [part for part in bare if len(part) > 1]


def fold(word: str) -> str:
    """What all spellings of `word` share: no case, accents, tashkeel or tatweel; one form of alef; Latin digits."""
    if word.isascii():
        return word.lower()
    if _PLAIN_ARABIC.fullmatch(word):
        return word.translate(_ONE_LETTER)
    written = unicodedata.normalize("NFKC", word).casefold().translate(_ONE_LETTER)
    return "".join(sign for sign in unicodedata.normalize("NFKD", written) if not _unwritten(sign))


@functools.lru_cache(maxsize=65_536)
def spelling(word: str) -> str:
    """`word` as a person would type it into a search box: lower case, hamzas and accents kept, tashkeel dropped."""
    return _UNWRITTEN.sub("", unicodedata.normalize("NFKC", word)).casefold()


@functools.lru_cache(maxsize=65_536)
def _read(word: str) -> tuple[tuple[str, ...], bool]:
    # NFKC may take one word apart: U+FDFA is a whole sentence.
    parts = _WORD.findall(fold(word))
    # Before stemming: light10 makes كلية (college) the same as كل (every).
    return tuple(_stem(part)[:_LONGEST_TERM] for part in parts), all(map(_is_stop_word, parts))


def _is_stop_word(folded: str) -> bool:
    # And is written to the word that follows it.
    return folded in _stop_words() or (folded.startswith("و") and folded[1:] in _stop_words())


def _unwritten(sign: str) -> bool:
    return unicodedata.combining(sign) != 0 or _UNWRITTEN.match(sign) is not None


def _stem(folded: str) -> str:
    if _ARABIC.match(folded):
        return _light10(folded)
    if folded.isascii():
        return _english_stem()(folded)
    return folded


def _light10(word: str) -> str:
    word = _without_and(word)
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 2:
            # Larkey's order keeps the و of الوصول and drops that of وصول, which is the same word.
            word = _without_and(word[len(article) :])
            break
    word = _without_your(word)
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 2:
            word = word[: -len(ending)]
    return word


def _without_your(word: str) -> str:
    for ending in _YOURS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            bare = word[: -len(ending)]
            # Before it, the ه of كلمه is written ت; the ت of a plural goes with its ا.
            return bare[:-1] if bare.endswith("ت") and not bare.endswith("ات") and len(bare) >= 4 else bare
    return word


def _without_and(word: str) -> str:
    return word[1:] if word.startswith("و") and len(word) >= 4 else word


def _english_stem() -> Callable[[str], str]:
    """A stemmer of this thread's own: it keeps the word at work in itself, and two threads would mix theirs."""
    if not hasattr(_of_thread, "stem"):
        from snowballstemmer.english_stemmer import EnglishStemmer

        _of_thread.stem = EnglishStemmer().stemWord
    stem: Callable[[str], str] = _of_thread.stem
    return stem


@functools.cache
def _stop_words() -> frozenset[str]:
    return frozenset(fold(word) for word in f"{stop_words.ENGLISH} {stop_words.ARABIC}".split())
