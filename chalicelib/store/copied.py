"""In which tickets an address is in copy, or was: so that it is found there when its owner is forgotten.

A row is written before what it tells of, so that none is missing; one that leads to a ticket without the address does
no harm.
"""

from collections.abc import Iterable

from chalicelib.store import changes, keys
from chalicelib.store.table import CopiedRow, Row


def note(ticket_id: str, addresses: Iterable[str]) -> None:
    """Keep that they are in copy there from now on; twice is once."""
    wanted = list(dict.fromkeys(addresses))
    if not wanted:
        return
    changes.connection()
    with Row.batch_write() as batch:
        for address in wanted:
            batch.save(CopiedRow(keys.copied(address, ticket_id)))


def tickets_of(address: str, most: int) -> list[str]:
    """The ids of some of those tickets, at most so many."""
    changes.connection()
    pk, _ = keys.copied(address, "")
    return [row.sk for row in Row.query(pk, consistent_read=True, limit=most)]


def forget(address: str, ticket_id: str) -> None:
    """It is in copy there no more, nor in anything that was said."""
    changes.connection()
    CopiedRow(keys.copied(address, ticket_id)).delete()
