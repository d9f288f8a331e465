"""How addresses are written: one spelling a mailbox, so that one person is found again."""

import re

from chalicelib.errors import Fault, Invalid

MAX_EMAIL = 254

# What SES takes (https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Destination.html): ASCII, no quoted names.
_SENDABLE = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")

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


def sendable_email(text: str, pointer: str = "/email") -> str:
    """The address as `normal_email` has it, if mail can be sent to it and from it.

    Raises:
        Invalid: it is none, or not one of ASCII (its domain apart): no mail service in use takes others.
    """
    address = normal_email(text, pointer)
    if ascii_email(address) is None:
        message = f"No mail can be sent to “{text[:100]}”. Example: leila@example.org"
        raise Invalid(message, code="invalid-email", faults=(Fault(pointer, "invalid-email", message),))
    return address


def ascii_email(address: str) -> str | None:
    """The address as mail systems name it: a domain in another script in Punycode (RFC 3492), so that one mailbox has
    one form. None for one that no mail can be sent to.
    """
    local, at, domain = address.strip().rpartition("@")
    bare = f"{local}{at}{ascii_domain(domain)}"
    return bare if _SENDABLE.fullmatch(bare) and len(bare) <= MAX_EMAIL else None


def same_mailbox(one: str, other: str) -> bool:
    """Whether the two are one address, in whatever case and form their domains are written."""
    return mailbox(one) == mailbox(other)


def mailbox(address: str) -> str:
    """The one form of an address by which it is known again, also of one that no mail can be sent to."""
    return (ascii_email(address) or address.strip()).lower()


def ascii_domain(domain: str) -> str:
    """The domain in Punycode, in lower case; empty when it is none."""
    try:
        return domain.lower() if domain.isascii() else domain.encode("idna").decode().lower()
    except UnicodeError:
        return ""
