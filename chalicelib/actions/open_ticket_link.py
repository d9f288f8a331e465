"""Opens the conversation for who holds the contact that a short link was sent to; that proves the contact to be his.

The link says neither who he is nor what his contact is: it fits one of the contacts that the ticket's customer has now.
"""

from dataclasses import dataclass, replace

from chalicelib import clock
from chalicelib.actions import identify_customer
from chalicelib.channels import ticket_links
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.ticket import Ticket
from chalicelib.store import changes, customers, tickets
from chalicelib.store.changes import Changes


@dataclass(frozen=True)
class Opened:
    """The ticket's number, and the customer who has `contact`: the ticket's own, or one who is the same person."""

    ticket_number: int
    customer_id: str
    contact: str


def open(token: str) -> Opened | None:
    """What the link opens; None when it is none of ours, ended, or its contact is no longer the ticket's customer's."""
    ticket = _named(token)
    return changes.again(lambda: _open(token, ticket)) if ticket else None


def _named(token: str) -> Ticket | None:
    number = ticket_links.number(token)
    ticket_id = tickets.id_of(number) if number else None
    return tickets.get(ticket_id) if ticket_id else None


def _open(token: str, ticket: Ticket) -> Opened | None:
    customer = identify_customer.survivor(customers.get(ticket.customer_id))
    contacts = customer.all_contacts if customer else ()
    contact = next((one for one in contacts if ticket_links.is_for(token, ticket, one.value)), None)
    owner = customers.by_contact(contact.type, contact.value) if contact else None
    if customer is None or contact is None or owner is None or owner.id not in customer.all_ids:
        return None
    _prove(owner, contact)
    return Opened(ticket.number, owner.id, contact.value)


def _prove(owner: Customer, contact: Contact) -> None:
    if owner.has_proven(contact.type, contact.value):
        return
    change = Changes()
    proven = identify_customer.with_contact(owner, replace(contact, verified=True), clock.now())
    told = identify_customer.event_of(proven, "customer.updated", Actor("customer", owner.id))
    identify_customer.save_contact(change, owner, proven, told)
    change.commit()
