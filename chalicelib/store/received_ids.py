"""Which message is the mail that a person sent under a Message-ID.

Kept for each sender apart, and never where our own ids are: anybody can send a mail under any id, so what one sends
says nothing about the mails of others. Only to say where an id points is it kept who sent the first mail under it.
"""

from collections.abc import Iterable

from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import PointerRow


def remember(change: Changes, message_ids: Iterable[str], address: str, ticket_id: str, message_id: str) -> None:
    """Keep under which ids a message came from whoever proved that the address is his; of his own the newest counts."""
    for id in message_ids:
        place = {"ticket_id": ticket_id, "message_id": message_id}
        change.put(PointerRow(keys.received_id(id, address), **place))
        if rows.get(PointerRow, keys.received_id(id)) is None:
            change.add(PointerRow(keys.received_id(id), **place))


def forget(change: Changes, header: str, address: str, message_id: str) -> None:
    """Take away what leads to that message; what leads to others under the same id stays."""
    for key in (keys.received_id(header, address), keys.received_id(header), keys.email_id(header)):
        row = rows.get(PointerRow, key)
        if row and row.message_id == message_id:
            change.delete(PointerRow(key), PointerRow.message_id == message_id)
