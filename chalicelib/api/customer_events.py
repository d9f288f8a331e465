"""What happened with a customer outside the desk, for agents to see beside his tickets."""

import json
from datetime import UTC
from typing import Any

import msgspec

from chalicelib.actions.record_event import record
from chalicelib.api import customers, fields, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import customer_events as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.customer_event import MAX_DATA_OCTETS, CustomerEvent
from chalicelib.errors import Invalid
from chalicelib.store import customer_events


@operation(
    "Write down an event",
    body=schemas.NewCustomerEvent,
    gives=schemas.CustomerEvent,
    status=201,
    refuses=("customer-not-found",),
)
def create(call: Call, body: schemas.NewCustomerEvent) -> Answer:
    """A purchase, a shipment, a visit. With an `external_id` it can be told again: it is there once."""
    told = fields.given(body) | {"occurred_at": body.occurred_at.astimezone(UTC)}
    _refuse_too_big(body.data, call.locale)
    if told.get("amount"):
        told["amount"] = msgspec.to_builtins(told["amount"])
    return _made(record(customers.id_of(call), told, call.keyed(_made)))


@operation(
    "List a customer's events",
    query=schemas.CustomerEventQuery,
    gives=Page[schemas.CustomerEvent],
    refuses=("customer-not-found",),
)
def index(call: Call, query: schemas.CustomerEventQuery) -> Answer:
    """Newest first, by when they happened; with those of customers who were merged into this one."""
    customer = customers.named(call)
    found, after = customer_events.page(customer.all_ids, query.limit, lists.place(call))
    return lists.page(call, [shape(one) for one in found], after)


def shape(event: CustomerEvent) -> schemas.CustomerEvent:
    return schemas.CustomerEvent(
        id=event.id,
        customer_id=event.customer_id,
        type=event.type,
        title=event.title,
        occurred_at=event.occurred_at,
        url=event.url,
        amount=schemas.Amount(**event.amount) if event.amount else None,
        external_id=event.external_id,
        data=dict(event.data),
        created_at=event.created_at,
    )


def _made(event: CustomerEvent) -> Answer:
    return Answer(shape(event), 201, location=f"/v1/customers/{event.customer_id}/events")


def _refuse_too_big(data: dict[str, Any], locale: str) -> None:
    size = len(json.dumps(data))
    if size > MAX_DATA_OCTETS:
        found = fault("too-big", "/data", locale, count=size, limit=MAX_DATA_OCTETS)
        raise Invalid(found.message, faults=(found,))
