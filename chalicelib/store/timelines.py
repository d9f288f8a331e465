"""All that was said with a customer and all that happened with him, as one list, newest first.

Messages (of every ticket and channel) and what the shop told of him are two lists each in order; of one person who was
several customers, two a customer. All are read at the same time, and what they name in one batch.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import groupby, islice

from chalicelib import ids
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import customer_events, customer_messages, deliveries, keys, messages, rows, tickets
from chalicelib.store.customer_messages import Listed
from chalicelib.store.table import DeliveryRow, MessageRow, TicketRow

_AT_ONCE = 16


@dataclass(frozen=True)
class Entry:
    """A message, with the ticket that it is read in and its sending, or an event."""

    at: datetime
    message: Message | None = None
    ticket: Ticket | None = None
    delivery: Delivery | None = None
    event: CustomerEvent | None = None


@dataclass(frozen=True)
class Page:
    """`after` is the place to go on from, None at the end; a page may be short before that."""

    entries: tuple[Entry, ...]
    after: str | None


@dataclass(frozen=True)
class _Place:
    """The last message and the last event that were given, by id and sort key; empty: none yet."""

    message: str = ""
    event: str = ""


def page(customer_ids: Sequence[str], limit: int, after: str | None = None) -> Page:
    """At most `limit` entries of those customers, who are one person, behind the place `after`.

    Two queries a customer, all at once, then one batch a hundred rows.
    """
    reached = _Place(*after.split(" ")) if after else _Place()
    listed = list(islice(_in_order(customer_ids, limit + 1, reached), limit + 1))
    given, more = listed[:limit], len(listed) > limit
    return Page(tuple(_entries(given, customer_ids)), _joined(_moved(reached, given)) if more else None)


def _in_order(customer_ids: Sequence[str], most: int, reached: _Place) -> Iterator[Listed | CustomerEvent]:
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        said = [pool.submit(customer_messages.newest, id, most, reached.message or None) for id in customer_ids]
        happened = [pool.submit(customer_events.page, [id], most, reached.event or None) for id in customer_ids]
    lists: list[Sequence[Listed | CustomerEvent]] = [*(one.result() for one in said)]
    lists += [one.result()[0] for one in happened]
    for _, same in groupby(merge(*lists, key=_order, reverse=True), key=_order):
        yield next(same)  # what a customer wrote into the ticket of one merged with him is on both lists


def _order(one: Listed | CustomerEvent) -> tuple[str, str]:
    """Of messages the time in their ids, by which the index has them; the row's own may be a moment off."""
    if isinstance(one, CustomerEvent):
        return keys.time(one.occurred_at), one.id
    return keys.time(ids.time_of(one.message_id)), one.message_id


def _moved(reached: _Place, given: Sequence[Listed | CustomerEvent]) -> _Place:
    said = [one.message_id for one in given if isinstance(one, Listed)]
    happened = [_sort_key(one) for one in given if isinstance(one, CustomerEvent)]
    return _Place((said or [reached.message])[-1], (happened or [reached.event])[-1])


def _sort_key(event: CustomerEvent) -> str:
    return keys.customer_event(event.customer_id, event.occurred_at, event.id)[1]


def _joined(place: _Place) -> str:
    return f"{place.message} {place.event}"


def _entries(given: Sequence[Listed | CustomerEvent], customer_ids: Sequence[str]) -> Iterator[Entry]:
    read = _read([one for one in given if isinstance(one, Listed)], customer_ids)
    for one in given:
        if isinstance(one, CustomerEvent):
            yield Entry(one.occurred_at, event=one)
        elif one.message_id in read:
            yield read[one.message_id]


def _read(listed: Sequence[Listed], customer_ids: Sequence[str]) -> dict[str, Entry]:
    wanted = [keys.message(one.ticket_id, one.message_id) for one in listed]
    wanted += [keys.delivery(one.ticket_id, one.message_id, "reply") for one in listed]
    wanted += [keys.ticket(one.ticket_id) for one in listed]
    found = list(rows.batch(wanted).values())
    said = messages.all_whole([messages.as_message(row) for row in found if isinstance(row, MessageRow)])
    sent = {row.message_id: deliveries.as_delivery(row) for row in found if isinstance(row, DeliveryRow)}
    homes = {row.id: tickets.as_ticket(row) for row in found if isinstance(row, TicketRow)}
    holders = _holders(said, homes)
    entries = (Entry(one.created_at, one, holders.get(one.id), sent.get(one.id)) for one in said)
    return {one.message.id: one for one in entries if one.message and _is_of(one, customer_ids)}


def _holders(said: Sequence[Message], homes: dict[str, Ticket]) -> dict[str, Ticket]:
    """The tickets that messages are read in: where they were written, or what they were split off into."""
    moved = {one.id: homes[one.ticket_id].parts.holder_of(one.id) for one in said if one.ticket_id in homes}
    others = {id for id in moved.values() if id}
    known = homes | (tickets.get_all(others) if others else {})
    placed = {one.id: known.get(moved.get(one.id) or one.ticket_id) for one in said}
    return {id: ticket for id, ticket in placed.items() if ticket}


def _is_of(entry: Entry, customer_ids: Sequence[str]) -> bool:
    """Whether it is still one of his: what was split off into another's ticket is not, unless he wrote it."""
    message, ticket = entry.message, entry.ticket
    wrote = message is not None and message.from_customer and message.author.id in customer_ids
    return wrote or (ticket is not None and ticket.customer_id in customer_ids)
