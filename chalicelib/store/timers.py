"""The `due` index: what a timer must look at. A sweep leases what it finds; the work itself sets the next time."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from pynamodb.exceptions import UpdateError

from chalicelib.store import changes, keys
from chalicelib.store.table import Row

LEASE = timedelta(minutes=15)


def due(now: datetime, limit: int) -> Iterator[keys.Key]:
    """Keys of rows that are due, at most `limit` a shard, soonest first."""
    changes.connection()
    for shard in range(keys.DUE_SHARDS):
        found = Row.due.query(keys.due_part(shard), Row.due_sk <= keys.time(now) + "~", limit=limit)
        yield from ((row.pk, row.sk) for row in found)


def lease(key: keys.Key, now: datetime) -> bool:
    """Move a due row 15 minutes on, so that it comes up again if its work is lost; False if it is due no more."""
    row = _current(key)
    if row is None or row.due_sk is None or row.due_sk[:27] > keys.time(now):
        return False
    later = keys.time(now + LEASE) + row.due_sk[27:]
    try:
        row.update(actions=[Row.due_sk.set(later)], condition=Row.due_sk == row.due_sk)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def next_due(now: datetime) -> int:
    """How many rows are due later than `now` (all shards, keys only)."""
    changes.connection()
    parts = [keys.due_part(shard) for shard in range(keys.DUE_SHARDS)]
    return sum(Row.due.count(part, Row.due_sk > keys.time(now) + "~") for part in parts)


def _current(key: keys.Key) -> Row | None:
    from chalicelib.store import rows

    return rows.get(Row, key)
