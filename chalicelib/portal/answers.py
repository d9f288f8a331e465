"""By which way an answer of the desk will reach the customer, as his pages tell him."""

from chalicelib.actions import offer_ways
from chalicelib.domain.customer import Customer, Way
from chalicelib.domain.ticket import Ticket


def way(ticket: Ticket, viewer: Customer) -> Way | None:
    """The way by which the desk would answer its customer; of a ticket of another's nothing is said."""
    if ticket.customer_id not in viewer.all_ids:
        return None
    offer = offer_ways.find(ticket, viewer).chosen
    return offer.way if offer and offer.closed is None else None
