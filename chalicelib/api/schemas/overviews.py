"""A customer at one glance, and all that was said and happened with him in one list."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from chalicelib.api.schemas.customer_events import CustomerEvent
from chalicelib.api.schemas.customer_notes import CustomerNote
from chalicelib.api.schemas.customers import Customer
from chalicelib.api.schemas.organizations import Organization
from chalicelib.api.schemas.tickets import Message, Ticket
from chalicelib.api.schemas.values import Channel, Cursor, Limit, Page, Status, Time


class TimelineMessage(Message, kw_only=True):
    """A message, with what its ticket is called; null of one that is not there any more."""

    ticket_number: int | None
    ticket_subject: str | None


class TimelineEntry(Struct, kw_only=True):
    """A message of any ticket and channel, or an event that the shop told of; the other of the two is null."""

    type: Literal["message", "event"]
    at: Time
    message: TimelineMessage | None
    event: CustomerEvent | None


class LastInquiry(Struct, kw_only=True):
    """The ticket that was opened last. `preview` are the first words of what was said in it last."""

    ticket_id: str
    number: int
    subject: str
    status: Status
    channel: Channel
    created_at: Time
    preview: str


class DoubleReason(Struct):
    """`code` is stable, `message` says it in the language of the request."""

    code: str
    message: str


class Suggestion(Struct, kw_only=True):
    """Somebody who may be the same person. `score` says how likely, up to 100; what tells most comes first."""

    customer: Customer
    score: int
    reasons: list[DoubleReason]


class Suggestions(Struct, kw_only=True):
    """At most five, the likeliest first."""

    data: list[Suggestion]


class Overview(Struct, kw_only=True):
    """Who a customer is, with what is needed to answer him: newest notes, tickets that are not solved, the newest of
    all that was said and happened."""

    customer: Customer
    organization: Organization | None
    notes: list[CustomerNote]
    last_inquiry: LastInquiry | None
    open_tickets: list[Ticket]
    suggestions: list[Suggestion]
    timeline: Page[TimelineEntry]


class TimelineQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET


class OverviewQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
