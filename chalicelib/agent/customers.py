"""One customer on the desk: how to reach him, all his tickets, and who turned out to be the same person."""

from contextlib import suppress
from typing import Any

from chalice import Blueprint, Response

from chalicelib import ids, signing
from chalicelib.actions import change_blocked_sender, merge_customers
from chalicelib.actions.identify_customer import Person, find, survivor
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.channels.phone_numbers import parse
from chalicelib.domain.blocked_sender import values_of
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid, NotFound
from chalicelib.store import blocked_senders, customer_events, customers, ticket_lists
from chalicelib.store.ticket_lists import Wanted
from chalicelib.web import answer
from chalicelib.web.doors import Doors

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

PAGE = 25
# The newest of what happened with him outside the desk.
EVENTS = 10
REFUSALS = ("already-merged", "merge-cycle", "same-customer", "too-many-merged", "tickets-still-merged")


@doors.get("/agent/customers/{id}")
@for_agents
def one(desk: Desk) -> Response:
    return _page(desk, _stands_for(_named(desk)))


@doors.post("/agent/customers/{id}/merge")
@for_agents
def merge(desk: Desk) -> Response:
    """Merge the customer with the typed contact into this one."""
    customer, typed = _stands_for(_named(desk)), desk.visit.line("contact")[:320]
    other = _with_contact(typed)
    if other is None:
        return _page(desk, customer, 422, errors={"contact": "no-such-contact"}, typed={"contact": typed})
    try:
        merge_customers.merge(other.id, customer.id, Actor("agent", desk.agent.id))
    except (Conflict, Invalid) as error:
        return _refused(desk, customer, error, {"contact": typed})
    return answer.redirect(desk.visit, f"/agent/customers/{customer.id}")


@doors.post("/agent/customers/{id}/unmerge")
@for_agents
def unmerge(desk: Desk) -> Response:
    customer = _named(desk)
    try:
        merge_customers.unmerge(customer.id, Actor("agent", desk.agent.id))
    except Conflict as error:
        return _refused(desk, _stands_for(customer), error, {})
    return answer.redirect(desk.visit, f"/agent/customers/{customer.id}")


@doors.post("/agent/customers/{id}/block")
@for_agents
def block(desk: Desk) -> Response:
    """Block one of his addresses."""
    customer, typed = _stands_for(_named(desk)), desk.visit.line("value")
    try:
        change_blocked_sender.block(_own_address(customer, typed), Actor("agent", desk.agent.id))
    except Invalid as error:
        return _page(desk, customer, error.status, errors={"block": error.code})
    return answer.redirect(desk.visit, f"/agent/customers/{customer.id}")


@doors.post("/agent/customers/{id}/unblock")
@for_agents
def unblock(desk: Desk) -> Response:
    """Let one of his addresses in again."""
    customer, typed = _stands_for(_named(desk)), desk.visit.line("value")
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


def _named(desk: Desk) -> Customer:
    wanted = desk.visit.params["id"]
    customer = customers.get(wanted) if ids.is_id(wanted, "cus") else None
    if customer is None:
        raise NotFound("There is no such customer.")
    return customer


def _stands_for(customer: Customer) -> Customer:
    return survivor(customer) or customer


def _with_contact(typed: str) -> Customer | None:
    """Whoever has the address, the number or the shop's own id that was typed."""
    if "@" in typed:
        return find(Person("email", typed.lower()))
    number = parse(typed)
    return (find(Person("phone", number)) if number else None) or (find(Person("external", typed)) if typed else None)


def _refused(desk: Desk, customer: Customer, error: Conflict | Invalid, typed: dict[str, str]) -> Response:
    code = error.code if error.code in REFUSALS else "not-merged-now"
    return _page(desk, customer, error.status, errors={"contact": code}, typed=typed)


def _page(desk: Desk, customer: Customer, status: int = 200, **context: Any) -> Response:
    after = signing.unseal("desk-customer", desk.visit.query.get("after", ""))
    page = ticket_lists.page(Wanted(customer_id=customer.id, customer_ids=customer.all_ids), PAGE, after)
    here = f"/agent/customers/{customer.id}"
    given = {
        "customer": customer,
        "merged": list(customers.get_all(customer.merged_ids).values()),
        "tickets": page.tickets,
        "blocked": blocked_senders.among(_senders(customer)),
        "events": customer_events.page(customer.all_ids, EVENTS)[0],
        "first_page": here if after else None,
        "next_page": f"{here}?after={signing.seal('desk-customer', page.after)}" if page.after else None,
    }
    return pages.show(desk, "customer", status=status, **given | context)


def _senders(customer: Customer) -> list[str]:
    """What he may be blocked by: his addresses of mail, and their domains."""
    return [value for one in customer.all_contacts if one.type == "email" for value in values_of(one.value)]
