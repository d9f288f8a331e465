"""Which ticket a received message belongs to, and why. The reason is kept on the message for agents to see.

A claim in a header or subject is no proof: it counts only for somebody who takes part in that ticket.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from chalicelib.domain.customer import Customer
from chalicelib.domain.ticket import MAX_DIGITS, Ticket

_NUMBER = re.compile(rf"\[#(\d{{1,{MAX_DIGITS}}})\]")


@dataclass(frozen=True)
class Candidate:
    """A ticket that something in the message points at. `reason` is how: reply-address, in-reply-to, …

    `proven` says that the sender holds our own signature for his address, or that our own door (portal, API) has
    made sure that he speaks for the ticket's customer. A `loose` one is followed only into a ticket of his own.
    """

    ticket: Ticket
    reason: str
    proven: bool = False
    loose: bool = False


@dataclass(frozen=True)
class Match:
    """Where a message goes: into `ticket` (as `unknown_sender` perhaps), or into a new one linked to `linked_to`."""

    ticket: Ticket | None = None
    reason: str | None = None
    unknown_sender: bool = False
    linked_to: str | None = None


def match(candidates: list[Candidate], sender: Customer, address: str, verified: bool) -> Match:
    """The first candidate that holds, in the order given; of one reason a ticket of the sender's own before others.

    `verified` says that the sender's address was proven (DMARC, or a channel that cannot be forged).
    """
    for candidate in _own_first(candidates, sender):
        if candidate.reason == "reply-address":
            # One mail goes to all, so who is in copy answers to the address that was signed for the customer.
            known = candidate.proven or (verified and address in candidate.ticket.cc)
            return Match(candidate.ticket, candidate.reason, unknown_sender=not known)
        if verified and (candidate.proven or _may_follow(candidate, sender, address)):
            return Match(candidate.ticket, candidate.reason)
    linked = candidates[0].ticket.id if candidates else None
    return Match(linked_to=linked)


def _own_first(candidates: Iterable[Candidate], sender: Customer) -> Iterable[Candidate]:
    for _, alike in groupby(candidates, key=lambda one: one.reason):
        yield from sorted(alike, key=lambda one: not _is_own(one.ticket, sender))


def _may_follow(candidate: Candidate, sender: Customer, address: str) -> bool:
    own = _is_own(candidate.ticket, sender)
    return own if candidate.loose else own or takes_part(candidate.ticket, sender, address)


def _is_own(ticket: Ticket, sender: Customer) -> bool:
    return ticket.customer_id in sender.all_ids


def takes_part(ticket: Ticket, sender: Customer, address: str) -> bool:
    return _is_own(ticket, sender) or address in ticket.cc


def number_in(subject: str) -> int | None:
    """The ticket number in a subject such as `Re: My board [#1042]`, as our mails write it."""
    found = _NUMBER.search(subject)
    return int(found[1]) if found else None
