"""One line of a mail as its words are compared: lower-case, single spaces, without what nobody sees.

Bidi marks, vowel signs, soft hyphens and bold stars go; letters with several forms become one.
"""

import re

_UNSEEN = re.compile("[\u00ad\u061c\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc*]")
_LETTERS = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "：": ":", "’": "'", "‘": "'", "\xa0": " ", "\u202f": " "})
# Of a longer line only this much is looked at.
_MAX_LINE = 1_000


def plain(line: str) -> str:
    return " ".join(_UNSEEN.sub("", line[:_MAX_LINE]).translate(_LETTERS).lower().split())
