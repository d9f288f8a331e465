"""The `due` index: what a timer must look at. A sweep leases what it finds; the work itself sets the next time."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from pynamodb.exceptions import DoesNotExist, UpdateError
from pynamodb.expressions.update import Action

from chalicelib.store import changes, expiry, keys
from chalicelib.store.table import Row

LEASE = timedelta(minutes=15)

_OFF: list[Action] = [Row.due_pk.remove(), Row.due_sk.remove()]


def due(now: datetime, limit: int) -> Iterator[keys.Key]:
    """Keys of rows that are due, at most `limit` a shard, soonest first."""
    changes.connection()
    for shard in range(keys.DUE_SHARDS):
        found = Row.due.query(keys.due_part(shard), Row.due_sk <= keys.time(now) + "~", limit=limit)
        yield from ((row.pk, row.sk) for row in found)


def lease(key: keys.Key, now: datetime) -> bool:
    """Move a due row 15 minutes on, so that it comes up again if its work is lost; False if it is due no more.

    A row whose time is up leaves the index instead: DynamoDB deletes it days late, local engines never.
    """
    row = _current(key)
    if row is None or row.due_sk is None or row.due_sk[:27] > keys.time(now):
        return False
    if expiry.is_over(row):
        _update(row, _OFF)
        return False
    return _update(row, [Row.due_sk.set(keys.time(now + LEASE) + row.due_sk[27:])])


def drop_expired(wanted: Iterable[keys.Key]) -> None:
    """Take those of the rows whose time is up off the index: whoever lists them there would find them for days."""
    for key in wanted:
        row = _current(key)
        if row and row.due_sk and expiry.is_over(row):
            _update(row, _OFF)


def next_due(now: datetime) -> int:
    """How many rows are due later than `now` (all shards, keys only)."""
    changes.connection()
    parts = [keys.due_part(shard) for shard in range(keys.DUE_SHARDS)]
    return sum(Row.due.count(part, Row.due_sk > keys.time(now) + "~") for part in parts)


def _current(key: keys.Key) -> Row | None:
    """The row as it is now, expired or not."""
    changes.connection()
    try:
        return Row.get(*key, consistent_read=True)
    except DoesNotExist:
        return None


def _update(row: Row, actions: list[Action]) -> bool:
    """Do that to the row; False if somebody else moved its timer first."""
    try:
        row.update(actions=actions, condition=Row.due_sk == row.due_sk)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True
