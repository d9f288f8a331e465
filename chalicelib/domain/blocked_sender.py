"""A blocked sender: one address, or all addresses of a domain, whose mail opens no ticket.

A domain stands for itself alone: `mail.example.org` is another one than `example.org`.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.contact import ascii_domain, normal_email
from chalicelib.errors import Fault, Invalid

MAX_VALUE = 254


@dataclass(frozen=True)
class BlockedSender:
    """`value` is an address or a domain, in lower case; `created_by` the id of the agent or key that blocked it."""

    id: str
    value: str
    created_at: datetime
    created_by: str | None = None

    @property
    def is_domain(self) -> bool:
        return "@" not in self.value


def normal_sender(text: str, pointer: str = "/value") -> str:
    """The address or the domain (with or without an @ or *@ before it) in its one spelling.

    Raises:
        Invalid: code `invalid-sender`, it is neither.
    """
    typed = text.strip().lower().removeprefix("*")
    name, _, domain = typed.rpartition("@")
    try:
        return normal_email(typed) if name else normal_email(f"x@{domain}").removeprefix("x@")
    except Invalid:
        message = f"“{text[:100]}” is neither an email address nor a domain. Examples: spam@example.org, example.org"
        raise Invalid(message, code="invalid-sender", faults=(Fault(pointer, "invalid-sender", message),)) from None


def values_of(email: str) -> tuple[str, str]:
    """What a sender with that address may be blocked by: the address, and its domain."""
    return email, email.rpartition("@")[2]


def formed(value: str) -> str:
    """The value by which a mail finds it: a domain in another script is one with its Punycode."""
    name, at, domain = value.rpartition("@")
    return f"{name}{at}{ascii_domain(domain) or domain}"
