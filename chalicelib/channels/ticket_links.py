"""Links to one conversation, short enough for an SMS: who holds the contact they were sent to reads on in the portal.

The contact itself is not in the link: it is one of the ticket's customer, or the link opens nothing. Nor is the year:
of the days within reach the signature tells which one was meant.
"""

import re
from base64 import b32decode, b32encode
from datetime import date, timedelta

from chalicelib import clock, settings, signing
from chalicelib.domain.ticket import MAX_DIGITS, Ticket

LIFE = timedelta(days=14)

# RFC 4648 §6 in lower case: unlike base64url it has no `-` or `_`, which messengers leave out of a link's end.
_DIGITS = "abcdefghijklmnopqrstuvwxyz234567"
_OCTETS = 10
_TOKEN = re.compile(rf"([0-9]{{1,{MAX_DIGITS}}})-([a-z2-7])([a-z2-7]{{16}})")


def to(ticket: Ticket, contact: str) -> str:
    """The address for whoever holds that contact (an email address, a number in E.164), to the end of a day in 14."""
    ends = (clock.now() + LIFE).date()
    signature = b32encode(signing.digest("ticket-link", _signed(ticket, contact, ends), _OCTETS)).decode().lower()
    return f"{settings.public_url()}/{ticket.locale}/t/{ticket.number}-{_digit(ends)}{signature}"


def number(token: str) -> int | None:
    """The number of the ticket that a link's last part names; None when it cannot be one of ours."""
    found = _TOKEN.fullmatch(token.lower())
    return int(found[1]) if found else None


def is_for(token: str, ticket: Ticket, contact: str) -> bool:
    """Whether we made it for that contact of that ticket, and its time is not over."""
    found = _TOKEN.fullmatch(token.lower())
    ends = _end(found[2]) if found else None
    if found is None or ends is None:
        return False
    return signing.matches("ticket-link", _signed(ticket, contact, ends), b32decode(found[3].upper()))


def _signed(ticket: Ticket, contact: str, ends: date) -> str:
    return f"{ticket.id} {contact} {ends.isoformat()}"


def _digit(ends: date) -> str:
    return _DIGITS[ends.toordinal() % len(_DIGITS)]


def _end(digit: str) -> date | None:
    """The day, of those on which a link of today and before can end, that has that digit."""
    today = clock.now().date()
    days = (today + timedelta(days=ahead) for ahead in range(LIFE.days + 1))
    return next((one for one in days if _digit(one) == digit), None)
