"""Makes one ticket of two, and two of one again. Only headers change: a survivor points at what was merged in."""

from datetime import datetime
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import identify_customer
from chalicelib.actions.change_ticket import load, refuse_erased
from chalicelib.domain import merging
from chalicelib.domain import ticket as life
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Conflict, Fault, Invalid
from chalicelib.store import changes, events, idempotency, shop, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def merge(ticket_id: str, into_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None) -> Ticket:
    """Merge a ticket into another (of one that was merged itself: into its survivor). Returns the merged one.

    Raises:
        NotFound: no such ticket.
        VersionMismatch: `version` is given and not the ticket's.
        Invalid: code `unknown-ticket`, `same-ticket`, `different-customers` or `too-many-merged`.
        Conflict: code `already-merged`; `merge-cycle`, the other one was merged into this one; `ticket-erased`.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _merge(ticket_id, into_id, actor, keyed, version))


def unmerge(ticket_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None) -> Ticket:
    """Take a merged ticket out of its survivor again, as it stood before. What was written since stays where it is.

    Raises as `merge` does; Conflict with code `not-merged` when it stands for itself.
    """
    return changes.again(lambda: _unmerge(ticket_id, actor, keyed, version))


def tell(
    change: Changes, before: Ticket | None, after: Ticket, type: str, actor: Actor, now: datetime, **more: list[Any]
) -> None:
    """The event of one of the tickets that a merge or a split changes; each of them has its own."""
    event = Event(
        id=ids.new("evt"),
        type=type,
        created_at=now,
        actor=actor,
        subject=after.id,
        ticket_id=after.id,
        customer_id=after.customer_id,
        version=after.version,
        changes=(_differences(before, after) if before else {}) | more,
        counts=(standing(before), standing(after)),
    )
    events.add(change, event)


def refused(code: str, words: str, pointer: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))


def _differences(before: Ticket, after: Ticket) -> dict[str, list[Any]]:
    counted = [before.message_count, after.message_count]
    found = life.differences(before, after)
    return found | {"message_count": counted} if counted[0] != counted[1] else found


def _merge(ticket_id: str, into_id: str, actor: Actor, keyed: Keyed | None, version: int | None) -> Ticket:
    loser, survivor = load(ticket_id, version), _into(into_id)
    _refuse(loser, survivor, into_id)
    now, change, rules = clock.now(), Changes(), shop.read().rules
    _hold_customers(change, loser, survivor, actor, now)
    put_away = tickets.save(change, merging.put_away(loser, survivor, now), rules)
    joined = tickets.save(change, merging.joined(survivor, loser, now), rules)
    tell(change, loser, put_away, "ticket.merged", actor, now)
    tell(change, survivor, joined, "ticket.updated", actor, now)
    idempotency.record(change, keyed, put_away)
    change.commit()
    return put_away


def _into(ticket_id: str) -> Ticket:
    found = tickets.get(ticket_id)
    if found is None:
        raise refused("unknown-ticket", f"There is no ticket {ticket_id[:100]}.", "/into")
    return tickets.survivor(found)


def _refuse(loser: Ticket, survivor: Ticket, into_id: str) -> None:
    if loser.id == into_id:
        raise refused("same-ticket", "A ticket cannot be merged into itself.", "/into")
    if loser.merged_into:
        words = f"The ticket was merged into {tickets.survivor(loser).id} before."
        raise Conflict(words, code="already-merged")
    if loser.id == survivor.id:
        raise Conflict(f"{into_id} was itself merged into this ticket.", code="merge-cycle")
    refuse_erased(loser)
    refuse_erased(survivor)
    together = len(tickets.family(loser)) + len(tickets.family(survivor))
    if together > merging.MOST_TOGETHER:
        words = f"That would make {together} tickets one; at most {merging.MOST_TOGETHER} can be."
        raise refused("too-many-merged", words, "/into")


def _hold_customers(change: Changes, loser: Ticket, survivor: Ticket, actor: Actor, now: datetime) -> None:
    """Two customers for whom one stands must not come apart while tickets of theirs become one."""
    if loser.customer_id == survivor.customer_id:
        return
    customer = identify_customer.standing_for(loser.customer_id, survivor.customer_id)
    if customer is None:
        raise refused("different-customers", "The tickets are of two customers: merge those first.", "/into")
    identify_customer.hold(change, customer, actor, now)


def _unmerge(ticket_id: str, actor: Actor, keyed: Keyed | None, version: int | None) -> Ticket:
    loser = load(ticket_id, version)
    if loser.merged_into is None:
        raise Conflict("The ticket stands for itself.", code="not-merged")
    now, change, rules = clock.now(), Changes(), shop.read().rules
    alone = tickets.save(change, merging.taken_back(loser, now), rules)
    tell(change, loser, alone, "ticket.merged", actor, now)
    for survivor in _above(loser):
        rest = tickets.save(change, _without(survivor, loser, now), rules)
        tell(change, survivor, rest, "ticket.updated", actor, now)
    idempotency.record(change, keyed, alone)
    change.commit()
    return alone


def _above(ticket: Ticket) -> list[Ticket]:
    """Whom it was merged into, and whom that, up to the one that stands for all."""
    found: list[Ticket] = []
    while ticket.merged_into and (into := tickets.get(ticket.merged_into)):
        found.append(into)
        ticket = into
    return found


def _without(survivor: Ticket, loser: Ticket, now: datetime) -> Ticket:
    gone = {one.id for one in tickets.family(loser)}
    stay = [one for one in tickets.family(survivor) if one.id not in gone]
    newest = tickets.telling(stay)
    if loser.merged_into == survivor.id:
        return merging.parted(survivor, loser, newest, now)
    return merging.lessened(survivor, loser.message_count, newest, now)
