"""Which ticket a visitor may see, and as what. Nobody else's exist: what is not his is not found, as what is not there.

His own ones; those he is in copy of, which he answers like the customer; those of his organization, where that was
granted, which he reads and no more.
"""

from dataclasses import dataclass

from chalicelib.actions import find_organization_tickets
from chalicelib.domain.customer import Customer
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import NotFound
from chalicelib.store.tickets import Thread
from chalicelib.web import places
from chalicelib.web.visit import Visit

OWN, COPY, ORGANIZATION = "own", "copy", "organization"


@dataclass(frozen=True)
class Seen:
    """The ticket with the number in the address, and as what the visitor sees it."""

    thread: Thread
    role: str

    @property
    def ticket(self) -> Ticket:
        return self.thread.ticket


def own_thread(visit: Visit, viewer: Customer) -> Thread:
    """The thread with the number in the address, of the viewer's own. Raises NotFound."""
    thread = places.thread(visit)
    if thread.ticket.customer_id not in viewer.all_ids:
        raise not_found()
    return thread


def shared_thread(visit: Visit, viewer: Customer) -> Thread:
    """The same, also for who is in copy: the mails that he gets lead here, and he answers like the customer."""
    thread = places.thread(visit)
    shared(thread.ticket, viewer)
    return thread


def shared(ticket: Ticket, viewer: Customer) -> Ticket:
    """The ticket, for its customer and those in copy. Raises NotFound for anybody else."""
    if _role(ticket, viewer) is None:
        raise not_found()
    return ticket


def seen(visit: Visit, viewer: Customer, alone: bool = False) -> Seen:
    """The ticket to read, also for whom his organization's are shown; not for who came by a link (`alone`).

    Raises:
        NotFound: it is none of these.
    """
    thread = places.thread(visit)
    role = _role(thread.ticket, viewer)
    if role is None and not alone and find_organization_tickets.may_read(viewer, thread.ticket):
        role = ORGANIZATION
    if role is None:
        raise not_found()
    return Seen(thread, role)


def not_found() -> NotFound:
    return NotFound("There is no such ticket.")


def _role(ticket: Ticket, viewer: Customer) -> str | None:
    if ticket.customer_id in viewer.all_ids:
        return OWN
    return COPY if any(viewer.has_proven("email", address) for address in ticket.cc) else None
