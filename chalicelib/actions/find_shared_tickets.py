"""Finds the tickets that hold words of both of two customers: taken apart, the one would read what is the other's.

Only what a customer may read counts: notes, and what strangers wrote, he never sees.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import customer_tickets, threads, tickets

PIECE = 100
AT_ONCE = 16


@dataclass(frozen=True)
class Found:
    """`shared` are tickets with words of both, by number; `astray` those of one that hold only words of the other.

    An astray ticket comes with the id of the customer whose words they are.
    """

    shared: list[Ticket]
    astray: list[tuple[Ticket, str]]


def find(ours: Sequence[str], theirs: Sequence[str]) -> Found:
    """What stands between two sides, each given by the ids of its customers."""
    known = _tickets_of([*ours, *theirs])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        owners = pool.map(lambda ticket: _owners(ticket, known), known.values())
        mixed = [(one, of) for one, of in zip(known.values(), owners, strict=True) if _across(one, of, ours, theirs)]
    astray = {one.id: (one, min(of)) for one, of in mixed if of <= {*ours} or of <= {*theirs}}
    shared = [one for one, _ in mixed if one.id not in astray]
    return Found(sorted(shared, key=lambda ticket: ticket.number), [*astray.values()])


def _across(ticket: Ticket, owners: set[str], ours: Sequence[str], theirs: Sequence[str]) -> bool:
    named = owners | {ticket.customer_id}
    return bool(named & {*ours} and named & {*theirs})


def _tickets_of(customer_ids: Sequence[str]) -> dict[str, Ticket]:
    """All tickets of the customers; those that others point at too, which the index may not know yet."""
    known: dict[str, Ticket] = {}
    wanted = {ticket_id for id in customer_ids for ticket_id in _listed(id)}
    while wanted:
        found = tickets.get_all(wanted)
        known |= found
        wanted = {id for one in found.values() for id in _pointed_at(one)} - known.keys() - wanted
    return known


def _listed(customer_id: str) -> Iterator[str]:
    after = ""
    while page := customer_tickets.page(customer_id, after):
        yield from (one.ticket_id for one in page)
        after = page[-1].place


def _pointed_at(ticket: Ticket) -> list[str]:
    parts = ticket.parts
    into = [ticket.merged_into] if ticket.merged_into else []
    return [*into, *parts.joined_ids, *parts.moved_in, *parts.moved_out]


def _owners(ticket: Ticket, known: dict[str, Ticket]) -> set[str]:
    """The customers whose words the ticket holds, with those of the tickets that are merged into it."""
    joined = {known[id].customer_id for id in ticket.parts.joined_ids if id in known}
    return joined | {_owner(one, known) for one in _read(ticket)}


def _owner(message: Message, known: dict[str, Ticket]) -> str:
    """Who wrote it; of an answer, whose ticket it was written in."""
    home = known.get(message.ticket_id)
    asked = home.customer_id if home else ""
    return (message.author.id or asked) if message.from_customer else asked


def _read(ticket: Ticket) -> Iterator[Message]:
    after = None
    while page := threads.following([ticket], after, PIECE).messages:
        yield from (one for one in page if one.is_public and not one.unknown_sender)
        after = page[-1].id
