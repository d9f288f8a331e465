"""Sets what a contact allows, and writes that into the ledger: whoever changes `opted_out_of` comes by here.

What holds stands on the contact; the entry, the mark of a number and the contact are one transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import identify_customer
from chalicelib.domain import channel as channels
from chalicelib.domain.consent import Consent, turns
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.event import Actor
from chalicelib.store import changes, consents, customers
from chalicelib.store.changes import Changes


@dataclass(frozen=True)
class Said:
    """How somebody said it: `source` as in `consent.SOURCES`; `text` and the message where it came as a text."""

    source: str
    actor: Actor
    text: str | None = None
    ticket_id: str | None = None
    message_id: str | None = None


def set_opted_out(type: str, value: str, channel: str, wanted: bool, said: Said) -> bool:
    """Opt the contact out of the channel, or in again; False when it stood so, or is no customer's.

    Raises:
        Contention: see `changes.again`.
    """
    return changes.again(lambda: _set(type, value, channel, wanted, said))


def record(change: Changes, before: Sequence[Contact], saved: Customer, said: Said) -> None:
    """Write entries for what the customer's own contacts allow now and did not `before`, or the other way."""
    for turn in turns(before, saved.contacts):
        entry = Consent(
            id=ids.new("cns"),
            customer_id=saved.id,
            contact_type=turn.contact.type,
            contact=turn.contact.value,
            channel=turn.channel,
            action=turn.action,
            at=saved.updated_at,
            source=said.source,
            actor_type=said.actor.type,
            actor_id=said.actor.id,
            text=said.text,
            ticket_id=said.ticket_id,
            message_id=said.message_id,
        )
        consents.add(change, entry)


def told(before: Sequence[Contact], after: Sequence[Contact]) -> dict[str, list[Any]]:
    """The change as an event tells it: the channels on which he wants nothing at one of his contacts or more."""
    if not any(True for _ in turns(before, after)):
        return {}
    return {"opted_out_of": [_channels(before), _channels(after)]}


def turned(contact: Contact, channel: str, wanted: bool) -> Contact:
    """The contact opted out of the channel, or in again."""
    kept = {*contact.opted_out_of, channel} if wanted else {*contact.opted_out_of} - {channel}
    return replace(contact, opted_out_of=tuple(one for one in channels.reaching(contact.type) if one in kept))


def _channels(listed: Sequence[Contact]) -> list[str]:
    return sorted({one for contact in listed for one in contact.opted_out_of})


def _set(type: str, value: str, channel: str, wanted: bool, said: Said) -> bool:
    customer, change = customers.by_contact(type, value), Changes()
    if customer is None:
        return False
    old = next(one for one in customer.contacts if (one.type, one.value) == (type, value))
    new = turned(old, channel, wanted)
    if new == old:
        return False
    save(change, customer, new, said)
    change.commit()
    return True


def save(change: Changes, customer: Customer, contact: Contact, said: Said) -> Customer:
    """Write the customer with the contact in place of the one of the same address, with event and entries."""
    new = identify_customer.with_contact(customer, contact, clock.now())
    event = identify_customer.event_of(new, "customer.updated", said.actor)
    event = replace(event, changes=told(customer.contacts, new.contacts))
    saved = identify_customer.save_contact(change, customer, new, event)
    record(change, customer.contacts, saved, said)
    return saved
