"""Takes note that an address or number is a customer's: he has shown it (a code that we sent there).

A contact never moves. What another customer has makes the two one person, by a pointer that can be taken back: whoever
reads what is sent there is whom that customer was. But numbers get new owners: who has shown another contact to be his
is not taken for whoever has this one now, and agents look at the two.
"""

from dataclasses import dataclass, replace

from chalicelib import clock, ids
from chalicelib.actions import identify_customer, merge_customers, suggest_doubles
from chalicelib.actions.identify_customer import event_of, save_contact, survivor, with_contact
from chalicelib.domain.customer import MAX_CONTACTS, Contact, Customer
from chalicelib.domain.customer_note import CustomerNote
from chalicelib.domain.event import Actor
from chalicelib.domain.message import Author
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import changes, consents, customer_notes, customers, events, shop
from chalicelib.store.changes import Changes

# What agents read of it, in the shop's own language.
_NOTES = {
    "en": "Proved that {value} is theirs, which was another customer's. The two are one now; unmerge them if not.",
    "ar": "أثبت أن {value} له، وكان لعميل آخر. صار العميلان واحدًا من الآن؛ افصلهما إن لم يكونا كذلك.",
}


@dataclass(frozen=True)
class Proven:
    """The customer as he is now (of one who was merged, who stands for him), and what the proof changed:

    `added`, `verified`, `merged`, or `known` where it was proven before.
    """

    customer: Customer
    outcome: str


def prove(customer_id: str, type: str, value: str, actor: Actor, may_merge: bool = True) -> Proven:
    """Take note that the contact is the customer's; `value` in its one spelling (`normal_email`, E.164).

    Raises:
        NotFound: code `customer-not-found`.
        Conflict: code `too-many-contacts`, he has 20 already; `contact-anothers`, it is of a customer who has shown
            that another contact is his, or this proof may merge nobody: the two are suggested to agents as doubles.
        Invalid: code `too-many-merged`, together with whose it is they would be more than 20.
        Contention: see `changes.again`.
    """
    return changes.again(lambda: _prove(customer_id, type, value, actor, may_merge))


def _prove(customer_id: str, type: str, value: str, actor: Actor, may_merge: bool) -> Proven:
    named = customers.get(customer_id)
    person = survivor(named)
    if named is None or person is None:
        raise NotFound(f"There is no customer {customer_id}.", code="customer-not-found")
    owner, change = customers.by_contact(type, value), Changes()
    if owner is None:
        outcome = _add(change, named, replace(consents.contact(type, value), verified=True), actor)
    elif owner.id in person.all_ids:
        outcome = _verify(change, owner, type, value, actor)
    elif not may_merge or _has_shown_another(owner, type, value):
        suggest_doubles.claim(person.id, owner.id, f"{type}:{value}")
        raise Conflict("Another customer has this contact.", code="contact-anothers")
    else:
        outcome = _merge(change, person, owner, type, value, actor)
    if len(change):
        change.commit()
    return Proven(survivor(customers.get(customer_id)) or person, outcome)


def _add(change: Changes, customer: Customer, contact: Contact, actor: Actor) -> str:
    if len(customer.contacts) >= MAX_CONTACTS:
        raise Conflict(f"The customer has {MAX_CONTACTS} contacts already.", code="too-many-contacts")
    new = with_contact(customer, contact, clock.now())
    save_contact(change, customer, new, event_of(new, "customer.updated", actor))
    return "added"


def _verify(change: Changes, owner: Customer, type: str, value: str, actor: Actor) -> str:
    new = _verified(owner, type, value)
    if new == owner:
        return "known"
    save_contact(change, owner, new, event_of(new, "customer.updated", actor))
    return "verified"


def _has_shown_another(owner: Customer, type: str, value: str) -> bool:
    """Whether the owner, or one who is the same person, is known by another contact than this."""
    listed = (survivor(owner) or owner).all_contacts
    return any(one.verified and (one.type, one.value) != (type, value) for one in listed)


def _merge(change: Changes, person: Customer, owner: Customer, type: str, value: str, actor: Actor) -> str:
    """The other one, whoever stands for him, is merged into who proved it; the mark goes where the contact is."""
    other, proven = survivor(owner) or owner, _verified(owner, type, value)
    if other.id == owner.id:
        merge_customers.write(change, owner, proven, person, actor)
    else:
        if proven != owner:
            saved = customers.save(change, owner, proven)
            events.add(change, identify_customer.event_of(saved, "customer.updated", actor))
        merge_customers.write(change, other, other, person, actor)
    customer_notes.put(change, _note(other.id, value))
    return "merged"


def _verified(owner: Customer, type: str, value: str) -> Customer:
    known = next((one for one in owner.contacts if (one.type, one.value) == (type, value)), None)
    if known is None:
        raise changes.Stale  # it was his a moment ago
    return with_contact(owner, replace(known, verified=True), clock.now())


def _note(customer_id: str, value: str) -> CustomerNote:
    """With the one it was proven of: taken apart again, each has what is his own."""
    now, the_shop = clock.now(), shop.read()
    words = _NOTES.get(the_shop.default_locale, _NOTES["en"]).format(value=value)
    return CustomerNote(ids.new("nte"), customer_id, Author("system", None, the_shop.name("en")), words, now)
