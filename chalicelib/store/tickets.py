"""Tickets and their threads. A ticket with its newest messages is one query; lists of tickets are in ticket_lists.

One that others were merged into is read with all of them: see `family` and store/threads.
"""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from pynamodb.expressions.update import Action

from chalicelib.domain import ticket as life
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.message import Message
from chalicelib.domain.parts import Parts
from chalicelib.domain.ticket import Rules, Ticket
from chalicelib.store import changes, copied, keys, messages, rows, threads
from chalicelib.store import parts as ticket_parts
from chalicelib.store.changes import Changes
from chalicelib.store.table import PointerRow, Row, TicketRow
from chalicelib.store.threads import Piece

LISTED_SUBJECT = 200
PAGE = 50
LABELS = ("tags", "cc", "external_id", "linked_ticket_id", "merged_into", "split_from")


@dataclass(frozen=True)
class Thread:
    """A ticket with its newest messages, oldest first; `before` is where to read on for older ones, None at the start.

    `deliveries` is by message id and purpose. A message's `ticket_id` is where it was written; `merged_from` names the
    ticket that holds it, by its id, for those that others brought along.
    """

    ticket: Ticket
    messages: tuple[Message, ...]
    deliveries: dict[tuple[str, str], Delivery]
    before: str | None = None
    merged_from: dict[str, Ticket] = field(default_factory=dict)


def get(ticket_id: str) -> Ticket | None:
    row = rows.get(TicketRow, keys.ticket(ticket_id))
    return as_ticket(row) if row else None


def id_of(number: int) -> str | None:
    """The id of the ticket with that number."""
    row = rows.get(PointerRow, keys.number(number))
    return row.ticket_id if row else None


def get_all(ticket_ids: Iterable[str]) -> dict[str, Ticket]:
    """Tickets by id, read strongly."""
    found = rows.batch([keys.ticket(id) for id in ticket_ids]).values()
    return {row.id: as_ticket(row) for row in found if isinstance(row, TicketRow)}


def survivor(ticket: Ticket) -> Ticket:
    """The ticket that stands for it now: itself, unless it was merged into another."""
    into: Ticket | None = ticket
    while into and into.merged_into:
        ticket, into = into, get(into.merged_into)
    return into or ticket


def above(ticket: Ticket) -> list[Ticket]:
    """The ticket it was merged into, and whom that, up to the one that stands for all; none for one on its own."""
    found: list[Ticket] = []
    while ticket.merged_into and (into := get(ticket.merged_into)):
        found.append(into)
        ticket = into
    return found


def holding(ticket: Ticket, message_id: str | None) -> Ticket:
    """The ticket where a message written in `ticket` is read now: what holds it, or stands for that."""
    holder = ticket.parts.holder_of(message_id) if message_id else None
    return survivor((get(holder) if holder else None) or ticket)


def showing(home: Ticket, message_id: str) -> list[Ticket]:
    """The tickets that may show a message written in `home` as their last: where it is held, and what stands for that.

    `home` comes first: taken out of a merge or not, it counts what was written in it.
    """
    holder = home.parts.holder_of(message_id)
    found = [home, *above(home)]
    if holder and (held := get(holder)):
        found += [held, *above(held)]
    return list({one.id: one for one in found}.values())


def family(ticket: Ticket) -> list[Ticket]:
    """The ticket, and all that were merged into it and into those: one read a generation."""
    found, wanted = [ticket], ticket.parts.joined_ids
    while wanted:
        generation = get_all(wanted)
        found.extend(generation.values())
        wanted = [id for one in generation.values() for id in one.parts.joined_ids]
    return found


def thread(ticket_id: str, limit: int = PAGE) -> Thread | None:
    """The ticket with its newest `limit` messages: one query for all but the longest, and those made of others."""
    pk, last = keys.ticket(ticket_id)
    found = threads.read_down(pk, Row.sk.between("MESSAGE#", last), limit)
    if not found or not isinstance(found[0], TicketRow):
        return None
    ticket = as_ticket(found[0])
    return newest(family(ticket), limit) if ticket.parts.elsewhere else _alone(ticket, found, limit)


def newest(together: Sequence[Ticket], limit: int = PAGE) -> Thread:
    """The first of the tickets, with the newest messages of all of them."""
    return _together(together, threads.newest(together, limit + 1), limit)


def telling(together: Sequence[Ticket]) -> tuple[Message, ...]:
    """The newest messages of the tickets together, back to one that the customer can see, if there is any."""
    found = newest(together)
    listed = found.messages
    while found.before and not any(one.is_public and not one.unknown_sender for one in listed):
        found = _together(together, threads.newest(together, PAGE + 1, found.before), PAGE)
        listed = (*found.messages, *listed)
    return listed


def older(ticket: Ticket, before: str, limit: int = PAGE) -> Thread:
    """The `limit` messages before the message `before`."""
    if ticket.parts.elsewhere:
        together = family(ticket)
        return _together(together, threads.newest(together, limit + 1, before), limit)
    pk, sk = keys.message(ticket.id, before)
    found = [row for row in threads.read_down(pk, Row.sk.between("MESSAGE#", sk), limit + 1) if row.sk != sk]
    return _alone(ticket, found, limit)


def messages_after(
    ticket: Ticket, after: str | None, limit: int
) -> tuple[list[Message], dict[tuple[str, str], Delivery]]:
    """At most `limit` messages that came after the message `after`, oldest first, with their deliveries."""
    found = threads.following(family(ticket) if ticket.parts.elsewhere else [ticket], after, limit)
    return list(found.messages), found.deliveries


def message_in(ticket: Ticket, message_id: str) -> Message | None:
    """The whole message, if it is one of the ticket's thread, whichever ticket it was written in."""
    listed = threads.picked(family(ticket), [message_id]).messages
    return messages.whole(listed[0]) if listed else None


def add(change: Changes, ticket: Ticket, rules: Rules) -> Ticket:
    """Write a ticket that is new, with the pointer from its number, and where it is found by who is in copy."""
    new = replace(ticket, version=1)
    copied.note(change, new.id, new.cc)
    change.add(row_of(new, rules))
    change.add(PointerRow(keys.number(new.number), ticket_id=new.id))
    return new


def save(change: Changes, ticket: Ticket, rules: Rules) -> Ticket:
    """Write a ticket in place of the version it was decided on."""
    new = replace(ticket, version=ticket.version + 1)
    change.replace(row_of(new, rules), ticket.version)
    return new


def check(change: Changes, ticket: Ticket) -> None:
    """Let `change` happen only while the ticket is as it was read."""
    change.check(TicketRow(keys.ticket(ticket.id)), Row.version == ticket.version)


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


def show_preview(ticket_id: str, old: str, new: str) -> None:
    """Write the first words of a message that was read anew over those that a list shows of it; no change of the
    ticket, whose version stays."""
    if old != new:
        change = Changes()
        change.update(TicketRow(keys.ticket(ticket_id)), [TicketRow.preview.set(new)], TicketRow.preview == old)
        with suppress(changes.Stale):
            change.commit()


def row_of(ticket: Ticket, rules: Rules) -> TicketRow:
    row = TicketRow(keys.ticket(ticket.id), **rows.attributes(ticket, "subject", "customer_name", "parts", *LABELS))
    row.labels = _labels_of(ticket) or None
    row.parts = ticket_parts.stored(ticket.parts)
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
    return rows.noun(Ticket, row, subject=subject, parts=ticket_parts.read(row.parts), **_labels(row))


def _labels_of(ticket: Ticket) -> dict[str, Any]:
    """What people put on the ticket.

    Of custom fields the lists only learn that there are some: four indexes would pay for every one of them at every
    change.
    """
    found = {name: value for name in LABELS if (value := getattr(ticket, name))}
    return found | ({"fields": len(ticket.custom_fields)} if ticket.custom_fields else {})


def as_listed(row: Row) -> Ticket:
    """A ticket as its index row tells it.

    It is complete but for a long subject's end, what no list shows, and its custom fields, for which `{"…": n}` stands
    when there are any.
    """
    assert isinstance(row, TicketRow)
    id = row.pk.removeprefix("TICKET#")
    count = (row.labels or {}).get("fields")
    fields = {"…": count} if count else {}
    given = {"id": id, "customer_name": row.customer_name or "", "custom_fields": fields, "parts": Parts()}
    return rows.noun(Ticket, row, **given, **_labels(row))


def _labels(row: TicketRow) -> dict[str, Any]:
    found = row.labels or {}
    return {name: found.get(name) for name in LABELS} | {name: tuple(found.get(name, ())) for name in ("tags", "cc")}


def cut(text: str, octets: int) -> str:
    """At most `octets` of UTF-8, never half a character: rows on an index are paid by the kilobyte."""
    return text.encode()[:octets].decode(errors="ignore")


def _alone(ticket: Ticket, found: Iterable[Row], limit: int) -> Thread:
    """The thread of a ticket that is whole, out of its own rows, newest first."""
    listed, sent = threads.split(found)
    kept = listed[:limit][::-1]
    return Thread(ticket, tuple(kept), sent, kept[0].id if len(listed) > limit else None)


def _together(together: Sequence[Ticket], found: Piece, limit: int) -> Thread:
    ticket, *others = together
    kept = found.messages[-limit:]
    known = {one.id: one for one in others}
    merged_from = {id: known[holder] for id, holder in found.holders.items() if holder in known}
    before = kept[0].id if len(found.messages) > limit else None
    return Thread(ticket, kept, found.deliveries, before, merged_from)
