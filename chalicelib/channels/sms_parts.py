"""Whether a text goes on in the next one. Carriers cut a long SMS into parts, and AWS may tell of each by itself,
without their numbers: what is left to see is that a part was filled to its last septet or unit.

3GPP TS 23.040, 9.2.3.24.1: a part of several holds 153 septets or 67 units. One alone may hold 160 or 70, so a text of
that size is whole, however full it looks.
"""

import re
import unicodedata
from dataclasses import dataclass

from chalicelib.channels import sms_text

_SEPTETS = 153
_UNITS = 67

# A word of letters and the mark that ends its sentence; behind an address or a figure (`ghusn.`, `12.`) more may come.
_SENTENCE_END = re.compile(r"(?:^|\s)[^\s\d/@.:]{2,}[.!?…؟۔]+$")


@dataclass(frozen=True)
class Measure:
    """`septets` are what a text takes in GSM 03.38, None where it needs UCS-2; `units` what it takes in that."""

    septets: int | None
    units: int


def measure(text: str) -> Measure:
    return Measure(sms_text.septets(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


def may_go_on(part: Measure) -> bool:
    """Whether the text may be but a part of what was written."""
    sizes = ((part.septets, _SEPTETS), (part.units, _UNITS))
    return any(_fills(size, each, short) for size, each in sizes for short in (0, 1))


def goes_on(part: Measure, following: str) -> bool:
    """Whether the text that follows is the next part of it: the first is full, or has room for half a character."""
    if not following:
        return False
    if part.septets is not None and sms_text.septets(following) is not None:
        return _fills(part.septets, _SEPTETS, (sms_text.septets(following[0]) or 1) - 1)
    return _fills(part.units, _UNITS, ord(following[0]) > 0xFFFF)


def between(text: str, following: str) -> str:
    """What stands between the two: a blank where a sentence ends and another begins, which may be two texts.

    Else nothing: a part is cut wherever it is full, mostly within a word.
    """
    begins = unicodedata.category(following[0]) in ("Lu", "Lo") if following else False
    return " " if begins and _SENTENCE_END.search(text) else ""


def _fills(size: int | None, each: int, short: int) -> bool:
    """Whether it fills a part, or as many as it is; `short` is by how much a part may stay short of that."""
    if not size:
        return False
    return size % each == 0 or (size + short) % each == 0
