"""Splits messages off a ticket into a new one. The messages stay where they were written; the new ticket holds them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib import clock, ids
from chalicelib.actions import identify_customer
from chalicelib.actions.change_ticket import load, refuse_erased, refuse_merged
from chalicelib.actions.merge_tickets import refused, tell
from chalicelib.domain import merging
from chalicelib.domain.event import Actor
from chalicelib.domain.message import Message
from chalicelib.domain.parts import Parts
from chalicelib.domain.ticket import Rules, Ticket
from chalicelib.errors import Fault, Invalid
from chalicelib.store import changes, customers, idempotency, numbers, organization_tickets, shop, threads, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


@dataclass(frozen=True)
class Split:
    """Which messages of a ticket become a new one; its subject, if it is not to be the old one's."""

    message_ids: tuple[str, ...]
    subject: str | None = None


def split(
    ticket_id: str, wanted: Split, actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> Ticket:
    """The new ticket, of the same team, agent and tags, that holds those messages from now on.

    It is of the same customer; where that one stands for several, of the one among them who wrote the messages.

    Raises:
        NotFound: no such ticket.
        VersionMismatch: `version` is given and not the ticket's.
        Conflict: code `ticket-merged`, another ticket stands for it; `ticket-erased`.
        Invalid: code `unknown-message`, `nothing-left` or `too-many-merged`.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _split(ticket_id, wanted, actor, keyed, version))


def _split(ticket_id: str, wanted: Split, actor: Actor, keyed: Keyed | None, version: int | None) -> Ticket:
    ticket = load(ticket_id, version)
    refuse_merged(ticket)
    refuse_erased(ticket)
    now, change, rules = clock.now(), Changes(), shop.read().rules
    family = tickets.family(ticket)
    moved = threads.picked(family, wanted.message_ids)
    _refuse_unknown(wanted, moved.messages)
    known = {one.id: one for one in family}
    owner = _owner(change, ticket, known, moved.messages, actor, now)
    new = _new_ticket(ticket, owner, wanted, moved.messages, now)
    for before, after in _lessened(known, moved, new.id, now):
        _save(change, before, after, new, actor, rules, now)
    made = tickets.add(change, merging.split_off(new, moved.messages), rules)
    organization_tickets.add(change, made, identify_customer.survivor(customers.get(owner)))
    tell(change, None, made, "ticket.created", actor, now)
    idempotency.record(change, keyed, made)
    if len(change) > changes.MAX_ROWS:
        raise refused("too-many-merged", "These messages come from too many tickets at once.", "/message_ids")
    change.commit()
    return made


def _refuse_unknown(wanted: Split, found: Sequence[Message]) -> None:
    known = {message.id for message in found}
    faults = tuple(
        Fault(f"/message_ids/{at}", "unknown-message", f"The ticket has no message {id[:100]}.")
        for at, id in enumerate(wanted.message_ids)
        if id not in known
    )
    if faults:
        raise Invalid(faults[0].message, code="unknown-message", faults=faults)


def _owner(
    change: Changes, ticket: Ticket, family: dict[str, Ticket], moved: Sequence[Message], actor: Actor, now: datetime
) -> str:
    """Whose messages they are, of all for whom the ticket's customer stands; his own if they are not one's alone."""
    customer = identify_customer.survivor(customers.get(ticket.customer_id))
    if customer is None or not customer.merged_ids:
        return ticket.customer_id
    identify_customer.hold(change, customer, actor, now)
    homes = family | tickets.get_all({one.ticket_id for one in moved} - family.keys())
    writers = {one.author.id for one in moved if one.from_customer and one.author.id}
    owners = (writers or {homes[one.ticket_id].customer_id for one in moved}) & set(customer.all_ids)
    return owners.pop() if len(owners) == 1 else ticket.customer_id


def _new_ticket(ticket: Ticket, owner: str, wanted: Split, moved: Sequence[Message], now: datetime) -> Ticket:
    parts = Parts()
    for message in moved:
        parts = parts.took([message.id], message.ticket_id)
    return Ticket(
        id=ids.new("tkt"),
        number=numbers.take(),
        subject=wanted.subject or ticket.subject,
        status="open",
        channel=moved[0].channel,
        customer_id=owner,
        customer_name=ticket.customer_name,
        locale=ticket.locale,
        created_at=now,
        updated_at=now,
        priority=ticket.priority,
        team_id=ticket.team_id,
        assignee_id=ticket.assignee_id,
        tags=ticket.tags,
        cc=ticket.cc,
        split_from=ticket.id,
        parts=parts,
    )


def _lessened(family: dict[str, Ticket], moved: threads.Piece, to: str, now: datetime) -> list[tuple[Ticket, Ticket]]:
    """The tickets that lose messages or pointers to them, each before and after; `family` begins with the one split."""
    homes = {message.ticket_id for message in moved.messages} - family.keys()
    known = family | tickets.get_all(homes)
    pointed = known | merging.moved_over(known, moved.holders, moved.messages, to)
    if merging.too_many_moved(pointed.values()):
        words = f"At most {merging.MOST_MOVED} messages can be moved out of one ticket."
        raise refused("too-many-merged", words, "/message_ids")
    for id, count in merging.losses(family, moved.holders, moved.messages).items():
        newest = tickets.telling(merging.below(pointed[id], pointed))
        pointed[id] = merging.lessened(pointed[id], count, newest, now)
    if not pointed[next(iter(family))].message_count:
        raise refused("nothing-left", "A ticket keeps at least one message.", "/message_ids")
    return [(known[id], after) for id, after in pointed.items() if after != known[id]]


def _save(
    change: Changes, before: Ticket, after: Ticket, new: Ticket, actor: Actor, rules: Rules, now: datetime
) -> None:
    saved = tickets.save(change, after, rules)
    if saved.id == new.split_from:
        tell(change, before, saved, "ticket.split", actor, now, split_into=[None, new.id])
    else:
        tell(change, before, saved, "ticket.updated", actor, now)
