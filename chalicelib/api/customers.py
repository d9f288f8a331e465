"""Customers: made, found by a contact, read and changed."""

from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import UNSET, UnsetType

from chalicelib import ids
from chalicelib.actions import change_customer, identify_customer
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.api import fields, lists, people, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import customers as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain import channel
from chalicelib.domain.customer import Customer
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.errors import Invalid, Malformed, NotFound
from chalicelib.store import created_lists, customers, organizations

_SHORT = {"email": "email", "phone": "phone", "external_id": "external"}


@operation(
    "Make a customer",
    body=schemas.NewCustomer,
    gives=schemas.Customer,
    status=201,
    refuses=("contact-taken", "invalid-email", "invalid-phone", "unknown-organization", "invalid-custom-field"),
)
def create(call: Call, body: schemas.NewCustomer) -> Answer:
    """One person. A contact that another customer has is refused: it never moves silently."""
    wishes = _each_once([*_short_contacts(body), *_wishes(body.contacts, call.locale)])
    _refuse_nobody(body, wishes, call.locale)
    told = {name: value for name, value in fields.given(body).items() if name not in (*_SHORT, "contacts")}
    wanted = _settled(told, call.locale, is_new=True)
    return _made(change_customer.create(wanted, wishes, call.actor, call.keyed(_made)))


@operation("List customers", query=schemas.CustomerQuery, gives=Page[schemas.Customer])
def index(call: Call, query: schemas.CustomerQuery) -> Answer:
    """By a contact, which at most one customer has; else those of an organization, or all, newest first."""
    told = [(name, getattr(query, name)) for name in _SHORT if getattr(query, name) is not UNSET]
    if told:
        whole = [one for one in _with_all(told) if query.organization_id in (UNSET, one.organization_id)]
        return lists.page(call, whole, None)
    if query.organization_id is UNSET:
        found = created_lists.page_of_customers(query.limit, lists.place(call))
    else:
        found = organizations.members(query.organization_id, query.limit, lists.place(call))
    return lists.page(call, [shapes.customer(one) for one in found.customers], found.after)


@operation("Read a customer", gives=schemas.Customer, refuses=("customer-not-found",))
def show(call: Call) -> Answer:
    """One merged into another is still there and names that one in `merged_into`."""
    return shown(named(call))


@operation(
    "Change a customer",
    body=schemas.CustomerChange,
    gives=schemas.Customer,
    refuses=(
        "customer-not-found",
        "version-mismatch",
        "customer-merged",
        "contact-taken",
        "invalid-email",
        "invalid-phone",
        "unknown-organization",
        "invalid-custom-field",
    ),
)
def update(call: Call, body: schemas.CustomerChange) -> Answer:
    """Only what is given changes; `contacts` are all that the customer has from then on."""
    told = fields.given(body)
    wishes = told.pop("contacts", None)
    contacts = None if wishes is None else _each_once(_wishes(wishes, call.locale))
    wanted = _settled(told, call.locale)
    made = change_customer.change(id_of(call), wanted, contacts, call.actor, call.keyed(shown), call.version)
    return shown(made)


def _short_contacts(body: schemas.NewCustomer) -> list[ContactWish]:
    given = [(name, type, getattr(body, name)) for name, type in _SHORT.items()]
    return [
        ContactWish(type, people.normal(type, value, f"/{name}"), at=f"/{name}")
        for name, type, value in given
        if value is not UNSET
    ]


def _wishes(wanted: list[schemas.ContactWish], locale: str) -> list[ContactWish]:
    values = people.contacts(wanted, "/contacts")
    pairs = zip(wanted, values, strict=True)
    return [_wish(one, value, f"/contacts/{place}", locale) for place, (one, value) in enumerate(pairs)]


def _wish(wanted: schemas.ContactWish, value: str, at: str, locale: str) -> ContactWish:
    channels = None if wanted.opted_out_of is UNSET else tuple(wanted.opted_out_of)
    allowed = channel.reaching(wanted.type)
    if not set(channels or ()) <= set(allowed):
        found = fault("unknown-value", f"{at}/opted_out_of", locale, allowed=", ".join(allowed))
        raise Invalid(found.message, faults=(found,))
    return ContactWish(
        wanted.type,
        value,
        verified=_known(wanted.verified),
        opted_out=_known(wanted.opted_out),
        opted_out_of=channels,
        suppressed=_known(wanted.suppressed),
        at=at,
    )


def _each_once(wishes: list[ContactWish]) -> list[ContactWish]:
    return list({(one.type, one.value): one for one in wishes}.values())


def _refuse_nobody(body: schemas.NewCustomer, wishes: list[ContactWish], locale: str) -> None:
    if body.name is UNSET and not wishes:
        found = fault("any-of", "", locale, names=", ".join(("name", *_SHORT, "contacts")))
        raise Invalid(found.message, faults=(found,))


def _known(flag: bool | UnsetType) -> bool | None:
    return flag if isinstance(flag, bool) else None


def _with_all(told: list[tuple[str, str]]) -> list[schemas.Customer]:
    """The customer who has all these contacts, if there is one."""
    try:
        wanted = [(_SHORT[name], people.normal(_SHORT[name], value, f"/{name}")) for name, value in told]
    except Invalid as error:
        raise Malformed(error.detail, code="invalid-parameter", faults=error.faults) from error
    found = identify_customer.find(Person(*wanted[0]))
    fits = found is not None and all(found.has(*contact) for contact in wanted)
    return [shapes.customer(found)] if found and fits else []


def _settled(wanted: dict[str, Any], locale: str, is_new: bool = False) -> dict[str, Any]:
    if wanted.get("time_zone"):
        refuse_unknown_zone(wanted["time_zone"], locale)
    if quiet := wanted.get("quiet_hours"):
        wanted["quiet_hours"] = _quiet(quiet, locale)
    return fields.settled(wanted, locale, "customer", is_new)


def _quiet(told: schemas.CustomerQuietHours, locale: str) -> QuietHours:
    if told.from_ == told.to:
        found = fault("same-hours", "/quiet_hours/to", locale)
        raise Invalid(found.message, faults=(found,))
    return QuietHours(told.from_, told.to)


def refuse_unknown_zone(name: str, locale: str) -> None:
    """Raises Invalid unless there is a time zone of that name."""
    if not _is_time_zone(name):
        found = fault("unknown-time-zone", "/time_zone", locale)
        raise Invalid(found.message, faults=(found,))


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database is an OSError
        return False
    return True


def named(call: Call) -> Customer:
    """The customer in the address. Raises NotFound."""
    found = customers.get(id_of(call))
    if found is None:
        raise _not_found(call.id)
    return found


def id_of(call: Call) -> str:
    """The id in the address. Raises NotFound when it can be no customer's."""
    if not ids.is_id(call.id, "cus"):
        raise _not_found(call.id)
    return call.id


def _not_found(given: str) -> NotFound:
    return NotFound(f"There is no customer {given[:100]}.", code="customer-not-found")


def _made(customer: Customer) -> Answer:
    return Answer(shapes.customer(customer), 201, customer.version, f"/v1/customers/{customer.id}")


def shown(customer: Customer) -> Answer:
    """The answer that is the customer."""
    return Answer(shapes.customer(customer), version=customer.version)
