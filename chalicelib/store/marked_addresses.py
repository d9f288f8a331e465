"""Addresses that nothing is to be sent to, whether or not they are contacts: mail came back from them for good, or
their owners wish it so.

Each is kept as a hash, so that it outlives whoever is erased and tells nobody who he was.
"""

from datetime import datetime

from chalicelib.domain.contact import mailbox
from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import MarkedAddressRow

# The owner complained; or did not want mail, or the shop none sent to him, when he was erased as a customer.
WISHES = ("complaint", "opted-out", "switched-off")


def mark_of(email: str) -> str | None:
    """`bounce`, or one of the `WISHES`; None for an address of which nothing was heard."""
    row = rows.get(MarkedAddressRow, keys.marked_address(mailbox(email)))
    return row.mark if row else None


def mark(change: Changes, email: str, mark: str, now: datetime) -> None:
    """Set the mark, in place of one that was there."""
    change.put(MarkedAddressRow(keys.marked_address(mailbox(email)), mark=mark, marked_at=now))


def unmark(change: Changes, email: str, mark: str) -> None:
    """Take the mark away, if it is still that one."""
    change.delete(MarkedAddressRow(keys.marked_address(mailbox(email))), MarkedAddressRow.mark == mark)
