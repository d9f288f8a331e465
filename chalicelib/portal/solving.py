"""A customer says that it is solved, that it is not after all, and how he found it. His own tickets alone."""

from chalice import Response

from chalicelib.actions import change_ticket, rate_ticket
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.rating import ANSWERS, MAX_WORDS
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Conflict
from chalicelib.portal import access, pages, readers, tickets
from chalicelib.store import tickets as stored
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)


@doors.post("/{lang}/tickets/{number}/solved")
def solved(visit: Visit) -> Response:
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    ticket = _own(visit, viewer)
    if ticket.group != "done":
        change_ticket.change_ticket(ticket.id, {"status": "solved"}, Actor("customer", viewer.id))
    return _back(visit, ticket, "#rating")


@doors.post("/{lang}/tickets/{number}/reopen")
def reopen(visit: Visit) -> Response:
    """Without a word; who has one writes a reply, which opens it as well."""
    visit.refuse_forged()
    viewer = pages.customer(visit)
    if viewer is None:
        return pages.sign_in_first(visit)
    ticket = _own(visit, viewer)
    change_ticket.reopen(ticket.id, Actor("customer", viewer.id))
    return _back(visit, ticket)


@doors.post("/{lang}/tickets/{number}/rating")
def rate(visit: Visit) -> Response:
    """One of three answers, and a word if he likes; changed in the same place."""
    reader = readers.of_ticket(visit)
    if reader is None or reader.came_from:
        return pages.sign_in_first(visit)
    ticket, typed = _own(visit, reader.viewer), {"answer": visit.line("answer"), "words": visit.text("words")}
    wrong = _fault(visit, typed)
    if not wrong:
        try:
            rate_ticket.rate(ticket.id, typed["answer"], typed["words"], Actor("customer", reader.viewer.id))
        except Conflict as refusal:
            wrong = {"rating": refusal.code}
    if wrong:
        return tickets.page(visit, reader, access.seen(visit, reader.viewer), typed, wrong)
    return _back(visit, ticket, "#rating")


def _fault(visit: Visit, typed: dict[str, str]) -> dict[str, str]:
    if not visit.is_ours:
        return {"rating": "form-expired"}
    if typed["answer"] not in ANSWERS:
        return {"rating": "rating-missing"}
    return {"rating": "rating-too-long"} if len(typed["words"]) > MAX_WORDS else {}


def _own(visit: Visit, viewer: Customer) -> Ticket:
    """The ticket that stands for the one in the address, which is the viewer's own. Raises NotFound."""
    return stored.survivor(access.own_thread(visit, viewer).ticket)


def _back(visit: Visit, ticket: Ticket, to: str = "") -> Response:
    return answer.redirect(visit, f"/{pages.language(visit)}/tickets/{ticket.number}{to}")
