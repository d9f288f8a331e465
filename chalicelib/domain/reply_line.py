"""One line of a mail as its words are compared: lower-case, single spaces, without what nobody sees.

Bidi marks, vowel signs, soft hyphens and bold stars go; letters with several forms become one.
"""

import re

_UNSEEN = re.compile("[\u00ad\u061c\u0640\u064b-\u0652\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffc*]")
_LETTERS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "：": ":", "’": "'", "‘": "'", "\xa0": " ", "\u202f": " ", "İ": "i"}
)
ADDRESS = re.compile(r"[^\s<>()\[\]\"',;:]{1,200}@[^\s<>()\[\]\"',;:]{1,200}")
TIME = re.compile(r"\d{1,2}\s?[:.h時时시點点]\s?\d{2}(?!\d)|\d{1,2}\s?[ap]\.?\s?m\b")
DATE = re.compile(r"\b(?:19|20)\d\d\b|\d{4}[年년]|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|\b[٠-٩۰-۹]{4}\b")
_DRAWN = re.compile(r"[-_=‐–—―]{5,}")
# Of a longer line only this much is looked at.
_MAX_LINE = 1_000


def plain(line: str) -> str:
    # QQ writes the entity into plain text.
    line = line[:_MAX_LINE].replace("&nbsp;", " ")
    return " ".join(_UNSEEN.sub("", line).translate(_LETTERS).lower().split())


def is_drawn(line: str) -> bool:
    """Whether `line` is a rule: five strokes or more and nothing else."""
    return bool(_DRAWN.fullmatch(line))
