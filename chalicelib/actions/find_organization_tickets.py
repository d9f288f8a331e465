"""The tickets of everybody in an organization, for a customer who was granted to read them; and whether one is such.

A customer who was merged counts as who stands for him: his tickets are the organization's while that one belongs to it.
The organization's list only says where to look: whose each ticket is, and whether he belongs to it, is asked each time.
"""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from chalicelib import clock
from chalicelib.actions import identify_customer
from chalicelib.domain.customer import Customer
from chalicelib.domain.organization import Organization
from chalicelib.domain.ticket import Ticket
from chalicelib.store import created_lists, customers, organization_tickets, organizations, tickets
from chalicelib.store.organization_tickets import Found, Unlisted

# Of the list so much is read at once, and so often for one page: tickets of who left are passed over.
_PIECE = 50
_PIECES = 4
# Of so many who joined since, what they wrote before is listed when somebody looks; of the rest at night.
LISTED_AT_ONCE = 10
_AT_ONCE = 8


@dataclass(frozen=True)
class Shared:
    """Newest born first. `names` are those of who wrote them, by the id that each ticket names; who gave none has an
    empty one. `after` is the place to go on from, None at the end; a page may be short before that."""

    tickets: list[Ticket] = field(default_factory=list)
    names: Mapping[str, str] = field(default_factory=dict)
    after: str | None = None


def organization_of(viewer: Customer) -> Organization | None:
    """The organization whose tickets he may read."""
    granted = viewer.organization_id if viewer.sees_organization else None
    return organizations.get(granted) if granted else None


def page(organization: Organization, most: int, after: str | None = None) -> Shared:
    """At most `most` of its tickets behind the place `after`."""
    if after is None:
        _list(organization_tickets.unlisted(organization.id, LISTED_AT_ONCE))
    listed: list[Ticket] = []
    names: dict[str, str] = {}
    for _ in range(_PIECES):
        found = organization_tickets.page(organization.id, after, _PIECE)
        for one, ticket, customer in _of_members(organization.id, found):
            if len(listed) == most:
                return Shared(listed, names, after)
            listed.append(ticket)
            names[ticket.customer_id] = customer.name
            after = one.place
        if len(found) < _PIECE:
            return Shared(listed, names)
        after = found[-1].place
    return Shared(listed, names, after)


def list_all() -> None:
    """List the earlier tickets of all who joined an organization since, or before there was a list. Run it nightly."""
    _list(organization_tickets.unlisted(None))
    for month in created_lists.months():
        for organization_id in created_lists.born_in("ORGANIZATION", month):
            _list(organization_tickets.former_members(organization_id))


def may_read(viewer: Customer, ticket: Ticket) -> bool:
    """Whether the ticket is one of his organization, and he may read those."""
    if not viewer.sees_organization:
        return False
    whose = identify_customer.survivor(customers.get(ticket.customer_id))
    return whose is not None and whose.organization_id == viewer.organization_id


def _of_members(organization_id: str, found: Sequence[Found]) -> Iterator[tuple[Found, Ticket, Customer]]:
    """Those that are a member's now and stand for themselves, each with him."""
    stored = tickets.get_all([one.ticket_id for one in found])
    asked = customers.get_all(list({ticket.customer_id for ticket in stored.values()}))
    whose = {id: identify_customer.survivor(customer) for id, customer in asked.items()}
    for one in found:
        ticket = stored.get(one.ticket_id)
        customer = whose.get(ticket.customer_id) if ticket else None
        if ticket and customer and customer.organization_id == organization_id and not ticket.merged_into:
            yield one, ticket, customer


def _list(waiting: Sequence[Unlisted]) -> None:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        list(pool.map(_list_one, waiting))


def _list_one(one: Unlisted) -> None:
    """Of who was merged into another since, that other's organization counts, which marked him then."""
    began, customer = clock.now(), customers.get(one.customer_id)
    if customer and customer.organization_id == one.organization_id:
        organization_tickets.list_all(one.organization_id, customer.all_ids)
    organization_tickets.is_listed(one, began)
