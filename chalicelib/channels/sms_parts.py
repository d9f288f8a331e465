"""Whether a text goes on in the next one. Carriers cut a long SMS into parts, and AWS may tell of each by itself,
without their numbers: what is left to see is that a part was filled to its last septet or unit.

3GPP TS 23.040, 9.2.3.24.1: a part of several holds 153 septets or 67 units, one alone 160 or 70.
"""

from dataclasses import dataclass

from chalicelib.channels import sms_text

_GSM = (153, 160)
_UCS = (67, 70)


@dataclass(frozen=True)
class Measure:
    """`septets` are what a text takes in GSM 03.38, None where it needs UCS-2; `units` what it takes in that."""

    septets: int | None
    units: int


def measure(text: str) -> Measure:
    return Measure(sms_text.septets(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


def may_go_on(part: Measure) -> bool:
    """Whether the text may be but a part of what was written."""
    return any(_fills(size, *of, short) for size, of in ((part.septets, _GSM), (part.units, _UCS)) for short in (0, 1))


def goes_on(part: Measure, following: str) -> bool:
    """Whether the text that follows is the next part of it: the first is full, or has room for half a character."""
    if not following:
        return False
    if part.septets is not None and sms_text.septets(following) is not None:
        return _fills(part.septets, *_GSM, (sms_text.septets(following[0]) or 1) - 1)
    return _fills(part.units, *_UCS, ord(following[0]) > 0xFFFF)


def _fills(size: int | None, each: int, alone: int, short: int) -> bool:
    """Whether it fills a part, or as many as it is; `short` is by how much a part may stay short of that."""
    if not size:
        return False
    return size == alone or size % each == 0 or (size + short) % each == 0
