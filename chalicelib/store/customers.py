"""Customers and their contacts. A contact row must not exist twice: that is what makes one address one person.

The contacts of merged customers stay on their own rows; whoever reads the one who stands for them gets them along.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from pynamodb.exceptions import UpdateError

from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.store import changes, keys, memberships, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CustomerRow, PointerRow, Row


def get(customer_id: str) -> Customer | None:
    """The customer with that id; one who was erased is nobody any more."""
    row = rows.get(CustomerRow, keys.customer(customer_id))
    return _with_merged([as_customer(row)])[0] if row and row.erased_at is None else None


def get_all(customer_ids: Sequence[str]) -> dict[str, Customer]:
    """Customers by id, in as few reads as may be."""
    found = rows.batch([keys.customer(id) for id in customer_ids])
    stored = [row for row in found.values() if isinstance(row, CustomerRow)]
    customers = [as_customer(row) for row in stored if row.erased_at is None]
    return {customer.id: customer for customer in _with_merged(customers)}


def all_ids(customer_id: str) -> tuple[str, ...]:
    """That id and those of all customers for whom he stands."""
    row = rows.get(CustomerRow, keys.customer(customer_id))
    return (customer_id, *(row.merged_ids or ())) if row else (customer_id,)


def id_of(type: str, value: str) -> str | None:
    """The id of the customer whose contact that is."""
    row = rows.get(PointerRow, keys.contact(type, value))
    return row.customer_id if row else None


def by_contact(type: str, value: str) -> Customer | None:
    customer_id = id_of(type, value)
    return get(customer_id) if customer_id else None


def add(change: Changes, customer: Customer) -> Customer:
    """Write a new customer and claim his contacts."""
    new = replace(customer, version=1)
    change.add(_row(new))
    for contact in new.contacts:
        change.add(_pointer(contact, new.id))
    memberships.place(change, new)
    return new


def save(change: Changes, old: Customer, customer: Customer) -> Customer:
    """Write a customer in place of `old`; contacts he gained are claimed, those he lost are free again."""
    new = replace(customer, version=old.version + 1)
    change.replace(_row(new), old.version)
    memberships.place(change, new, old)
    before = {(c.type, c.value) for c in old.contacts}
    after = {(c.type, c.value) for c in new.contacts}
    for contact in new.contacts:
        if (contact.type, contact.value) not in before:
            change.add(_pointer(contact, new.id))
    for type, value in before - after:
        change.delete(PointerRow(keys.contact(type, value)), PointerRow.customer_id == old.id)
    return new


def check(change: Changes, customer: Customer) -> None:
    """Let `change` happen only while the customer is as he was read."""
    change.check(CustomerRow(keys.customer(customer.id)), Row.version == customer.version)


def as_customer(row: CustomerRow) -> Customer:
    contacts = tuple(_contact(c) for c in row.contacts or ())
    quiet = QuietHours(**row.quiet_hours) if row.quiet_hours else None
    given = {"contacts": contacts, "merged_contacts": (), "name": row.name or "", "locale": row.locale or ""}
    return rows.noun(Customer, row, quiet_hours=quiet, **given)


def refresh_name_rows(customer: Customer, ticket_ids: Sequence[str]) -> None:
    """Write the customer's name on his tickets' rows, which carry it for the lists; no version moves."""
    from chalicelib.store.table import TicketRow
    from chalicelib.store.tickets import cut

    changes.connection()
    stands = TicketRow.pk.exists() & TicketRow.erased_at.does_not_exist()
    for ticket_id in ticket_ids:
        row = TicketRow(keys.ticket(ticket_id))
        with suppress(UpdateError):  # the ticket was erased meanwhile
            row.update(actions=[TicketRow.customer_name.set(cut(customer.display_name, 80))], condition=stands)


def _with_merged(listed: list[Customer]) -> list[Customer]:
    """The customers with the contacts of those for whom they stand: no read where they stand for themselves."""
    stored = rows.batch([keys.customer(id) for one in listed for id in one.merged_ids])
    known = {row.id: as_customer(row) for row in stored.values() if isinstance(row, CustomerRow)}
    return [
        replace(one, merged_contacts=tuple(c for id in one.merged_ids if id in known for c in known[id].contacts))
        for one in listed
    ]


def _row(customer: Customer) -> CustomerRow:
    told = rows.attributes(customer, "contacts", "merged_contacts", "name", "locale", "quiet_hours")
    row = CustomerRow(keys.customer(customer.id), **told)
    row.name, row.locale = customer.name, customer.locale
    row.quiet_hours = vars(customer.quiet_hours) if customer.quiet_hours else None
    row.contacts = [vars(c) | {"opted_out_of": list(c.opted_out_of)} for c in customer.contacts]
    listed = keys.created("CUSTOMER", customer.created_at, customer.id)
    row.index("created", None if customer.erased_at else listed)
    return row


def _contact(told: dict[str, Any]) -> Contact:
    return Contact(**told | {"opted_out_of": tuple(told["opted_out_of"])})


def _pointer(contact: Contact, customer_id: str) -> PointerRow:
    return PointerRow(keys.contact(contact.type, contact.value), customer_id=customer_id)
