"""What in a text may tell who wrote it: addresses, and numbers of six digits or more (telephones, orders, cards).

For words of people who did not say who they are: what is kept of them could never be found to be erased.
"""

import re
import unicodedata

_LEFT_OUT = "…"
_DIGITS = 6

# Each begins where a word does, so that a long text is looked through once: mail, handles, links, names of sites.
_ADDRESS = r"(?<!\S)(?:[^\s@]*+\s?@\s?\S*|\S*://\S*|\S*\bwww\.\S*|\S*\w\.(?:com|net|org|io)\b\S*)"
# What people write between the digits of one number, direction marks among it; no colon, which hours have, and no ×.
_BETWEEN = r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069()\[\]{}<>/\\|.,·•'’_~*#+\u2010-\u2015\u2212-]*+"
_NUMBER = rf"(?<![+(])[+(]*+\d(?:{_BETWEEN}\d){{{_DIGITS - 1},}}"
_CONTACT = re.compile(f"{_ADDRESS}|{_NUMBER}", re.IGNORECASE)


def are_in(text: str) -> bool:
    """Whether anything in the text looks like one, in whatever script and width its signs are."""
    return _CONTACT.search(_plain(text)) is not None


def without(text: str) -> str:
    """The text with “…” in place of each."""
    kept, end = [], 0
    for found in _CONTACT.finditer(_plain(text)):
        kept += [text[end : found.start()], _LEFT_OUT]
        end = found.end()
    return "".join([*kept, text[end:]])


def _plain(text: str) -> str:
    """The same text, sign by sign, in the signs that are usual: ＠ as @. It stays as long as it was."""
    usual = ((sign, unicodedata.normalize("NFKC", sign)) for sign in text)
    return "".join(plain if len(plain) == 1 else sign for sign, plain in usual)
