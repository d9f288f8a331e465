"""Writes down something that happened with a customer outside the desk. Told twice, it happened once."""

from collections.abc import Mapping
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.errors import NotFound
from chalicelib.store import changes, customer_events, customers, idempotency
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def record(customer_id: str, told: Mapping[str, Any], keyed: Keyed | None = None) -> CustomerEvent:
    """The event; `told` are its fields (names as in CustomerEvent). One whose `external_id` is known stays as it is.

    Raises:
        NotFound: code `customer-not-found`.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _record(customer_id, told, keyed))


def _record(customer_id: str, told: Mapping[str, Any], keyed: Keyed | None) -> CustomerEvent:
    customer, change = customers.get(customer_id), Changes()
    if customer is None:
        raise NotFound(f"There is no customer {customer_id}.", code="customer-not-found")
    event = _known(customer.all_ids, told.get("external_id"))
    if event is None:
        event = CustomerEvent(ids.new("cev"), customer_id, created_at=clock.now(), **told)
        customer_events.add(change, event)
    idempotency.record(change, keyed, event)
    if len(change):
        change.commit()
    return event


def _known(customer_ids: tuple[str, ...], external_id: str | None) -> CustomerEvent | None:
    found = (customer_events.named(id, external_id) for id in customer_ids) if external_id else ()
    return next((event for event in found if event), None)
