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
    if after and old and (before != after or _stands_for(old) != _stands_for(customer)):
        change.put(_unlisted(after, customer))
    elif after and before != after:
        change.put(_row(after, customer))
    if before == after:
        return
    if after:
        joined: list[Action] = [OrganizationRow.joins.add(1)]
        change.update(OrganizationRow(keys.organization(after)), joined, Row.pk.exists())
    if before:
        change.delete(MemberRow(keys.member(before, customer.id)))


def _unlisted(organization_id: str, customer: Customer) -> MemberRow:
    """His tickets of before are to be put into the list of the organization: see store.organization_tickets."""
    row = _row(organization_id, customer)
    row.index("created", keys.unlisted_member(organization_id, customer.updated_at, customer.id))
    return row


def _row(organization_id: str, customer: Customer) -> MemberRow:
    return MemberRow(keys.member(organization_id, customer.id), customer_id=customer.id, lists_tickets=True)


def _stands_for(customer: Customer) -> tuple[str | None, tuple[str, ...]]:
    return customer.merged_into, customer.all_ids


def _organization(customer: Customer | None) -> str | None:
    return customer.organization_id if customer and not customer.erased_at else None
