"""One customer on the desk: his page, who turned out to be the same person, and whose mail is blocked."""

from contextlib import suppress

from chalice import Response

from chalicelib.actions import change_blocked_sender, merge_customers
from chalicelib.actions.identify_customer import Person, find
from chalicelib.agent import pages
from chalicelib.agent.customer_page import named, show, standing_for
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.channels.phone_numbers import parse
from chalicelib.domain.customer import Customer
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.store import blocked_senders, customer_messages
from chalicelib.store import messages as stored
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

REFUSALS = ("already-merged", "merge-cycle", "same-customer", "too-many-merged", "tickets-still-merged")


@doors.get("/agent/customers/{id}")
@for_agents
def one(desk: Desk) -> Response:
    return show(desk, standing_for(named(desk)))


@doors.get("/agent/customers/{id}/files/{message_id}/{file_id}")
@for_agents
def file(desk: Desk) -> Response:
    """A file of one of his messages, whatever its ticket."""
    message_id = desk.visit.params["message_id"]
    ticket_id = customer_messages.find(standing_for(named(desk)).all_ids, message_id)
    return places.file_of(desk.visit, stored.get(ticket_id, message_id) if ticket_id else None)


@doors.post("/agent/customers/{id}/merge")
@for_agents
def merge(desk: Desk) -> Response:
    """Merge the customer with the typed contact into this one."""
    customer, typed = standing_for(named(desk)), desk.visit.line("contact")[:320]
    other = _with_contact(typed)
    if other is None:
        return show(desk, customer, 422, errors={"contact": "no-such-contact"}, typed={"contact": typed})
    try:
        merge_customers.merge(other.id, customer.id, desk.actor)
    except (Conflict, Invalid) as error:
        return _refused(desk, customer, error, {"contact": typed})
    return answer.redirect(desk.visit, f"/agent/customers/{customer.id}")


@doors.post("/agent/customers/{id}/unmerge")
@for_agents
def unmerge(desk: Desk) -> Response:
    customer = named(desk)
    try:
        merge_customers.unmerge(customer.id, desk.actor)
    except Conflict as error:
        return _refused(desk, standing_for(customer), error, {})
    return answer.redirect(desk.visit, f"/agent/customers/{customer.id}")


@doors.post("/agent/customers/{id}/block")
@for_agents
def block(desk: Desk) -> Response:
    """Block one of his addresses."""
    customer, typed = standing_for(named(desk)), desk.visit.line("value")
    try:
        change_blocked_sender.block(_own_address(customer, typed), desk.actor)
    except Invalid as error:
        return show(desk, customer, error.status, errors={"block": error.code})
    return answer.redirect(desk.visit, f"/agent/customers/{customer.id}")


@doors.post("/agent/customers/{id}/unblock")
@for_agents
def unblock(desk: Desk) -> Response:
    """Let one of his addresses in again."""
    customer, typed = standing_for(named(desk)), desk.visit.line("value")
    stands = blocked_senders.by_value(_own_address(customer, typed))
    with suppress(NotFound):  # somebody else was faster
        change_blocked_sender.unblock(stands.id if stands else "none")
    return answer.redirect(desk.visit, f"/agent/customers/{customer.id}")


def _own_address(customer: Customer, typed: str) -> str:
    """That one of his addresses. Raises NotFound: he has no such one (any more)."""
    found = next((one for one in customer.all_contacts if (one.type, one.value) == ("email", typed)), None)
    if found is None:
        raise NotFound("This customer has no such address.")
    return found.value


def _with_contact(typed: str) -> Customer | None:
    """Whoever has the address, the number or the shop's own id that was typed."""
    if "@" in typed:
        return find(Person("email", typed.lower()))
    number = parse(typed)
    return (find(Person("phone", number)) if number else None) or (find(Person("external", typed)) if typed else None)


def _refused(desk: Desk, customer: Customer, error: Conflict | Invalid, typed: dict[str, str]) -> Response:
    code = error.code if error.code in REFUSALS else "not-merged-now"
    return show(desk, customer, error.status, errors={"contact": code}, typed=typed)
