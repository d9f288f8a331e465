"""What is left of a customer who is forgotten: that somebody wrote, when, and on which channel; not who, and not what.

What stays is what the shop counts by (tags, team, times) and what others wrote nothing of him in: ids, numbers, states.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib.domain.customer import Customer
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.message import Author, Message
from chalicelib.domain.ticket import Ticket, set_status

# Stands where a name, a subject or a text stood.
_WORDS = {"en": "Erased", "ar": "محذوف"}
_UNSENT = ("queued", "sending")
# In the changes that an event tells of: ids of the shop's own that lead to the person.
_TELLING = ("external_id",)


def word(locale: str) -> str:
    return _WORDS.get(locale, _WORDS["en"])


def nobody(ticket: Ticket) -> Customer:
    """Stands for the customer of an erased ticket where one must be shown."""
    return Customer(ticket.customer_id, word(ticket.locale), ticket.locale, ticket.created_at, ticket.updated_at)


def customer(old: Customer, now: datetime) -> Customer:
    return replace(
        old,
        name="",
        locale="",
        contacts=(),
        merged_contacts=(),
        time_zone=None,
        preferred_channel=None,
        organization_id=None,
        tags=(),
        custom_fields={},
        quiet_hours=None,
        sees_tickets_of=None,
        updated_at=now,
        erased_at=now,
    )


def ticket(old: Ticket, now: datetime) -> Ticket:
    """The ticket closed, without anything that a person wrote on it."""
    blank = replace(
        old,
        subject=word(old.locale),
        customer_name=word(old.locale),
        custom_fields={},
        cc=(),
        preview="",
        reply_contact=None,
        external_id=None,
        updated_at=now,
        erased_at=now,
    )
    return set_status(blank, "closed", now)


def message(old: Message, locale: str) -> Message:
    """The message without its words, files and addresses; an agent's keeps the agent's name."""
    by_customer = old.author.type == "customer"
    return replace(
        old,
        author=Author("customer", old.author.id, word(locale)) if by_customer else old.author,
        text=word(locale),
        html=None,
        quoted_text=None,
        attachments=(),
        contact=None,
        cc=(),
        email_id=None,
        raw_key=None,
        problems=(),
    )


def delivery(old: Delivery, now: datetime) -> Delivery:
    """The sending without its address; one that has not gone out does not go out any more."""
    state = "failed" if old.state in _UNSENT else old.state
    return replace(old, to=word("en"), state=state, detail=None, provider_id=None, lease_until=None, updated_at=now)


def delivery_without(old: Delivery, address: str, now: datetime) -> Delivery:
    """The sending without somebody who was in copy, or whom it went to in a ticket of another's."""
    left = replace(old, copies={one: reason for one, reason in old.copies.items() if one != address})
    return delivery(left, now) if old.to == address else left


def told(changes: Mapping[str, list[Any]]) -> dict[str, list[Any]]:
    """An event's changes, of which those that lead to the person only say that there were some."""
    return {name: [None, None] if name in _TELLING else pair for name, pair in changes.items()}
