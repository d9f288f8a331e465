"""What was told to a webhook: a row an event, kept for 30 days; until it has come to its end it stands before a timer,

or is parked: then it lies in a part of the same index that no sweep reads, listed for its webhook.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import ids
from chalicelib.domain.webhook_delivery import KEPT, Attempt, WebhookDelivery
from chalicelib.store import changes, expiry, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, WebhookDeliveryRow

# Of a list by state: how many rows one page may look at. A page may be short.
MOST_LOOKED_AT = 500


@dataclass(frozen=True)
class Page:
    """`after` is the id to go on from, None at the end."""

    deliveries: tuple[WebhookDelivery, ...]
    after: str | None


def get(webhook_id: str, delivery_id: str) -> WebhookDelivery | None:
    row = rows.get(WebhookDeliveryRow, keys.webhook_delivery(webhook_id, delivery_id))
    return _noun(row) if row else None


def add(change: Changes, delivery: WebhookDelivery) -> WebhookDelivery:
    """Raises Replayed, at commit, when this event was told to this webhook already."""
    first = replace(delivery, version=1)
    change.add(_row(first), guard=True)
    return first


def save(change: Changes, delivery: WebhookDelivery) -> WebhookDelivery:
    """Write a delivery in place of the version it was decided on."""
    new = replace(delivery, version=delivery.version + 1)
    change.replace(_row(new), delivery.version)
    return new


def move(delivery: WebhookDelivery) -> WebhookDelivery | None:
    """The same in a transaction of its own; None when somebody else moved it first."""

    def attempt() -> WebhookDelivery | None:
        change = Changes()
        saved = save(change, delivery)
        return saved if change.took() else None

    return changes.again(attempt)


def parked(webhook_id: str, limit: int) -> list[keys.Key]:
    """Those that are parked (or were a moment ago: an index is late), oldest first."""
    changes.connection()
    pk, _ = keys.parked(webhook_id, "")
    return [(row.pk, row.sk) for row in Row.due.query(pk, limit=limit)]


def get_all(wanted: list[keys.Key]) -> list[WebhookDelivery]:
    """Those under these keys, in their order."""
    found = rows.batch(wanted)
    return [_noun(row) for key in wanted if isinstance(row := found.get(key), WebhookDeliveryRow)]


def newest(webhook_id: str, limit: int, after: str | None = None, state: str | None = None) -> Page:
    """At most `limit` deliveries behind the id `after`, newest first."""
    first, last = keys.webhook_delivery(webhook_id, "")[1], keys.webhook_delivery(webhook_id, after or "~")[1]
    most = MOST_LOOKED_AT if state else limit + 2
    found = _query(webhook_id, first, last, newest_first=True, most=most)
    return _page(found, limit, after, len(found) == most, (state, _inner(state)) if state else None)


def between(webhook_id: str, since: datetime, until: datetime, after: str | None, limit: int) -> Page:
    """At most `limit` deliveries of events from `since` to `until`, behind the id `after`, oldest first."""
    first = keys.webhook_delivery(webhook_id, after or ids.earliest("whd", since))[1]
    last = keys.webhook_delivery(webhook_id, ids.earliest("whd", until))[1]
    most = limit + 2
    found = _query(webhook_id, first, last, newest_first=False, most=most) if first < last else []
    return _page(found, limit, after, len(found) == most, None)


def _query(webhook_id: str, first: str, last: str, newest_first: bool, most: int) -> list[WebhookDeliveryRow]:
    changes.connection()
    pk, _ = keys.webhook_delivery(webhook_id, "")
    found = Row.query(
        pk, Row.sk.between(first, last), consistent_read=True, scan_index_forward=not newest_first, limit=most
    )
    return [row for row in found if isinstance(row, WebhookDeliveryRow)]


def _page(
    found: list[WebhookDeliveryRow], limit: int, after: str | None, more: bool, states: tuple[str, str] | None
) -> Page:
    """`more`: there may be rows behind those that were found."""
    alive = [_noun(row) for row in found if row.id != after and not expiry.is_over(row)]
    wanted = [one for one in alive if states is None or one.state in states]
    shown = tuple(wanted[:limit])
    if len(wanted) > limit:
        return Page(shown, shown[-1].id)
    return Page(shown, found[-1].id if more else None)


def _inner(state: str) -> str:
    """A sender at work is one that waits, for whoever looks from outside."""
    return "sending" if state == "pending" else state


def _row(delivery: WebhookDelivery) -> WebhookDeliveryRow:
    key = keys.webhook_delivery(delivery.webhook_id, delivery.id)
    row = WebhookDeliveryRow(key, **rows.attributes(delivery, "attempts"))
    row.attempts = [{**vars(one), "at": keys.time(one.at)} for one in delivery.attempts] or None
    row.expires_at = int((delivery.created_at + KEPT).timestamp())
    row.index("due", _due(delivery))
    return row


def _due(delivery: WebhookDelivery) -> keys.Key | None:
    if delivery.is_parked:
        return keys.parked(delivery.webhook_id, delivery.id)
    return keys.due(delivery.look_at, f"{delivery.webhook_id}#{delivery.id}") if delivery.look_at else None


def _noun(row: WebhookDeliveryRow) -> WebhookDelivery:
    attempts = tuple(_attempt(one) for one in row.attempts or ())
    return rows.noun(WebhookDelivery, row, attempts=attempts)


def _attempt(stored: dict[str, Any]) -> Attempt:
    return Attempt(**{**stored, "at": keys.moment(stored["at"])})
