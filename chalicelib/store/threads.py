"""The messages of tickets as rows. Those of a merged or split ticket stay in the partitions they were written in, so

its thread is read from all of them at the same time and put in order by message id: ids are made in order of time.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.delivery import PURPOSES, Delivery
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import changes, deliveries, keys, messages, rows
from chalicelib.store.table import DeliveryRow, MessageRow, Row

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """Messages, oldest first, with their deliveries by message id and purpose.

    `holders` names the ticket that each message is read from when that is not its home's own thread.
    """

    messages: tuple[Message, ...]
    deliveries: dict[tuple[str, str], Delivery]
    holders: dict[str, str]


def newest(family: Sequence[Ticket], limit: int, before: str | None = None) -> Piece:
    """The newest `limit` messages that the tickets hold together, of those before the message `before`."""
    end = f"MESSAGE#{before}" if before else "MESSAGE$"  # '$' sorts behind '#', and so behind all messages
    found = _at_once(lambda one: _newest_own(one, end, limit), family)
    brought = [place for place in _brought(family) if before is None or place[2] < before]
    brought.sort(key=lambda place: place[2], reverse=True)
    return _piece(family, [*found, _fetched(brought[:limit])], lambda listed: listed[-limit:] if limit else [])


def following(family: Sequence[Ticket], after: str | None, limit: int) -> Piece:
    """The oldest `limit` messages that the tickets hold together, of those after the message `after`."""
    start = f"MESSAGE#{after}$" if after else "MESSAGE#"
    found = _at_once(lambda one: read_up(one.id, start, limit, one.parts.absent), family)
    brought = sorted((place for place in _brought(family) if place[2] > (after or "")), key=lambda place: place[2])
    return _piece(family, [*found, _fetched(brought[:limit])], lambda listed: listed[:limit])


def picked(family: Sequence[Ticket], message_ids: Collection[str]) -> Piece:
    """Those of the messages that the tickets hold, without deliveries."""
    brought = {id: home for _, home, id in _brought(family) if id in message_ids}
    own = [(one.id, id) for one in family for id in message_ids if id not in brought and id not in one.parts.absent]
    found = rows.batch([keys.message(home, id) for home, id in [*((home, id) for id, home in brought.items()), *own]])
    return _piece(family, [list(found.values())], list)


def split(found: Iterable[Row]) -> tuple[list[Message], dict[tuple[str, str], Delivery]]:
    """Rows as messages, in the order given, and as deliveries by message id and purpose."""
    listed = [messages.as_message(row) for row in found if isinstance(row, MessageRow)]
    sent = [deliveries.as_delivery(row) for row in found if isinstance(row, DeliveryRow)]
    return listed, {(one.message_id, one.purpose): one for one in sent}


def read_down(pk: str, condition: Any, limit: int, absent: frozenset[str] = NONE) -> list[Row]:
    """Rows from the end until more than `limit` messages were met, the `absent` left out; PynamoDB follows

    LastEvaluatedKey.
    """
    found: list[Row] = []
    seen = 0
    changes.connection()
    for row in Row.query(pk, condition, scan_index_forward=False, consistent_read=True, page_size=limit * 2 + 2):
        if _is_of(row, absent):
            continue
        found.append(row)
        seen += isinstance(row, MessageRow)
        if seen > limit:
            break
    return found


def read_up(ticket_id: str, start: str, limit: int, absent: frozenset[str] = NONE) -> list[Row]:
    """`limit` messages from the sort key `start` on, with what hangs on them, the `absent` left out."""
    pk, _ = keys.ticket(ticket_id)
    found: list[Row] = []
    seen = 0
    changes.connection()
    for row in Row.query(pk, Row.sk.between(start, "MESSAGE$"), consistent_read=True, page_size=limit * 2 + 1):
        if _is_of(row, absent):
            continue
        if isinstance(row, MessageRow) and seen == limit:
            break
        found.append(row)
        seen += isinstance(row, MessageRow)
    return found


def _newest_own(ticket: Ticket, end: str, limit: int) -> list[Row]:
    pk, _ = keys.ticket(ticket.id)
    found = read_down(pk, Row.sk.between("MESSAGE#", end), limit, ticket.parts.absent)
    return [row for row in found if row.sk != end]


def _is_of(row: Row, message_ids: frozenset[str]) -> bool:
    """Whether the row is one of those messages, or hangs on one."""
    return bool(message_ids) and row.sk.removeprefix("MESSAGE#").partition("#")[0] in message_ids


def _brought(family: Sequence[Ticket]) -> list[tuple[str, str, str]]:
    """Holder, home and id of each message that a ticket holds without being its home."""
    moved = ((one.id, home, ids) for one in family for home, ids in one.parts.moved_in.items())
    return [(holder, home, id) for holder, home, ids in moved for id in ids]


def _fetched(places: Sequence[tuple[str, str, str]]) -> list[Row]:
    wanted = [keys.message(home, id) for _, home, id in places]
    hanging = [keys.delivery(home, id, purpose) for _, home, id in places for purpose in PURPOSES]
    return list(rows.batch([*wanted, *hanging]).values()) if places else []


def _piece(family: Sequence[Ticket], found: list[list[Row]], keep: Callable[[list[Message]], list[Message]]) -> Piece:
    listed, sent = split([row for part in found for row in part])
    kept = keep(sorted(listed, key=lambda one: one.id))
    brought = {id: holder for holder, _, id in _brought(family)}
    return Piece(tuple(kept), sent, {one.id: brought.get(one.id, one.ticket_id) for one in kept})


def _at_once(read: Callable[[Ticket], list[Row]], family: Sequence[Ticket]) -> list[list[Row]]:
    if len(family) == 1:
        return [read(family[0])]
    with ThreadPoolExecutor(min(16, len(family))) as pool:
        return list(pool.map(read, family))
