"""The answers to keyed requests, written in the transaction of the work itself, for 24 hours.

A long answer (an article, a long message) lies in S3, since a row ends at 400 KB and is paid by the kilobyte.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from chalicelib import clock, ids
from chalicelib.store import files, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import IdempotencyRow, Row

KEPT = timedelta(hours=24)
INLINE_OCTETS = 8192


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
    row = IdempotencyRow(keys.idempotency(keyed.scope), request_hash=keyed.request_hash)
    _place(row, keyed.answer(*made))
    row.expires_at = int((clock.now() + KEPT).timestamp())
    change.add(row, guard=True)


def find(keyed: Keyed) -> tuple[str, dict[str, Any]] | None:
    """The hash and answer of the request that had this key first, read strongly."""
    row = rows.get(IdempotencyRow, keys.idempotency(keyed.scope))
    return of(row) if row else None


def of(stored: Row) -> tuple[str, dict[str, Any]] | None:
    """The same, of the guard row that a commit met."""
    if not isinstance(stored, IdempotencyRow):
        return None
    return stored.request_hash, files.read_json(stored.answer_key) if stored.answer_key else stored.answer or {}


def _place(row: IdempotencyRow, answer: dict[str, Any]) -> None:
    if len(json.dumps(answer)) <= INLINE_OCTETS:
        row.answer = answer
        return
    row.answer_key = f"answers/{ids.new('ans')}.json"
    files.put_json(row.answer_key, answer)
