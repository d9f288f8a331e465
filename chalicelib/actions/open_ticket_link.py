"""Opens the conversation for who has the link that was sent to a contact. It proves nothing: texts are passed on.

The link says neither who he is nor what his contact is: it fits one of the contacts that the ticket's customer has now.
"""

from dataclasses import dataclass

from chalicelib.actions import identify_customer
from chalicelib.channels import ticket_links
from chalicelib.domain.ticket import Ticket
from chalicelib.store import customers, tickets


@dataclass(frozen=True)
class Opened:
    """The ticket, and the customer who has `contact`: the ticket's own, or one who is the same person."""

    ticket: Ticket
    customer_id: str
    contact: str


def open(token: str) -> Opened | None:
    """What the link opens; None when it is none of ours, ended, or its contact is no longer the ticket's customer's."""
    ticket = _named(token)
    customer = identify_customer.survivor(customers.get(ticket.customer_id)) if ticket else None
    contacts = customer.all_contacts if customer else ()
    contact = next((one for one in contacts if ticket and ticket_links.is_for(token, ticket, one.value)), None)
    owner = customers.by_contact(contact.type, contact.value) if contact else None
    if not (ticket and customer and contact and owner and owner.id in customer.all_ids):
        return None
    return Opened(ticket, owner.id, contact.value)


def _named(token: str) -> Ticket | None:
    number = ticket_links.number(token)
    ticket_id = tickets.id_of(number) if number else None
    return tickets.get(ticket_id) if ticket_id else None
