"""Who is this? A customer with all that he came with in one call, and page by page what was said and happened."""

from dataclasses import replace

import msgspec

from chalicelib.actions import look_at_customer
from chalicelib.actions.identify_customer import survivor
from chalicelib.actions.look_at_customer import Overview
from chalicelib.api import customer_events, customer_notes, customers, doubles, lists, organizations, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.authentication import refuse_without
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import overviews as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.customer import Customer
from chalicelib.domain.ticket import Ticket
from chalicelib.store import timelines
from chalicelib.store.timelines import Entry

# What was said in tickets is for those alone who may read tickets; the route asks for the other scope.
_ALSO = "tickets:read"


@operation(
    "Read a customer at one glance",
    query=schemas.OverviewQuery,
    gives=schemas.Overview,
    refuses=("customer-not-found",),
)
def overview(call: Call, query: schemas.OverviewQuery) -> Answer:
    """Who he is, what agents noted, what is open, who may be the same person, and the newest of all that was said and
    happened; the timeline's cursor goes on at `GET /v1/customers/{id}/timeline`.

    Of a customer who was merged, it is of the one who stands for him. Takes the scope `tickets:read` as well.
    """
    refuse_without(call.owner, _ALSO)
    found = look_at_customer.look(_standing_for(call), query.limit)
    return Answer(_shape(found, _timeline(call, found.timeline), call.locale))


@operation(
    "List all that was said and happened",
    query=schemas.TimelineQuery,
    gives=Page[schemas.TimelineEntry],
    refuses=("customer-not-found",),
)
def timeline(call: Call, query: schemas.TimelineQuery) -> Answer:
    """Messages of every ticket and channel, notes among them, and events that the shop told of, newest first.

    Of a customer who was merged, it is of the one who stands for him. Takes the scope `tickets:read` as well.
    """
    refuse_without(call.owner, _ALSO)
    found = timelines.page(_standing_for(call).all_ids, query.limit, lists.place(call))
    return lists.page(call, [entry(one) for one in found.entries], found.after)


def entry(one: Entry) -> schemas.TimelineEntry:
    return schemas.TimelineEntry(
        type="event" if one.event else "message",
        at=one.at,
        message=_message(one),
        event=customer_events.shape(one.event) if one.event else None,
    )


def _standing_for(call: Call) -> Customer:
    customer = customers.named(call)
    return survivor(customer) or customer


def _timeline(call: Call, found: timelines.Page) -> Page[schemas.TimelineEntry]:
    """The page as the timeline's own address gives it, so that its cursor goes on there."""
    there = replace(call, address=f"/v1/customers/{call.id}/timeline", query={})
    made: Page[schemas.TimelineEntry] = lists.page(there, [entry(one) for one in found.entries], found.after).body
    return made


def _shape(found: Overview, timeline: Page[schemas.TimelineEntry], locale: str) -> schemas.Overview:
    return schemas.Overview(
        customer=shapes.customer(found.customer),
        organization=organizations.shape(found.organization) if found.organization else None,
        notes=[customer_notes.shape(one) for one in found.notes.notes],
        last_inquiry=_last_inquiry(found.last_inquiry) if found.last_inquiry else None,
        open_tickets=[shapes.ticket(one) for one in found.open_tickets],
        suggestions=[doubles.shape(one, locale) for one in found.suggestions],
        timeline=timeline,
    )


def _last_inquiry(ticket: Ticket) -> schemas.LastInquiry:
    return schemas.LastInquiry(
        ticket_id=ticket.id,
        number=ticket.number,
        subject=ticket.subject,
        status=ticket.status,  # type: ignore[arg-type]
        channel=ticket.channel,  # type: ignore[arg-type]
        created_at=ticket.created_at,
        preview=ticket.preview,
    )


def _message(one: Entry) -> schemas.TimelineMessage | None:
    if one.message is None:
        return None
    told = msgspec.structs.asdict(shapes.message(one.message, one.delivery))
    number, subject = (one.ticket.number, one.ticket.subject) if one.ticket else (None, None)
    return schemas.TimelineMessage(**told, ticket_number=number, ticket_subject=subject)
