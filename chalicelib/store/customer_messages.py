"""Every message of a customer in one list, whatever its ticket and channel: an index names them, whoever asks reads

the messages themselves. What is merged or split moves none: each stays with whom it was written by, or to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.message import Message
from chalicelib.store import changes, keys
from chalicelib.store.changes import Changes
from chalicelib.store.table import MessageRow, Row, WroteElsewhereRow


@dataclass(frozen=True)
class Listed:
    """Where a message is, and when it was written."""

    message_id: str
    ticket_id: str
    created_at: datetime


def newest(customer_id: str, most: int, before: str | None = None) -> list[Listed]:
    """At most that many messages of that very customer, newest first, older than the message `before`: one query."""
    changes.connection()
    pk, place = keys.customer_messages(customer_id, before or "")
    older = Row.customer_sk < place if before else None
    found = Row.customer.query(pk, older, scan_index_forward=False, limit=most, page_size=most)
    return [_listed(row) for row in found if isinstance(row, MessageRow | WroteElsewhereRow)]


def find(customer_ids: Sequence[str], message_id: str) -> str | None:
    """The id of the ticket that a message on the list of any of those customers was written in."""
    changes.connection()
    for customer_id in customer_ids:
        pk, place = keys.customer_messages(customer_id, message_id)
        for row in Row.customer.query(pk, Row.customer_sk == place, limit=1):
            if isinstance(row, MessageRow | WroteElsewhereRow):
                return _listed(row).ticket_id
    return None


def list_with_writer(change: Changes, message: Message) -> None:
    """Put a message that stands in somebody else's ticket on its writer's list, too; twice is once."""
    writer = message.author.id or ""
    row = WroteElsewhereRow(keys.wrote_elsewhere(writer, message.id, message.ticket_id), created_at=message.created_at)
    row.index("customer", keys.customer_messages(writer, message.id))
    change.put(row)


def elsewhere(customer_id: str, most: int) -> list[Listed]:
    """At most that many of the messages that he wrote into tickets of others."""
    changes.connection()
    pk, _ = keys.customer(customer_id)
    found = Row.query(pk, Row.sk.between("WROTE#", "WROTE$"), consistent_read=True, limit=most)
    named = ((row.sk.split("#"), row) for row in found if isinstance(row, WroteElsewhereRow))
    return [Listed(message_id, ticket_id, row.created_at) for (_, message_id, ticket_id), row in named]


def forget_elsewhere(customer_id: str, listed: Listed) -> None:
    """Take one of those off his list."""
    change = Changes()
    change.delete(WroteElsewhereRow(keys.wrote_elsewhere(customer_id, listed.message_id, listed.ticket_id)))
    change.commit()


def _listed(row: MessageRow | WroteElsewhereRow) -> Listed:
    ticket_id = row.pk.removeprefix("TICKET#") if isinstance(row, MessageRow) else row.sk.rpartition("#")[2]
    return Listed(row.customer_sk, ticket_id, row.created_at)
