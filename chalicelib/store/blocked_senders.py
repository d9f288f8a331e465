"""Blocked senders: a list by age, and beside it a row under each address and domain, where a mail finds it."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.blocked_sender import BlockedSender, formed, values_of
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import BlockedSenderRow, BlockedValueRow, Row


@dataclass(frozen=True)
class BlockedPage:
    """Newest first; `after` is the id to go on from, None at the end."""

    senders: tuple[BlockedSender, ...]
    after: str | None


def is_blocked(email: str) -> bool:
    """Whether mail from that address is to be kept out of the tickets: one read of two rows."""
    return bool(_ids_of(values_of(email)))


def among(values: Sequence[str]) -> dict[str, str]:
    """Those of these addresses and domains that are blocked themselves, each with its id."""
    return _ids_of(values)


def get(blocked_id: str) -> BlockedSender | None:
    row = rows.get(BlockedSenderRow, keys.blocked_sender(blocked_id))
    return rows.noun(BlockedSender, row) if row else None


def by_value(value: str) -> BlockedSender | None:
    """The one that blocks exactly that address or domain."""
    row = rows.get(BlockedValueRow, keys.blocked_value(formed(value)))
    return get(row.blocked_id) if row else None


def page(limit: int, after: str | None = None) -> BlockedPage:
    """At most `limit` of them, newest first, behind the id `after`."""
    changes.connection()
    pk, below = keys.blocked_sender(after or "~")
    found = list(Row.query(pk, Row.sk < below, consistent_read=True, scan_index_forward=False, limit=limit + 1))
    shown = tuple(rows.noun(BlockedSender, row) for row in found[:limit])
    return BlockedPage(shown, shown[-1].id if len(found) > limit else None)


def add(change: Changes, sender: BlockedSender) -> None:
    """Write a new one; of one value there is one."""
    change.add(BlockedSenderRow(keys.blocked_sender(sender.id), **rows.attributes(sender)))
    change.add(BlockedValueRow(keys.blocked_value(formed(sender.value)), blocked_id=sender.id))


def delete(change: Changes, sender: BlockedSender) -> None:
    """Only while it is there: blocked anew meanwhile, it is another one."""
    change.delete(BlockedSenderRow(keys.blocked_sender(sender.id)), Row.pk.exists())
    change.delete(BlockedValueRow(keys.blocked_value(formed(sender.value))), BlockedValueRow.blocked_id == sender.id)


def _ids_of(values: Sequence[str]) -> dict[str, str]:
    wanted = {keys.blocked_value(formed(value)): value for value in values}
    found = rows.batch(list(wanted))
    return {wanted[key]: row.blocked_id for key, row in found.items() if isinstance(row, BlockedValueRow)}
