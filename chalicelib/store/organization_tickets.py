"""The tickets of an organization's members, newest born first: a small row each, written when the ticket is opened.

A row only says where to look: its customer may have left since, so whoever reads asks him. Tickets that a member had
before he joined, or that came with another whom he stands for, are put here afterwards; until then he is `unlisted`.
What was being opened while he joined is in no list then: whoever is listed that early is listed once more at night.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib.domain.customer import Customer
from chalicelib.domain.ticket import Ticket
from chalicelib.store import changes, customer_tickets, keys
from chalicelib.store.changes import Changes
from chalicelib.store.table import MemberRow, OrganizationTicketRow, Row

# Before and behind every place, which begins with a year.
_LOWEST, _HIGHEST = "0", "~"
_PREFIX = "TICKET#"
# By then all is opened that was begun before, and the index by customer shows it: a Lambda that opens ends in a minute.
_SETTLED = timedelta(minutes=5)


@dataclass(frozen=True)
class Found:
    """A ticket; `place` is where it stands in the list."""

    ticket_id: str
    place: str


@dataclass(frozen=True)
class Unlisted:
    """A member whose tickets of before are to be listed; `stamp` tells whether he was marked again meanwhile (empty: he
    never was)."""

    organization_id: str
    customer_id: str
    stamp: str


def add(change: Changes, ticket: Ticket, customer: Customer | None) -> None:
    """List a new ticket with the organization of its customer (who stands for him), if he has one."""
    if customer and customer.organization_id:
        _, place = keys.customer_tickets(ticket.customer_id, ticket.created_at, ticket.id)
        change.put(OrganizationTicketRow(keys.organization_ticket(customer.organization_id, place)))


def page(organization_id: str, after: str | None, most: int) -> list[Found]:
    """At most `most` tickets behind the place `after`, newest born first."""
    changes.connection()
    between = Row.sk.between(_PREFIX + _LOWEST, _PREFIX + (after or _HIGHEST))
    part = keys.organization(organization_id)[0]
    # The place to go on from is read once more, and left out.
    found = Row.query(part, between, consistent_read=True, scan_index_forward=False, limit=most + 1)
    places = [row.sk.removeprefix(_PREFIX) for row in found]
    return [Found(place.partition("#")[2], place) for place in places if place != after][:most]


def unlisted(organization_id: str | None, most: int | None = None) -> list[Unlisted]:
    """At most `most` members of that organization whose tickets of before are not listed yet.

    None: of any organization, and those who were listed so early that it must be done again.
    """
    changes.connection()
    part, first = keys.unlisted_members(organization_id or "")
    found = Row.created.query(part, Row.created_sk.startswith(first) if organization_id else None, limit=most)
    return [Unlisted(row.pk.partition("#")[2], row.sk.partition("#")[2], row.created_sk) for row in found]


def former_members(organization_id: str) -> list[Unlisted]:
    """Members who are older than the list: it has no ticket of theirs."""
    changes.connection()
    part, first = keys.member(organization_id, "")
    found = Row.query(part, Row.sk.startswith(first), MemberRow.lists_tickets.does_not_exist())
    return [Unlisted(organization_id, row.customer_id, "") for row in found if isinstance(row, MemberRow)]


def list_all(organization_id: str, customer_ids: Sequence[str]) -> None:
    """Put all tickets of those customers into the organization's list."""
    with OrganizationTicketRow.batch_write() as batch:
        for customer_id in customer_ids:
            after = ""
            while found := customer_tickets.page(customer_id, after):
                for one in found:
                    batch.save(OrganizationTicketRow(keys.organization_ticket(organization_id, one.place)))
                after = found[-1].place


def is_listed(one: Unlisted, began: datetime) -> None:
    """The member's tickets were listed, which `began` then, unless he was marked again since."""
    row = MemberRow(keys.member(one.organization_id, one.customer_id))
    done: list[Action] = [MemberRow.lists_tickets.set(True), Row.created_pk.remove(), Row.created_sk.remove()]
    if one.stamp and not keys.joined_before(one.stamp, began - _SETTLED):
        done = [Row.created_sk.set(keys.listed_early(one.stamp))]
    unchanged = Row.created_sk == one.stamp if one.stamp else Row.pk.exists() & Row.created_sk.does_not_exist()
    try:
        row.update(done, condition=unchanged)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
