"""The tickets of everybody in an organization, for a customer who was granted to read them; and whether one is such.

A customer who was merged counts as who stands for him: his tickets are the organization's while that one belongs to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from chalicelib.actions import identify_customer
from chalicelib.domain.customer import Customer
from chalicelib.domain.organization import Organization
from chalicelib.domain.ticket import Ticket
from chalicelib.store import customers, organizations, own_tickets

_PIECE = 100
# Each costs a query, a few of them at the same time.
MOST_MEMBERS = 300


@dataclass(frozen=True)
class Shared:
    """`names` are those of the members, by every id that each has had; one who gave none has an empty one."""

    organization: Organization
    tickets: list[Ticket] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)


def organization_of(viewer: Customer) -> Organization | None:
    """The organization whose tickets he may read."""
    granted = viewer.organization_id if viewer.sees_organization else None
    return organizations.get(granted) if granted else None


def tickets_of(organization: Organization) -> Shared:
    """All its tickets, newest activity first, of its newest three hundred members."""
    members = list(_members(organization.id))
    names = {id: member.name for member in members for id in member.all_ids}
    return Shared(organization, own_tickets.of(list(names)) if names else [], names)


def may_read(viewer: Customer, ticket: Ticket) -> bool:
    """Whether the ticket is one of his organization, and he may read those."""
    if not viewer.sees_organization:
        return False
    whose = identify_customer.survivor(customers.get(ticket.customer_id))
    return whose is not None and whose.organization_id == viewer.organization_id


def _members(organization_id: str) -> Iterator[Customer]:
    after, seen = None, 0
    while seen < MOST_MEMBERS:
        page = organizations.members(organization_id, _PIECE, after)
        yield from (one for one in page.customers if not one.merged_into)
        after, seen = page.after, seen + _PIECE
        if after is None:
            return
