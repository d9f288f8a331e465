"""Who had the last word in each of a few tickets, and whether the reader has seen it: two reads for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Ticket
from chalicelib.store import changes, keys, messages, rows
from chalicelib.store.table import MessageRow, ReadMarkRow, TicketRow


@dataclass(frozen=True)
class LastWord:
    """`message` is the newest that a customer can see, where it stands in the ticket's own thread."""

    message: Message | None = None
    unread: bool = False


def of(listed: Sequence[Ticket], reader_ids: Sequence[str]) -> dict[str, LastWord]:
    """By ticket id, for the reader who has those ids; what he wrote himself he has read."""
    marks = {ticket.id: keys.read_mark(_holder(ticket, reader_ids), ticket.id) for ticket in listed}
    stored = rows.batch([*(keys.ticket(ticket.id) for ticket in listed), *marks.values()])
    newest = {row.id: row.last_public_id for row in stored.values() if isinstance(row, TicketRow)}
    places = [keys.message(id, last) for id, last in newest.items() if last]
    found = [messages.as_message(row) for row in rows.batch(places).values() if isinstance(row, MessageRow)]
    seen = {row.ticket_id: row.message_id for row in stored.values() if isinstance(row, ReadMarkRow)}
    by_ticket = {message.ticket_id: message for message in found if not message.unknown_sender}
    return {id: _word(by_ticket.get(id), last or "", seen.get(id, ""), reader_ids) for id, last in newest.items()}


def mark_read(ticket: Ticket, reader_ids: Sequence[str]) -> None:
    """Keep that the reader has seen the ticket as it is. It stands with whom the ticket is of, where that is he."""
    if ticket.last_public_id is None:
        return
    key = keys.read_mark(_holder(ticket, reader_ids), ticket.id)
    row = rows.get(ReadMarkRow, key)
    if row is None or row.message_id < ticket.last_public_id:
        changes.connection()
        ReadMarkRow(key, ticket_id=ticket.id, message_id=ticket.last_public_id).save()


def _holder(ticket: Ticket, reader_ids: Sequence[str]) -> str:
    return ticket.customer_id if ticket.customer_id in reader_ids else reader_ids[0]


def _word(message: Message | None, last: str, seen: str, reader_ids: Sequence[str]) -> LastWord:
    own = message is not None and message.from_customer and message.author.id in reader_ids
    return LastWord(message, unread=message is not None and not own and last > seen)
