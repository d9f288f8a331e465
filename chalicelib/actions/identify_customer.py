"""Finds the customer behind an address, or makes him; always within the transaction of what he did."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib import ids
from chalicelib.domain.customer import Contact, Customer, learn
from chalicelib.domain.event import Actor, Event
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import consents, customers, events, keys
from chalicelib.store.changes import Changes, Stale


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
    return one_id == other_id or standing_for(one_id, other_id) is not None


def standing_for(one_id: str, other_id: str) -> Customer | None:
    """The customer who is both or stands for both; None when they are two persons, or not there."""
    stands = survivor(customers.get(one_id))
    return stands if stands and {one_id, other_id} <= set(stands.all_ids) else None


def own(customer: Customer, person: Person | None, customer_id: str | None = None) -> Customer:
    """Of all for whom the customer stands, the one who it was: his by id or by contact.

    What is opened and written as his carries his id, so that it stays with him when they come apart.

    Raises:
        Stale: they came apart just now.
    """
    own_id = customer_id or _owner(customer, person)
    if own_id == customer.id:
        return customer
    found = customers.get(own_id) if own_id in customer.all_ids else None
    if found is None:
        raise Stale
    return found


def _owner(customer: Customer, person: Person | None) -> str:
    if person is None or customer.owns(person.type, person.value):
        return customer.id
    return customers.id_of(person.type, person.value) or customer.id


def hold(change: Changes, customer: Customer, actor: Actor, now: datetime) -> None:
    """Let `change` happen only while the customer stands for those he stands for now.

    Whoever merges or unmerges one of them writes the customer who stands for all; so does this.
    """
    if change.writes(keys.customer(customer.id)):
        return
    touched = customers.save(change, customer, replace(customer, updated_at=now))
    events.add(change, event_of(touched, "customer.updated", actor))


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
    if not found.owns(person.type, person.value):
        return found  # the name is that of one for whom he stands
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
    """Whoever it is, opted out of what he wished nothing on when he was no customer yet, or not any more."""
    contact = consents.contact(person.type, person.value)
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
