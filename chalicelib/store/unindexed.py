"""Which tickets the published index does not show as they are.

A ticket is marked after every change, and the mark goes when a publication shows it; so whoever reads the marks and
then an index of `generation` or later misses no change.
"""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from pynamodb.exceptions import DeleteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock, ids
from chalicelib.store import changes, keys, rows
from chalicelib.store.table import Row, TicketIndexRow, UnindexedRow

# The index is published when a mark is five minutes old, or at once when there are many: each costs a search a read.
PAUSE = timedelta(minutes=5)
MANY = 200
_AT_ONCE = 8
_REFUSED = "ConditionalCheckFailedException"


@dataclass(frozen=True)
class Unindexed:
    """Marks by ticket id, of the youngest tickets first, and the publication that shows all else."""

    stamps: Mapping[str, str]
    generation: int


def mark(ticket_ids: Collection[str]) -> None:
    """Say that those tickets changed, and see to it that the index is published in time."""
    changes.connection()
    with Row.batch_write() as batch:
        for ticket_id in dict.fromkeys(ticket_ids):
            batch.save(UnindexedRow(keys.unindexed(ticket_id), ticket_id=ticket_id, stamp=ids.new("chg")))
    if ticket_ids:
        _wake(len(ticket_ids))


def read(most: int) -> Unindexed:
    """At most that many marks, in one query."""
    changes.connection()
    pk, _ = keys.ticket_index()
    found = list(Row.query(pk, scan_index_forward=False, consistent_read=True, limit=most + 1))
    index = found[0] if found and isinstance(found[0], TicketIndexRow) else None
    marks = [row for row in found if isinstance(row, UnindexedRow)][:most]
    return Unindexed({row.ticket_id: row.stamp for row in marks}, int(index.generation or 0) if index else 0)


def clear(shown: Mapping[str, str], generation: int) -> int:
    """Take away marks (as `read` gave them) that the publication `generation` shows; returns how many are left.

    A ticket that changed meanwhile keeps its new mark.
    """
    announce(generation)
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        list(threads.map(lambda pair: _unmark(*pair), shown.items()))
    return changes.again(_sleep)


def announce(generation: int) -> None:
    """Let every search from now on look for this publication, or a later one."""
    older = TicketIndexRow.generation.does_not_exist() | (TicketIndexRow.generation < generation)
    _update([TicketIndexRow.generation.set(generation)], older)


def hold(until: datetime) -> bool:
    """Keep others from publishing until then (or `let_go`); False if somebody else does so at this moment."""
    free = TicketIndexRow.held_until.does_not_exist() | (TicketIndexRow.held_until < clock.now())
    return _update([TicketIndexRow.held_until.set(until)], free)


def let_go() -> None:
    _update([TicketIndexRow.held_until.remove()])


def is_held() -> bool:
    """Whether somebody keeps others from publishing now."""
    index = _index()
    return bool(index and index.held_until and index.held_until > clock.now())


def _wake(added: int) -> None:
    row = TicketIndexRow(keys.ticket_index())
    row.update(actions=[Row.kind.set(TicketIndexRow), TicketIndexRow.marked.add(added)])
    many, now = (row.marked or 0) >= MANY, clock.now()
    if row.due_sk is None or (many and row.due_sk > keys.time(now)):
        same = Row.due_sk == row.due_sk if row.due_sk else Row.due_sk.does_not_exist()
        _update(_due(now if many else now + PAUSE), same)


def _sleep() -> int:
    """Set when the index must be published next: not before something is marked."""
    index, left = _index(), len(read(MANY).stamps)
    marked = int(index.marked or 0) if index else 0
    now = clock.now()
    then: list[Action] = [Row.due_pk.remove(), Row.due_sk.remove()]
    if left:
        then = _due(now if left == MANY else now + PAUSE)
    same = TicketIndexRow.marked == marked if index and index.marked is not None else None
    if not _update([*then, TicketIndexRow.marked.set(left)], same):
        raise changes.Stale
    return left


def _due(when: datetime) -> list[Action]:
    pk, sk = keys.due(when, "ticket-index")
    return [Row.due_pk.set(pk), Row.due_sk.set(sk)]


def _unmark(ticket_id: str, stamp: str) -> None:
    """Take the mark away, unless it is another one by now."""
    try:
        UnindexedRow(keys.unindexed(ticket_id)).delete(UnindexedRow.stamp == stamp)
    except DeleteError as error:
        if error.cause_response_code != _REFUSED:
            raise


def _index() -> TicketIndexRow | None:
    return rows.get(TicketIndexRow, keys.ticket_index())


def _update(actions: Iterable[Action], condition: Condition | None = None) -> bool:
    """Change the index's row; False if the condition does not hold."""
    changes.connection()
    made = [Row.kind.set(TicketIndexRow), *actions]
    try:
        TicketIndexRow(keys.ticket_index()).update(actions=made, condition=condition)
    except UpdateError as error:
        if error.cause_response_code != _REFUSED:
            raise
        return False
    return True
