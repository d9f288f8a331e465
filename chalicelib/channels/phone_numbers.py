"""Phone numbers: E.164 in the store, whatever digits they were typed with, and as people write them on screen.

Which numbers a country's plan has grows every month: only a length that it cannot have is refused.
"""

import re
import unicodedata
from typing import TYPE_CHECKING

from chalicelib import i18n
from chalicelib.errors import Fault, Invalid

if TYPE_CHECKING:
    from phonenumbers import PhoneNumber

MAX_TYPED = 60

# Marks of direction and other unseen ones, which come along when a number is copied from a page.
_UNSEEN = re.compile(r"[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_SCHEME = re.compile(r"tel:", re.IGNORECASE)
# People write the sign for dialling abroad as 00, also where it is another one (011 in North America).
_ABROAD = re.compile(r"^[0\u0660\u06f0\uff10]{2}(?=\s*[1-9\u0661-\u0669\u06f1-\u06f9\uff11-\uff19])")
# Fewer digits before a word are no number that this could be the extension of.
_FEWEST_DIGITS = 6
# Short codes have three to eight digits, by country; extensions of switchboards fewer.
_SHORT_CODE = 8

_FAULTS = {
    "none": "“{typed}” is not a phone number. Example: +216 20 555 014",
    "no-country": "“{typed}” names no country. Begin with + and the country’s code. Example: +216 20 555 014",
    "too-short": "“{typed}” is too short for a phone number; a short code cannot be answered. Example: +216 20 555 014",
    "too-long": "“{typed}” is too long for a phone number: give one number, with nothing after it.",
    "extension": "“{typed}” has an extension, which no message reaches. Give a number of its own.",
    "premium": "“{typed}” is a premium-rate number: nothing is sent there.",
}


class _Wrong(Exception):
    """`reason` is one of `_FAULTS`."""

    def __init__(self, reason: str) -> None:
        self.reason = reason


def normal_phone(text: str, pointer: str = "/phone") -> str:
    """The number in E.164; one without a country is read as of our own region (see `i18n.phone_region`).

    Raises:
        Invalid: code `invalid-phone`, at the pointer: no number, one of a length that its country does not have, one
            without a country where we have no region either, one with an extension, or one of premium rate.
    """
    try:
        number = _number(text)
        if _is_premium(number):
            raise _Wrong("premium")
    except _Wrong as wrong:
        message = _FAULTS[wrong.reason].format(typed=_UNSEEN.sub("", text).strip()[:40])
        raise Invalid(message, code="invalid-phone", faults=(Fault(pointer, "invalid-phone", message),)) from wrong
    return _e164(number)


def of_carrier(text: str) -> str | None:
    """The number of who texted or called, in E.164; None when it is none (a name, a short code, an extension).

    Carriers name a country with every number. So a few digits without one are no number of our region, though one
    there may be as short.
    """
    bare = text.strip()
    return None if bare.isdigit() and len(bare) <= _SHORT_CODE else parse(text)


def parse(text: str) -> str | None:
    """The number in E.164, or None when it is none (a short code, a name). What a carrier names may cost anything."""
    try:
        return _e164(_number(text))
    except _Wrong:
        return None


def on_screen(e164: str) -> str:
    """The number as people here write it; anything else as it is."""
    return i18n.phone(e164)


def _number(text: str) -> "PhoneNumber":
    import phonenumbers

    typed = _ABROAD.sub("+", _SCHEME.sub("", _UNSEEN.sub("", text).strip(), count=1), count=1)
    if len(typed) > MAX_TYPED:
        raise _Wrong("too-long")
    _refuse_letters(typed)
    try:
        number = phonenumbers.parse(typed, i18n.phone_region())
    except phonenumbers.NumberParseException as error:
        raise _Wrong(_reason(error.error_type, typed)) from error
    if number.extension:
        raise _Wrong("extension")
    return _of_possible_length(number)


def _refuse_letters(typed: str) -> None:
    """What stands behind a number in words is its extension; a number spelled in letters is none."""
    first = next((at for at, sign in enumerate(typed) if unicodedata.category(sign).startswith("L")), None)
    if first is not None:
        digits = sum(sign.isdigit() for sign in typed[:first])
        raise _Wrong("extension" if digits >= _FEWEST_DIGITS else "none")


def _reason(error_type: int, typed: str) -> str:
    from phonenumbers import NumberParseException as Refused

    digits = sum(sign.isdigit() for sign in typed)
    if error_type == Refused.TOO_LONG:
        return "too-long"
    if digits < _FEWEST_DIGITS:
        return "too-short" if digits else "none"
    bare = not typed.startswith(("+", "\uff0b"))
    return "no-country" if error_type == Refused.INVALID_COUNTRY_CODE and bare else "none"


def _of_possible_length(number: "PhoneNumber") -> "PhoneNumber":
    from phonenumbers import ValidationResult, is_possible_number_with_reason

    found = is_possible_number_with_reason(number)
    if found == ValidationResult.IS_POSSIBLE:
        return number
    raise _Wrong("too-long" if found == ValidationResult.TOO_LONG else "too-short")


def _is_premium(number: "PhoneNumber") -> bool:
    from phonenumbers import PhoneNumberType, number_type

    return bool(number_type(number) == PhoneNumberType.PREMIUM_RATE)


def _e164(number: "PhoneNumber") -> str:
    from phonenumbers import PhoneNumberFormat, format_number

    return str(format_number(number, PhoneNumberFormat.E164))
