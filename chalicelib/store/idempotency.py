"""The answers to keyed requests, written in the transaction of the work itself, for 24 hours."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib import clock
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import IdempotencyRow, Row

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Keyed:
    """A request that names itself: `scope` is key, method and path; `request_hash` that of its body.

    `answer` makes the answer out of what the work gave, so that it is kept in the work's own transaction.
    """

    scope: str
    request_hash: str
    answer: Callable[..., dict[str, Any]]


def record(change: Changes, keyed: Keyed | None, *made: Any) -> None:
    """Keep the answer made out of `made` with the work, so that a repeat of the request finds it."""
    if keyed is None:
        return
    answer = keyed.answer(*made)
    row = IdempotencyRow(keys.idempotency(keyed.scope), request_hash=keyed.request_hash, answer=answer)
    row.expires_at = int((clock.now() + KEPT).timestamp())
    change.add(row, guard=True)


def find(keyed: Keyed) -> tuple[str, dict[str, Any]] | None:
    """The hash and answer of the request that had this key first, read strongly."""
    row = rows.get(IdempotencyRow, keys.idempotency(keyed.scope))
    return (row.request_hash, row.answer or {}) if row else None


def of(stored: Row) -> tuple[str, dict[str, Any]] | None:
    """The same, of the guard row that a commit met."""
    return (stored.request_hash, stored.answer or {}) if isinstance(stored, IdempotencyRow) else None
