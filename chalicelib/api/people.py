"""Who is meant: customers and addresses as requests name them, spelled as the store keeps them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import msgspec
from msgspec import UNSET

from chalicelib.actions.identify_customer import Person
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas.customers import ContactWish
from chalicelib.api.schemas.tickets import CustomerName
from chalicelib.channels.phone_numbers import normal_phone
from chalicelib.domain.contact import normal_email, sendable_email
from chalicelib.errors import Fault, Invalid, NotFound
from chalicelib.store import customers

_KINDS = {"email": "email", "phone": "phone", "external_id": "external"}


class _Contacts(msgspec.Struct):
    email: str | None = None
    phone: str | None = None
    external_id: str | None = None


class _NamesCustomer(msgspec.Struct):
    customer: _Contacts


def person(wanted: CustomerName, locale: str, guess: str | None = None) -> Person | None:
    """The customer named by a contact; None when named by id. `guess` is what `owner_of_contact` found.

    Raises:
        Invalid: named by none or by several, or the contact is none.
    """
    given = [name for name in ("id", *_KINDS) if getattr(wanted, name) is not UNSET]
    if len(given) != 1:
        found = fault("one-of", "/customer", locale, names=", ".join(("id", *_KINDS)))
        raise Invalid(found.message, code="no-customer" if not given else None, faults=(found,))
    (name,) = given
    if name == "id":
        return None
    value = normal(_KINDS[name], getattr(wanted, name), f"/customer/{name}")
    return Person(_KINDS[name], value, wanted.name.strip() if wanted.name is not UNSET else "", guess=guess)


def owner_of_contact(octets: bytes) -> str | None:
    """The id of the customer named by a contact in a body that was not checked yet, None where none can be told."""
    try:
        named = msgspec.json.decode(octets, type=_NamesCustomer).customer
        (name,) = [name for name in _KINDS if getattr(named, name)]
        return customers.id_of(_KINDS[name], normal(_KINDS[name], getattr(named, name), ""))
    except (msgspec.MsgspecError, ValueError, RecursionError, Invalid):  # whoever checks it says why
        return None


def id_of(wanted: CustomerName) -> str | None:
    """The customer's id, when that is what he is named by."""
    return wanted.id if isinstance(wanted.id, str) else None


@contextmanager
def named_in_body(locale: str) -> Iterator[None]:
    """A customer whom the body names and who is not there is a fault of the body, and not of the address (404)."""
    try:
        yield
    except NotFound as error:
        if error.code != "customer-not-found":
            raise
        found = fault("unknown-customer", "/customer/id", locale)
        raise Invalid(error.detail, code="unknown-customer", faults=(found,)) from error


def normal(type: str, value: str, at: str) -> str:
    """A contact's value in its one spelling. Raises Invalid at the pointer `at`."""
    if type == "email":
        return normal_email(value, at)
    return normal_phone(value, at) if type == "phone" else value.strip()


def emails(wanted: Iterable[str], at: str) -> tuple[str, ...]:
    """Addresses in their one spelling, each once. Raises Invalid with a fault for each that no mail can be sent to."""
    read = [partial(sendable_email, value, f"{at}/{index}") for index, value in enumerate(wanted)]
    return tuple(dict.fromkeys(_each(read)))


def contacts(wanted: Iterable[ContactWish], at: str) -> list[str]:
    """The values of contacts in their one spelling. Raises Invalid with a fault for each that is none."""
    return _each(partial(normal, one.type, one.value, f"{at}/{index}/value") for index, one in enumerate(wanted))


def _each(read: Iterable[Callable[[], str]]) -> list[str]:
    made: list[str] = []
    faults: list[Fault] = []
    for one in read:
        try:
            made.append(one())
        except Invalid as error:
            faults.extend(error.faults)
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))
    return made
