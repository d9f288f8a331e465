"""Events and the feed. An EVENT row is written with the change it tells of; the dispatcher gives it its feed number.

The feed is followed by number, never by id: ids of concurrent writers are committed out of order.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain.event import Actor, Event
from chalicelib.store import changes, counters, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import EventRow, FeedHeadRow, FeedRow, Row

# An event not dispatched by then is found on the `due` index: well past the stream's usual delay, far within its 24 h.
SAFETY_NET = timedelta(minutes=3)
# The head, and for each event an update, a feed row and up to four counters: 97 of a transaction's 100 rows.
BATCH = 16


@dataclass(frozen=True)
class Stored:
    """An event and where its row is; `pending` until it has been dispatched."""

    event: Event
    key: keys.Key
    pending: bool


def add(change: Changes, event: Event, live: bool = True) -> None:
    """Write the event with its change. Not `live` (imports, seeds): nothing follows from it, but it is in the trail."""
    row = EventRow(keys.event(event.subject, event.id), **rows.attributes(event, "actor"))
    row.actor = vars(event.actor)
    if live:
        row.dispatch = "pending"
        row.index("due", keys.due(event.created_at + SAFETY_NET, event.id))
    change.add(row)


def get_all(wanted: list[keys.Key]) -> list[Stored]:
    """The events under those keys, as they stand now."""
    found = rows.batch(wanted)
    return [as_stored(found[key]) for key in wanted if key in found]  # type: ignore[arg-type]


def mark_dispatched(batch: list[Stored]) -> int:
    """Give the events their feed numbers, take them off `due` and count them, in one transaction.

    Returns the number of the last one. Events that another run marked meanwhile make it `Stale`: load again.
    """
    head = rows.get(FeedHeadRow, keys.feed_head())
    last = int(head.sequence) if head else 0
    change = Changes()
    _move_head(change, last, last + len(batch))
    for sequence, stored in enumerate(batch, start=last + 1):
        _mark(change, stored, sequence)
    counters.count(change, [stored.event for stored in batch])
    change.commit()
    return last + len(batch)


def feed_after(sequence: int, limit: int) -> list[Event]:
    """At most `limit` events after that feed number, in order, none left out."""
    changes.connection()
    pointers: list[FeedRow] = []
    head = rows.get(FeedHeadRow, keys.feed_head())
    last = int(head.sequence) if head else 0
    following = sequence + 1
    while following <= last and len(pointers) < limit:
        pk, sk = keys.feed(following)
        _, end = keys.feed(last)
        found = Row.query(pk, Row.sk.between(sk, end), consistent_read=True, limit=limit - len(pointers))
        pointers.extend(row for row in found if isinstance(row, FeedRow))
        following = max(following, (following // keys.FEED_BLOCK + 1) * keys.FEED_BLOCK)
    return [stored.event for stored in get_all([(p.event_pk, p.event_sk) for p in pointers])]


def as_stored(row: EventRow) -> Stored:
    event = rows.noun(Event, row, actor=Actor(**row.actor), changes=row.changes or {}, counts=_counts(row.counts))
    return Stored(event, (row.pk, row.sk), row.dispatch == "pending")


def _counts(value: Any) -> tuple[Any, Any] | None:
    return (value[0], value[1]) if value else None


def _move_head(change: Changes, old: int, new: int) -> None:
    head = FeedHeadRow(keys.feed_head(), sequence=new)
    change.put(head, FeedHeadRow.sequence == old if old else Row.pk.does_not_exist())


def _mark(change: Changes, stored: Stored, sequence: int) -> None:
    pk, sk = stored.key
    done: list[Action] = [
        EventRow.dispatch.set("done"),
        EventRow.sequence.set(sequence),
        Row.due_pk.remove(),
        Row.due_sk.remove(),
    ]
    change.update(EventRow(stored.key), done, EventRow.dispatch == "pending")
    change.put(FeedRow(keys.feed(sequence), sequence=sequence, event_pk=pk, event_sk=sk))
