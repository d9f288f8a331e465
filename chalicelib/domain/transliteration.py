"""Arabic in Latin letters, for addresses that people read: near the sound, not a scholar's system.

Short vowels are seldom written, so most are missing from what comes out: «توصيل» is `tusil`.
"""

import re
import unicodedata

_LETTERS = {
    "ا": "a", "ٱ": "a", "ب": "b", "ت": "t", "ث": "th", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r",
    "ز": "z", "س": "s", "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q",
    "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ة": "a", "ى": "a", "و": "u", "ي": "i",
    "پ": "p", "چ": "ch", "ژ": "zh", "گ": "g", "ک": "k", "ی": "i",
    "\u064e": "a", "\u064f": "u", "\u0650": "i",
}  # fmt: skip
_TABLE = str.maketrans(_LETTERS | {digit: str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")})
_ARTICLE = re.compile(r"\b(و)?ال(?=\w{2})")
# At the beginning of a word and beside a vowel these two are consonants.
_CONSONANTS = ((re.compile(r"\bو|(?<=ا)و|و(?=ا)"), "w"), (re.compile(r"\bي|(?<=ا)ي|ي(?=[اة])"), "y"))


def latin(text: str) -> str:
    """`text` with its Arabic letters and digits in Latin ones, «ال» set off; all else as it is, decomposed (NFKD)."""
    bare = unicodedata.normalize("NFKD", text).translate({0x654: None, 0x655: None, 0x640: None, 0x651: None})
    bare = _ARTICLE.sub(lambda found: f"{'wa-' if found[1] else ''}al-", bare)
    for pattern, letter in _CONSONANTS:
        bare = pattern.sub(letter, bare)
    return bare.translate(_TABLE)
