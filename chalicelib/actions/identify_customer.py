"""Finds the customer behind an address, or makes him; always within the transaction of what he did."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib import ids
from chalicelib.domain.customer import Contact, Customer, learn
from chalicelib.domain.event import Actor, Event
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import customers, events
from chalicelib.store.changes import Changes


@dataclass(frozen=True)
class Person:
    """Somebody as a message names him: a contact (`type` email, phone or external) and perhaps a name.

    `guess` is the id of the customer whose contact it was a moment ago; it spares a read where it still holds.
    """

    type: str
    value: str
    name: str = ""
    locale: str | None = None
    guess: str | None = None


def find(person: Person) -> Customer | None:
    """The customer whose contact it is; of one merged into another, that other.

    A contact changes hands in one transaction with the customers who lose and gain it: who has it, owns it.
    """
    guessed = customers.get(person.guess) if person.guess else None
    if guessed and guessed.has(person.type, person.value) and not guessed.merged_into:
        return guessed
    return survivor(customers.by_contact(person.type, person.value))


def survivor(customer: Customer | None) -> Customer | None:
    """Follow `merged_into` to the customer who stands for all that were merged."""
    while customer and customer.merged_into:
        customer = customers.get(customer.merged_into)
    return customer


def above(customer: Customer) -> list[Customer]:
    """Whom he was merged into, and whom that one, up to the one who stands for all."""
    found: list[Customer] = []
    while customer.merged_into and (into := customers.get(customer.merged_into)):
        found.append(into)
        customer = into
    return found


def save_contact(change: Changes, old: Customer, new: Customer, event: Event) -> Customer:
    """Write a customer whose contact changed, with `event`; those who stand for him show it, so they change too."""
    saved = customers.save(change, old, new)
    events.add(change, replace(event, version=saved.version))
    for one in above(old):
        touched = customers.save(change, one, replace(one, updated_at=new.updated_at))
        events.add(change, event_of(touched, "customer.updated", event.actor))
    return saved


def same_person(one_id: str, other_id: str) -> bool:
    """Whether the two ids are of one customer, or of two for whom one stands."""
    if one_id == other_id:
        return True
    found = customers.get_all([one_id, other_id])
    one, other = (survivor(found.get(id)) for id in (one_id, other_id))
    return one is not None and one == other


def named(change: Changes, customer_id: str | None, person: Person | None, now: datetime) -> Customer:
    """The customer with that id or, without one, whoever `person` is: found, or made within `change`.

    Raises:
        NotFound: no customer has that id.
        Invalid: neither was given.
    """
    if customer_id:
        customer = survivor(customers.get(customer_id))
        if customer is None:
            raise NotFound(f"There is no customer {customer_id}.", code="customer-not-found")
        return customer
    if person is None:
        raise Invalid("Name the customer by id, email, phone or external id.", code="no-customer")
    return identify(change, person, now, find(person))


def identify(change: Changes, person: Person, now: datetime, found: Customer | None) -> Customer:
    """The customer, written into `change` when he is new (with an event of his own) or when we learned his name."""
    if found is None:
        new = customers.add(change, new_customer(person, now))
        events.add(change, event_of(new, "customer.created", Actor("customer", new.id)))
        return new
    learned = learn(found, person.name, person.locale, now)
    return found if learned == found else customers.save(change, found, learned)


def event_of(customer: Customer, type: str, actor: Actor) -> Event:
    """The event that says that the customer came to be, or became what he is now."""
    return Event(
        ids.new("evt"),
        type,
        customer.updated_at,
        actor,
        customer.id,
        customer_id=customer.id,
        version=customer.version,
    )


def new_customer(person: Person, now: datetime) -> Customer:
    contact = Contact(person.type, person.value)
    return Customer(
        id=ids.new("cus"),
        name=person.name,
        locale=person.locale or "",
        created_at=now,
        updated_at=now,
        contacts=(contact,),
    )


def with_contact(customer: Customer, contact: Contact, now: datetime) -> Customer:
    """The customer with that contact in place of one of the same address, or added."""
    others = tuple(c for c in customer.contacts if (c.type, c.value) != (contact.type, contact.value))
    if len(others) == len(customer.contacts):
        return replace(customer, contacts=(*others, contact), updated_at=now)
    changed = tuple(contact if (c.type, c.value) == (contact.type, contact.value) else c for c in customer.contacts)
    return customer if changed == customer.contacts else replace(customer, contacts=changed, updated_at=now)
