"""Gathers who a customer is and what he came with, for whoever is to answer him: all of it read at the same time."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from chalicelib.actions import suggest_doubles
from chalicelib.domain.customer import Customer
from chalicelib.domain.doubles import Suggestion
from chalicelib.domain.organization import Organization
from chalicelib.domain.ticket import Ticket
from chalicelib.store import customer_notes, organizations, ticket_lists, timelines
from chalicelib.store.ticket_lists import Wanted
from chalicelib.store.timelines import Page

NOTES = 20
# Of the newest; what is still open of older ones stands in the inbox.
TICKETS_LOOKED_AT = 50
MOST_OPEN = 25
_OVER = ("solved", "closed")


@dataclass(frozen=True)
class Overview:
    """`last_inquiry` is the ticket opened last, `open_tickets` those that are not solved, newest first."""

    customer: Customer
    organization: Organization | None
    notes: customer_notes.Page
    last_inquiry: Ticket | None
    open_tickets: tuple[Ticket, ...]
    suggestions: Sequence[Suggestion]
    timeline: Page


def look(customer: Customer, limit: int, after: str | None = None) -> Overview:
    """The overview of a customer (who stands for himself), with at most `limit` entries behind the place `after`."""
    with ThreadPoolExecutor(4) as pool:
        notes = pool.submit(customer_notes.page, customer.all_ids, NOTES)
        listed = pool.submit(tickets_of, customer)
        doubles = pool.submit(suggest_doubles.suggest, customer)
        belongs = pool.submit(_organization, customer)
        timeline = timelines.page(customer.all_ids, limit, after)
    tickets = listed.result()
    return Overview(
        customer=customer,
        organization=belongs.result(),
        notes=notes.result(),
        last_inquiry=next(iter(tickets), None),
        open_tickets=tuple(one for one in tickets if one.status not in _OVER)[:MOST_OPEN],
        suggestions=doubles.result(),
        timeline=timeline,
    )


def tickets_of(customer: Customer, most: int = TICKETS_LOOKED_AT) -> list[Ticket]:
    """The tickets opened last, newest first, without those that another one stands for."""
    wanted = Wanted(customer_id=customer.id, customer_ids=customer.all_ids, sort="created")
    return [one for one in ticket_lists.page(wanted, most).tickets if not (one.merged_into or one.erased_at)]


def _organization(customer: Customer) -> Organization | None:
    return organizations.get(customer.organization_id) if customer.organization_id else None
