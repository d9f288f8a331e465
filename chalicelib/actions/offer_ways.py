"""Every way in which an answer can reach a customer, for an agent to choose from; closed ones are told with the reason.

A way is a channel and one of his contacts: the same number is two ways where the shop is on WhatsApp.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib import settings
from chalicelib.actions import check_recipient, check_session, choose_way
from chalicelib.domain import channel as channels
from chalicelib.domain.contact import ascii_email
from chalicelib.domain.customer import Contact, Customer, Way
from chalicelib.domain.ticket import Ticket
from chalicelib.store import customers

SESSION_OVER = check_session.OVER


@dataclass(frozen=True)
class Offer:
    """`closed` is why the way cannot be gone (see `delivery_reason`, and SESSION_OVER), None when it can.

    On WhatsApp, `open_until` is when its session ends; with `by_template` the shop's approved words go out instead.
    """

    way: Way
    closed: str | None = None
    open_until: datetime | None = None
    by_template: bool = False

    @property
    def value(self) -> str:
        """How a form names it."""
        return f"{self.way.channel}:{self.way.contact.value}"


@dataclass(frozen=True)
class Offers:
    """`chosen` is the one that the form begins with; None where nothing reaches him."""

    all: tuple[Offer, ...]
    chosen: Offer | None

    @property
    def open(self) -> tuple[Offer, ...]:
        return tuple(one for one in self.all if one.closed is None)

    @property
    def closed(self) -> tuple[Offer, ...]:
        return tuple(one for one in self.all if one.closed)

    def named(self, value: str) -> Offer | None:
        """The offer that a form names."""
        return next((one for one in self.all if one.value == value), None)


def find(ticket: Ticket, customer: Customer) -> Offers:
    """What reaches the ticket's customer, or who stands for him.

    It begins with what he prefers, where that is open; else with the channel and contact of his newest message; else
    with the first that is open.
    """
    own = customers.get(ticket.customer_id) if ticket.customer_id in customer.merged_ids else None
    contacts = dict.fromkeys((own.contacts if own else ()) + customer.all_contacts)
    listed = tuple(_offer(one, channel) for one in contacts for channel in _channels(one))
    return Offers(listed, _first(listed, ticket, customer))


def _channels(contact: Contact) -> tuple[str, ...]:
    return tuple(
        one for one in channels.reaching(contact.type) if one != "whatsapp" or settings.whatsapp_phone_number_id()
    )


def _offer(contact: Contact, channel: str) -> Offer:
    way = Way(channel, contact)
    closed = check_recipient.of_contact(contact, channel)
    if channel == "email" and ascii_email(contact.value) is None:
        return Offer(way, "bad-address")
    if channel != "whatsapp" or closed:
        return Offer(way, closed)
    session = check_session.standing(contact.value)
    return Offer(way, None if session.may_write else SESSION_OVER, session.open_until, session.by_template)


def _first(listed: tuple[Offer, ...], ticket: Ticket, customer: Customer) -> Offer | None:
    usual = [
        choose_way.find(ticket, customer, channel)
        for channel in (customer.preferred_channel, ticket.reply_channel or ticket.channel)
        if channel
    ]
    by_way = {one.way: one for one in listed}
    wished = [by_way[way] for way in usual if way in by_way]
    open_ones = [one for one in (*wished, *listed) if one.closed is None]
    return next(iter((*open_ones, *wished, *listed)), None)
