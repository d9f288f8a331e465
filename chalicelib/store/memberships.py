"""Who belongs to an organization: a small row for each customer, written with the customer himself."""

from pynamodb.expressions.update import Action

from chalicelib.domain.customer import Customer
from chalicelib.store import keys
from chalicelib.store.changes import Changes
from chalicelib.store.table import MemberRow, OrganizationRow, Row


def place(change: Changes, customer: Customer, old: Customer | None = None) -> None:
    """Put the customer on the list of his organization and take him off that of the one before.

    The change fails (`Stale`) if the organization is gone.
    """
    before, after = _organization(old), _organization(customer)
    if before == after:
        return
    if after:
        change.put(MemberRow(keys.member(after, customer.id), customer_id=customer.id))
        joined: list[Action] = [OrganizationRow.joins.add(1)]
        change.update(OrganizationRow(keys.organization(after)), joined, Row.pk.exists())
    if before:
        change.delete(MemberRow(keys.member(before, customer.id)))


def _organization(customer: Customer | None) -> str | None:
    return customer.organization_id if customer and not customer.erased_at else None
