"""Finds customers who may be one person, keeps by what they are found, and remembers who is not the same.

By what somebody is found is written by the job behind the event of his change: no ticket waits for it.
"""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from chalicelib.actions import identify_customer
from chalicelib.domain import doubles as alike
from chalicelib.domain.customer import Customer
from chalicelib.domain.doubles import Suggestion
from chalicelib.errors import Fault, Invalid, NotFound
from chalicelib.store import changes, customer_events, customers, doubles, idempotency, keys, messages, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.doubles import Known
from chalicelib.store.idempotency import Keyed

# Of the newest things that happened with him: older orders have had their time to be told of.
ORDERS = 5
# Read for one question, whatever he has in common with whom.
MOST_COMPARED = 60


def suggest(customer: Customer) -> list[Suggestion]:
    """Who may be the same person as this one (who stands for himself), the likeliest first; at most five.

    Four round trips: what he is found by, who else is, who those are, and whom they were merged into.
    """
    with ThreadPoolExecutor(2) as pool:
        orders = pool.submit(_orders, customer)
        known = doubles.of_all(customer.all_ids)
    sharing = doubles.sharing({*known.partitions, *orders.result()})
    shared = _by_customer(sharing, customer.all_ids)
    records = customers.get_all(_most_shared(shared))
    mine = [customer, *customers.get_all(customer.merged_ids).values()]
    found: dict[str, set[str]] = {}
    persons = _persons(records)
    for id, record in records.items():
        reasons = {code for one in mine for code in alike.compare(one, record, shared[id])}
        found.setdefault(persons[id].id, set()).update(reasons)
    others = {person.id: person for person in persons.values()}
    wanted = [one for one in others.values() if one.id not in customer.all_ids and not known.others & {*one.all_ids}]
    return alike.best(Suggestion(one, alike.score(found[one.id]), alike.in_order(found[one.id])) for one in wanted)


def refresh(customer_id: str) -> None:
    """Let the customer be found by what he is now. Nothing is written where nothing changed."""
    changes.again(lambda: _refresh(customer_id))


def place(change: Changes, customer: Customer, is_new: bool) -> None:
    """The same within a change that writes the customer, where no event will follow (imports)."""
    known = doubles.Known() if is_new else doubles.of(customer.id)
    wanted = _partitions(customer) | _met(known)
    if wanted != known.partitions:
        doubles.place(change, customer.id, wanted, known)


def meet(ticket_id: str, message_id: str) -> None:
    """Take note that somebody who takes no part in a ticket wrote into it by the address signed for its customer."""
    changes.again(lambda: _meet(ticket_id, message_id))


def claim(customer_id: str, owner_id: str, contact: str) -> None:
    """Take note that the one showed a contact to be his which the other has (`email:…`, `phone:…`)."""
    changes.again(lambda: _place_in(keys.double("claimed", contact), customer_id, owner_id))


def dismiss(customer_id: str, other_id: str, keyed: Keyed | None = None) -> None:
    """Remember that the two are not one person: neither is suggested for the other any more.

    Raises:
        NotFound: code `customer-not-found`.
        Invalid: code `same-customer`.
        Replayed: the idempotency key was there before.
    """
    changes.again(lambda: _dismiss(customer_id, other_id, keyed))


def _orders(customer: Customer) -> set[str]:
    newest, _ = customer_events.page(customer.all_ids, ORDERS)
    return {keys.double("order", event.external_id) for event in newest if event.external_id}


def _by_customer(sharing: dict[str, list[str]], own_ids: Sequence[str]) -> dict[str, set[str]]:
    """The kinds of what each of the others has in common with him."""
    found: dict[str, set[str]] = {}
    for partition, ids in sharing.items():
        for id in ids:
            if id not in own_ids:
                found.setdefault(id, set()).add(doubles.kind_of(partition))
    return found


def _most_shared(shared: dict[str, set[str]]) -> list[str]:
    return sorted(shared, key=lambda id: (-len(shared[id]), id))[:MOST_COMPARED]


def _persons(records: dict[str, Customer]) -> dict[str, Customer]:
    """Who stands for each of them."""
    found = dict(records)
    while merged := {one.merged_into for one in found.values() if one.merged_into}:
        above = customers.get_all(sorted(merged))
        found = {id: above.get(one.merged_into, one) if one.merged_into else one for id, one in found.items()}
        if not above:
            break
    return found


def _refresh(customer_id: str) -> None:
    customer, change = customers.get(customer_id), Changes()
    if customer is None:
        return  # what he was found by goes with the rest of him: see erase_customer
    place(change, customer, is_new=False)
    if len(change):
        customers.check(change, customer)
        change.commit()


def _partitions(customer: Customer) -> set[str]:
    return {keys.double(kind, value) for kind, value in alike.keys_of(customer)}


def _met(known: Known) -> set[str]:
    """What no profile tells, and stays."""
    return {one for one in known.partitions if doubles.kind_of(one) in ("wrote", "claimed")}


def _meet(ticket_id: str, message_id: str) -> None:
    ticket, message = tickets.get(ticket_id), messages.get(ticket_id, message_id)
    if ticket is None or message is None or not message.unknown_sender or message.matched_by != "reply-address":
        return
    _place_in(keys.double("wrote", ticket_id), ticket.customer_id, message.author.id or "")


def _place_in(partition: str, *customer_ids: str) -> None:
    """Let those be found by it, beside what they are found by; nothing is done when one of them is no more."""
    change = Changes()
    for id in customer_ids:
        customer, known = customers.get(id), doubles.of(id)
        if customer is None:
            return
        if partition not in known.partitions:
            doubles.place(change, id, {*known.partitions, partition}, known)
            customers.check(change, customer)
    if len(change):
        change.commit()


def _dismiss(customer_id: str, other_id: str, keyed: Keyed | None) -> None:
    both = customers.get_all([customer_id, other_id])
    _refuse_missing(both, (customer_id, other_id))
    if identify_customer.same_person(customer_id, other_id):
        words = "The two are one customer."
        raise Invalid(words, code="same-customer", faults=(Fault("", "same-customer", words),))
    change = Changes()
    doubles.part(change, customer_id, other_id)
    for one in both.values():
        customers.check(change, one)
    idempotency.record(change, keyed)
    change.commit()


def _refuse_missing(found: dict[str, Customer], wanted: Iterable[str]) -> None:
    for id in wanted:
        if id not in found:
            raise NotFound(f"There is no customer {id[:100]}.", code="customer-not-found")
