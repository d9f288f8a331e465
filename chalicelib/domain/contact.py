"""How addresses are written: one spelling a mailbox, so that one person is found again."""

import re

from chalicelib.errors import Fault, Invalid

MAX_EMAIL = 254

_EMAIL = re.compile(r"[^\s@<>(),;:\"\[\]\\]+@[^\s@<>(),;:\"\[\]\\]+\.[^\s@<>(),;:\"\[\]\\.]+")


def normal_email(text: str, pointer: str = "/email") -> str:
    """The address in lower case (RFC 5321 §2.4 allows case in the local part; no mail host in use tells it apart).

    Raises:
        Invalid: it is no address, or longer than 254 characters (RFC 5321 §4.5.3.1.3).
    """
    address = text.strip().lower()
    if len(address) > MAX_EMAIL or not _EMAIL.fullmatch(address) or ".." in address:
        message = f"“{text[:100]}” is not an email address. Example: leila@example.org"
        raise Invalid(message, code="invalid-email", faults=(Fault(pointer, "invalid-email", message),))
    return address
