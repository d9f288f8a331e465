"""Makes one person of two customers, and two of one again. The survivor lists whom he stands for: reads go to all.

Contacts stay with whom they came with, and what is opened and written by a contact is his whose contact it is.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib import clock
from chalicelib.actions import find_shared_tickets, identify_customer
from chalicelib.actions.change_ticket import changed_event
from chalicelib.domain import customer as people
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import changes, customers, events, idempotency, shop, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def merge(
    customer_id: str, into_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> Customer:
    """Merge a customer into another (of one that was merged himself: into his survivor). Returns the merged one.

    Raises:
        NotFound: no such customer.
        VersionMismatch: `version` is given and not the customer's.
        Invalid: code `unknown-customer`, `same-customer` or `too-many-merged`.
        Conflict: code `already-merged`, or `merge-cycle`: the other one was merged into this one.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _merge(customer_id, into_id, actor, keyed, version))


def unmerge(customer_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None) -> Customer:
    """Take a merged customer out again, with the contacts and tickets that he came with.

    Raises as `merge` does; Conflict with code `not-merged` when he stands for himself, `tickets-still-merged` when
    tickets hold words of both, by a merge, a split, or written there meanwhile: one would read what is the other's.
    """
    return changes.again(lambda: _unmerge(customer_id, actor, keyed, version))


def _merge(customer_id: str, into_id: str, actor: Actor, keyed: Keyed | None, version: int | None) -> Customer:
    loser = _load(customer_id, version)
    survivor = identify_customer.survivor(customers.get(into_id))
    if survivor is None:
        raise _refused("unknown-customer", f"There is no customer {into_id[:100]}.")
    _refuse(loser, survivor, into_id)
    change = Changes()
    merged = write(change, loser, loser, survivor, actor)
    idempotency.record(change, keyed, merged)
    change.commit()
    return merged


def write(change: Changes, old: Customer, loser: Customer, survivor: Customer, actor: Actor) -> Customer:
    """Write that `survivor` stands for `loser` from now on, who was `old` before this change. Returns the merged one.

    Raises:
        Invalid: code `too-many-merged`.
    """
    _refuse_too_many(loser, survivor)
    now = clock.now()
    merged = _save(change, old, people.merged(loser, survivor, now), "customer.merged", actor)
    _save(change, survivor, people.standing_for(survivor, loser, now), "customer.updated", actor)
    return merged


def _load(customer_id: str, version: int | None) -> Customer:
    customer = customers.get(customer_id)
    if customer is None:
        raise NotFound(f"There is no customer {customer_id}.", code="customer-not-found")
    if version not in (None, customer.version):
        raise VersionMismatch(f"The customer is at version {customer.version} now.")
    return customer


def _refuse(loser: Customer, survivor: Customer, into_id: str) -> None:
    if loser.id == into_id:
        raise _refused("same-customer", "A customer cannot be merged into himself.")
    if loser.merged_into:
        raise Conflict(f"The customer was merged into {loser.merged_into} before.", code="already-merged")
    if loser.id == survivor.id:
        raise Conflict(f"{into_id} was himself merged into this customer.", code="merge-cycle")


def _refuse_too_many(loser: Customer, survivor: Customer) -> None:
    together = len(loser.all_ids) + len(survivor.all_ids)
    if together > people.MOST_TOGETHER:
        raise _refused("too-many-merged", f"That would make {together} customers one; at most {people.MOST_TOGETHER}.")


def _refused(code: str, words: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault("/into", code, words),))


def _unmerge(customer_id: str, actor: Actor, keyed: Keyed | None, version: int | None) -> Customer:
    loser = _load(customer_id, version)
    above = identify_customer.above(loser)
    if not above:
        raise Conflict("The customer stands for himself.", code="not-merged")
    rest = [id for id in above[-1].all_ids if id not in loser.all_ids]
    found = find_shared_tickets.find(loser.all_ids, rest)
    _refuse_shared(found.shared)
    now, change = clock.now(), Changes()
    for ticket, owner in found.astray:
        _give_back(change, ticket, owner, actor, now)
    alone = _save(change, loser, people.taken_back(loser, now), "customer.merged", actor)
    for survivor in above:
        _save(change, survivor, people.without(survivor, loser, now), "customer.updated", actor)
    idempotency.record(change, keyed, alone)
    if len(change) > changes.MAX_ROWS:
        _refuse_shared([ticket for ticket, _ in found.astray])
    change.commit()
    return alone


def _give_back(change: Changes, ticket: Ticket, owner: str, actor: Actor, now: datetime) -> None:
    """A ticket out of which the other's words were split is his whose words are left."""
    given = tickets.save(change, replace(ticket, customer_id=owner, updated_at=now), shop.read().rules)
    events.add(change, changed_event(ticket, given, actor))


def _refuse_shared(shared: Sequence[Ticket]) -> None:
    if shared:
        named = ", ".join(f"#{ticket.number}" for ticket in shared)
        words = f"These tickets hold words of both: {named}. Unmerge them, or split off what is the other's."
        raise Conflict(words, code="tickets-still-merged")


def _save(change: Changes, old: Customer, new: Customer, type: str, actor: Actor) -> Customer:
    saved = customers.save(change, old, new)
    told = {"merged_into": [old.merged_into, new.merged_into]} if old.merged_into != new.merged_into else {}
    events.add(change, replace(identify_customer.event_of(saved, type, actor), changes=told))
    return saved
