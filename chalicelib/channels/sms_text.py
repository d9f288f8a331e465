"""How an SMS is counted: 160 septets of GSM 03.38 or 70 units of UCS-2, less when it takes several parts."""

import unicodedata
from dataclasses import dataclass

_BASIC = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = set("\f^{}\\[~]|€")
_LINE_ENDS = ("\r\n", "\r", "\x85", "\u2028", "\u2029")


@dataclass(frozen=True)
class Count:
    """`encoding` is `GSM-7` or `UCS-2`; `left` are the septets or units that the last part still has room for."""

    encoding: str
    parts: int
    left: int


def parts(body: str) -> tuple[str, int]:
    """The encoding, `GSM-7` or `UCS-2`, and the number of parts `body` is sent and billed in (at least 1)."""
    counted = count(body)
    return counted.encoding, counted.parts


def count(body: str) -> Count:
    """How `body` is sent and billed.

    One character outside GSM 03.38 makes the whole UCS-2. A character of two units is never cut between two parts.
    """
    if all(character in _BASIC or character in _EXTENSION for character in body):
        return _count("GSM-7", [2 if character in _EXTENSION else 1 for character in body], 160, 153)
    return _count("UCS-2", [2 if ord(character) > 0xFFFF else 1 for character in body], 70, 67)


def septets(text: str) -> int | None:
    """How many septets of GSM 03.38 the text takes; None when it needs UCS-2."""
    if not all(character in _BASIC or character in _EXTENSION for character in text):
        return None
    return sum(2 if character in _EXTENSION else 1 for character in text)


def clean(text: str) -> str:
    """The text without what no carrier takes: control characters and halves of characters. Lines end by `\\n`."""
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    kept = "".join(
        one for one in text.replace("\t", " ") if one == "\n" or unicodedata.category(one) not in ("Cc", "Cs")
    )
    return kept.strip()


def _count(encoding: str, sizes: list[int], alone: int, each: int) -> Count:
    whole = sum(sizes)
    if whole <= alone:
        return Count(encoding, 1, alone - whole)
    parts, room = 1, each
    for size in sizes:
        if size > room:
            parts, room = parts + 1, each
        room -= size
    return Count(encoding, parts, room)
