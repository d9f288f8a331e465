"""Tickets and their threads. A ticket with its newest messages is one query; lists of tickets are in ticket_lists."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain import ticket as life
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Rules, Ticket
from chalicelib.store import changes, deliveries, keys, messages, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import DeliveryRow, MessageRow, PointerRow, Row, TicketRow

LISTED_SUBJECT = 200
PAGE = 50
LABELS = ("tags", "external_id", "linked_ticket_id")


@dataclass(frozen=True)
class Thread:
    """A ticket with its newest messages, oldest first; `before` is where to read on for older ones, None at the start.

    `deliveries` is by message id and purpose.
    """

    ticket: Ticket
    messages: tuple[Message, ...]
    deliveries: dict[tuple[str, str], Delivery]
    before: str | None = None


def get(ticket_id: str) -> Ticket | None:
    row = rows.get(TicketRow, keys.ticket(ticket_id))
    return as_ticket(row) if row else None


def id_of(number: int) -> str | None:
    """The id of the ticket with that number."""
    row = rows.get(PointerRow, keys.number(number))
    return row.ticket_id if row else None


def thread(ticket_id: str, limit: int = PAGE) -> Thread | None:
    """The ticket with its newest `limit` messages: one query for all but the longest."""
    pk, last = keys.ticket(ticket_id)
    condition = Row.sk.between("MESSAGE#", last)
    found = _read_down(pk, condition, limit)
    if not found or not isinstance(found[0], TicketRow):
        return None
    return _thread(as_ticket(found[0]), found[1:], limit)


def older(ticket: Ticket, before: str, limit: int = PAGE) -> Thread:
    """The `limit` messages before the message `before`."""
    pk, sk = keys.message(ticket.id, before)
    found = [row for row in _read_down(pk, Row.sk.between("MESSAGE#", sk), limit + 1) if row.sk != sk]
    return _thread(ticket, found, limit)


def messages_after(
    ticket_id: str, after: str | None, limit: int
) -> tuple[list[Message], dict[tuple[str, str], Delivery]]:
    """At most `limit` messages that came after the message `after`, oldest first, with their deliveries."""
    pk, sk = keys.message(ticket_id, after or "")
    start = sk + "$" if after else sk  # '$' sorts behind '#': what hangs on that message is passed over too
    found: list[Row] = []
    changes.connection()
    for row in Row.query(pk, Row.sk.between(start, "MESSAGE$"), consistent_read=True, page_size=limit * 2 + 1):
        if isinstance(row, MessageRow) and sum(isinstance(r, MessageRow) for r in found) == limit:
            break
        found.append(row)
    return _split(found)


def add(change: Changes, ticket: Ticket, rules: Rules) -> Ticket:
    """Write a ticket that is new, with the pointer from its number."""
    new = replace(ticket, version=1)
    change.add(row_of(new, rules))
    change.add(PointerRow(keys.number(new.number), ticket_id=new.id))
    return new


def save(change: Changes, ticket: Ticket, rules: Rules) -> Ticket:
    """Write a ticket in place of the version it was decided on."""
    new = replace(ticket, version=ticket.version + 1)
    change.replace(row_of(new, rules), ticket.version)
    return new


def set_timer(ticket: Ticket, rules: Rules) -> None:
    """Write when the ticket's timer must look again, and nothing else; a ticket that changed meanwhile has done so."""
    wanted = row_of(ticket, rules)
    moved: list[Action] = [Row.due_pk.remove(), Row.due_sk.remove()]
    if wanted.due_sk:
        moved = [Row.due_pk.set(wanted.due_pk), Row.due_sk.set(wanted.due_sk)]
    change = Changes()
    change.update(TicketRow(keys.ticket(ticket.id)), moved, Row.version == ticket.version)
    with suppress(changes.Stale):
        change.commit()


def row_of(ticket: Ticket, rules: Rules) -> TicketRow:
    row = TicketRow(keys.ticket(ticket.id), **rows.attributes(ticket, "subject", "customer_name", *LABELS))
    row.labels = _labels_of(ticket) or None
    row.subject = cut(ticket.subject, LISTED_SUBJECT) or "-"
    row.full_subject = ticket.subject
    row.customer_name = cut(ticket.customer_name, 80)
    row.index("inbox", keys.inbox(ticket.team_id, ticket.group, ticket.updated_at, ticket.id))
    row.index("assignee", keys.assignee(ticket.assignee_id, ticket.group, ticket.updated_at, ticket.id))
    row.index("customer", keys.customer_tickets(ticket.customer_id, ticket.created_at, ticket.id))
    row.index("created", keys.created("TICKET", ticket.created_at, ticket.id))
    next_at = life.next_at(ticket, rules)
    row.index("due", keys.due(next_at, ticket.id) if next_at else None)
    return row


def as_ticket(row: TicketRow) -> Ticket:
    subject = row.full_subject if row.full_subject is not None else row.subject
    return rows.noun(Ticket, row, subject=subject, **_labels(row))


def _labels_of(ticket: Ticket) -> dict[str, Any]:
    """What people put on the ticket. Of custom fields the lists only learn that there are some: four indexes would

    pay for every one of them at every change.
    """
    found = {name: value for name in LABELS if (value := getattr(ticket, name))}
    return found | ({"fields": len(ticket.custom_fields)} if ticket.custom_fields else {})


def as_listed(row: Row) -> Ticket:
    """A ticket as its index row tells it: complete but for a long subject's end, what no list shows, and its custom

    fields, for which `{"…": n}` stands when there are any.
    """
    assert isinstance(row, TicketRow)
    id = row.pk.removeprefix("TICKET#")
    count = (row.labels or {}).get("fields")
    fields = {"…": count} if count else {}
    return rows.noun(Ticket, row, id=id, customer_name=row.customer_name or "", custom_fields=fields, **_labels(row))


def _labels(row: TicketRow) -> dict[str, Any]:
    found = row.labels or {}
    return {name: found.get(name) for name in LABELS} | {"tags": tuple(found.get("tags", ()))}


def cut(text: str, octets: int) -> str:
    """At most `octets` of UTF-8, never half a character: rows on an index are paid by the kilobyte."""
    return text.encode()[:octets].decode(errors="ignore")


def _read_down(pk: str, condition: Any, limit: int) -> list[Row]:
    """Rows from the end until `limit` messages are complete; PynamoDB follows LastEvaluatedKey."""
    found: list[Row] = []
    seen = 0
    changes.connection()
    for row in Row.query(pk, condition, scan_index_forward=False, consistent_read=True, page_size=limit * 2 + 2):
        found.append(row)
        seen += isinstance(row, MessageRow)
        if seen > limit:
            break
    return found


def _thread(ticket: Ticket, found: Iterable[Row], limit: int) -> Thread:
    listed, sent = _split(found)
    listed.reverse()
    more = len(listed) > limit
    kept = listed[-limit:]
    return Thread(ticket, tuple(kept), sent, kept[0].id if more else None)


def _split(found: Iterable[Row]) -> tuple[list[Message], dict[tuple[str, str], Delivery]]:
    listed = [messages.as_message(row) for row in found if isinstance(row, MessageRow)]
    sent = [deliveries.as_delivery(row) for row in found if isinstance(row, DeliveryRow)]
    return listed, {(d.message_id, d.purpose): d for d in sent}
