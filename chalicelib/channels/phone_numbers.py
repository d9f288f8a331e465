"""Phone numbers in E.164, whatever digits and spaces they were typed with."""

from chalicelib import settings
from chalicelib.errors import Fault, Invalid


def normal_phone(text: str, pointer: str = "/phone") -> str:
    """The number in E.164; one without a country is read as from the country of our own number, if we have one.

    Raises:
        Invalid: no phone number, or one that its country's plan does not allow.
    """
    number = parse(text)
    if number is None:
        message = f"“{text[:40]}” is not a phone number. Example: +216 20 555 014"
        raise Invalid(message, code="invalid-phone", faults=(Fault(pointer, "invalid-phone", message),))
    return number


def parse(text: str) -> str | None:
    """The number in E.164, or None when it is none (a short code, a name)."""
    import phonenumbers

    try:
        ours = settings.support_phone()
        home = phonenumbers.region_code_for_number(phonenumbers.parse(ours)) if ours else None
        number = phonenumbers.parse(text.strip(), home)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def on_screen(e164: str) -> str:
    """The number as people write it, with spaces; anything else as it is."""
    import phonenumbers

    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
