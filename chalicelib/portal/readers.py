"""Who may look: a customer who signed in, or whoever came by the link of a text, which shows nothing of who he is.

Such a link is passed on with the text, so it opens its own ticket, to read and to answer, and no other page.
"""

from dataclasses import dataclass

from chalicelib.actions import identify_customer
from chalicelib.domain.customer import Contact, Customer
from chalicelib.portal import pages
from chalicelib.store import customers, tickets
from chalicelib.web import session
from chalicelib.web.session import Session
from chalicelib.web.visit import Visit


@dataclass(frozen=True)
class Reader:
    """As whom he reads (`viewer`) and writes (`own`: of all for whom the viewer stands, who has the address).

    `came_from` is the contact whose link he came by; None for who signed in, who may see more than `numbers`.
    """

    viewer: Customer
    own: Customer
    came_from: Contact | None = None
    numbers: tuple[int, ...] = ()


def of_ticket(visit: Visit) -> Reader | None:
    """Who may ask for the ticket in the address, whether it is his or not: nobody learns which tickets there are."""
    viewer, guest = pages.customer(visit), _guest(visit)
    here = guest is not None and visit.params["number"] in [str(one) for one in guest.numbers]
    if guest and here and not (viewer and viewer.id == guest.viewer.id):
        return guest
    return Reader(viewer, pages.own(visit, viewer)) if viewer else None


def known(visit: Visit) -> Reader | None:
    """Who signed in, else who came by a link."""
    viewer = pages.customer(visit)
    return Reader(viewer, pages.own(visit, viewer)) if viewer else _guest(visit)


def begin(own_id: str, contact: str, ticket_id: str) -> list[str]:
    """The Set-Cookie headers that let whoever has the link of a text read that ticket."""
    return session.begin("conversation", Session(own_id, contact, ticket_id))


def _guest(visit: Visit) -> Reader | None:
    """Who came by a link to a ticket that is still of whom has the contact; of one merged into another, to both."""
    came = session.read(visit.cookies, "conversation")
    own = customers.get(came.person_id) if came else None
    viewer = identify_customer.survivor(own)
    ticket = tickets.get(came.ticket_id) if came else None
    if not (came and own and viewer and ticket) or ticket.customer_id not in viewer.all_ids:
        return None
    if not came.outlives(own.signed_out_at):
        return None
    contact = next((c for c in own.contacts if (c.type, c.value) == (came.address_type, came.address)), None)
    return Reader(viewer, own, contact, (ticket.number, tickets.survivor(ticket).number)) if contact else None
