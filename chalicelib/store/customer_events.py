"""What happened with a customer outside the desk: purchases, shipments, visits. Newest first, one query a customer.

An id of the shop's own (`external_id`) has a row beside the event, so that an event told twice is there once.
"""

from collections.abc import Sequence
from itertools import chain, islice

from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.store import changes, doubles, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CustomerEventNameRow, CustomerEventRow, CustomerRow, Row

_PIECE = 45
_KINDS = ("HAPPENED", "NAMED")


def add(change: Changes, event: CustomerEvent) -> None:
    """Write the event, if the customer is there; one with its `external_id` that is there already makes it Stale."""
    key = keys.customer_event(event.customer_id, event.occurred_at, event.id)
    change.add(CustomerEventRow(key, **rows.attributes(event)))
    stands = CustomerRow.pk.exists() & CustomerRow.erased_at.does_not_exist()
    change.check(CustomerRow(keys.customer(event.customer_id)), stands)
    if event.external_id:
        name = keys.customer_event_name(event.customer_id, event.external_id)
        change.add(CustomerEventNameRow(name, event_sk=key[1]))
        change.put(doubles.row_in(keys.double("order", event.external_id), event.customer_id))


def named(customer_id: str, external_id: str) -> CustomerEvent | None:
    """The customer's event with that id of the shop's own."""
    name = rows.get(CustomerEventNameRow, keys.customer_event_name(customer_id, external_id))
    row = rows.get(CustomerEventRow, (name.pk, name.event_sk)) if name else None
    return rows.noun(CustomerEvent, row) if row else None


def page(customer_ids: Sequence[str], limit: int, before: str | None = None) -> tuple[list[CustomerEvent], str | None]:
    """At most `limit` events of those customers, who are one person, newest first, behind the place `before`.

    With them comes the place to go on from, None at the end.
    """
    changes.connection()
    found = [row for id in customer_ids for row in _newest(id, limit + 1, before)]
    listed = sorted(found, key=lambda row: row.sk, reverse=True)
    shown = [rows.noun(CustomerEvent, row) for row in listed[:limit]]
    return shown, listed[limit - 1].sk if len(listed) > limit else None


def erase_some(customer_id: str) -> bool:
    """Take away the next of them; whether there may be more."""
    changes.connection()
    pk, _ = keys.customer_event_name(customer_id, "")
    queries = (
        Row.query(pk, Row.sk.between(f"{kind}#", f"{kind}$"), consistent_read=True, limit=_PIECE) for kind in _KINDS
    )
    piece = list(islice(chain.from_iterable(queries), _PIECE))
    if piece:
        _delete(piece)
    return len(piece) == _PIECE


def _newest(customer_id: str, most: int, before: str | None) -> list[CustomerEventRow]:
    pk, _ = keys.customer_event_name(customer_id, "")
    between = Row.sk.between("HAPPENED#", before or "HAPPENED$")
    found = Row.query(pk, between, scan_index_forward=False, consistent_read=True, limit=most + 1)
    return [row for row in found if isinstance(row, CustomerEventRow) and row.sk != before][:most]


def _delete(piece: list[Row]) -> None:
    change = Changes()
    for row in piece:
        change.delete(row)
        if isinstance(row, CustomerEventNameRow):
            change.delete(doubles.row_in(keys.double_of_event(row.sk), row.pk.removeprefix("CUSTOMER#")))
    change.commit()
