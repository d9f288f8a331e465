"""How to reach a customer, on the desk: a contact added, taken away, marked as verified.

What is somebody else's is never moved: the page says whose it is, and offers to make the two one.
"""

from collections.abc import Iterable
from dataclasses import replace

from chalice import Response

from chalicelib.actions import change_customer
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person, find
from chalicelib.agent import pages
from chalicelib.agent.customer_page import back, named, show, standing_for
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.channels.phone_numbers import normal_phone
from chalicelib.domain.contact import normal_email
from chalicelib.domain.customer import MAX_CONTACTS, Contact, Customer
from chalicelib.errors import Conflict, DiwanError, Invalid, NotFound, VersionMismatch
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)


@doors.post("/agent/customers/{id}/contacts")
@for_agents
def add(desk: Desk) -> Response:
    customer, typed = standing_for(named(desk)), desk.visit.line("new_contact")[:320]
    contact = _typed(typed)
    if contact is None:
        return _refused(desk, customer, "contact-invalid", typed)
    if customer.has(contact.type, contact.value):
        return back(desk, customer, "contact")
    holder = find(Person(contact.type, contact.value))
    if holder:
        return show(desk, customer, 409, holder=holder, typed={"new_contact": typed})
    if len(customer.contacts) >= MAX_CONTACTS:
        return _refused(desk, customer, "too-many-contacts", typed)
    return _write(desk, customer, [*_wishes(customer.all_contacts), ContactWish(contact.type, contact.value)], typed)


@doors.post("/agent/customers/{id}/contacts/remove")
@for_agents
def remove(desk: Desk) -> Response:
    customer = standing_for(named(desk))
    gone = _own(customer, desk.visit.line("contact"))
    return _write(desk, customer, _wishes(one for one in customer.all_contacts if one != gone))


@doors.post("/agent/customers/{id}/contacts/verify")
@for_agents
def verify(desk: Desk) -> Response:
    """An agent knows that it is his: he called back, or saw a paper."""
    customer = standing_for(named(desk))
    known = _own(customer, desk.visit.line("contact"))
    wishes = _wishes(customer.all_contacts)
    same = [
        replace(one, verified=True) if (one.type, one.value) == (known.type, known.value) else one for one in wishes
    ]
    return _write(desk, customer, same)


def _typed(typed: str) -> Contact | None:
    """The address or number that was typed; None for neither, and for a number of premium rate."""
    try:
        return Contact("email", normal_email(typed)) if "@" in typed else Contact("phone", normal_phone(typed))
    except Invalid:
        return None


def _own(customer: Customer, named: str) -> Contact:
    """His contact that the form names as `type:value`. Raises NotFound: it was taken away meanwhile."""
    type, _, value = named.partition(":")
    found = next((one for one in customer.all_contacts if (one.type, one.value) == (type, value)), None)
    if found is None:
        raise NotFound("This customer has no such contact.")
    return found


def _wishes(contacts: Iterable[Contact]) -> list[ContactWish]:
    """They are to be there, as they are."""
    return [ContactWish(one.type, one.value) for one in contacts]


def _write(desk: Desk, customer: Customer, wishes: list[ContactWish], typed: str = "") -> Response:
    """Only while he is as the page was made from: the list says all that he has from now on."""
    try:
        change_customer.change(customer.id, {}, wishes, desk.actor, version=customer.version, source="desk")
    except (Conflict, VersionMismatch) as error:
        return _refused(desk, standing_for(named(desk)), _code(error), typed)
    return back(desk, customer, "contact")


def _code(error: DiwanError) -> str:
    return "contact-taken" if error.code == "contact-taken" else "customer-changed-meanwhile"


def _refused(desk: Desk, customer: Customer, code: str, typed: str) -> Response:
    return show(desk, customer, 422, errors={"new_contact": code}, typed={"new_contact": typed})
