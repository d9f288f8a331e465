"""In which tickets an address is in copy, or was: so that it is found there when its owner is forgotten.

A row is written with what it tells of, so that none is missing; one that leads to a ticket without the address does
no harm.
"""

from collections.abc import Iterable

from chalicelib import ids
from chalicelib.store import changes, keys
from chalicelib.store.changes import Changes
from chalicelib.store.table import CopiedRow, Row

# So many of a transaction's rows may be these. Only a split brings more at once, of a ticket that is taken up before
# the new one when an address is forgotten, as its id is older: so these may stand there early.
MOST_TOGETHER = 40


def note(change: Changes, ticket_id: str, addresses: Iterable[str]) -> None:
    """Keep, with `change`, that they are in copy there from now on; twice is once."""
    named = {keys.copied(address, ticket_id): None for address in addresses}
    missing = [CopiedRow(key, stamp=ids.new("cpd")) for key in named if not change.writes(key)]
    for row in missing[:MOST_TOGETHER]:
        change.put(row)
    if early := missing[MOST_TOGETHER:]:
        changes.connection()
        with Row.batch_write() as batch:
            for row in early:
                batch.save(row)


def tickets_of(address: str, most: int) -> dict[str, str | None]:
    """The ids of some of those tickets, oldest first, at most so many, each with the stamp that `forget` wants."""
    changes.connection()
    pk, _ = keys.copied(address, "")
    found = Row.query(pk, consistent_read=True, limit=most)
    return {row.sk: row.stamp for row in found if isinstance(row, CopiedRow)}


def forget(address: str, ticket_id: str, stamp: str | None) -> bool:
    """It is in copy there no more, nor in anything that was said; False if it was put there again meanwhile."""
    change = Changes()
    same = CopiedRow.stamp == stamp if stamp else CopiedRow.stamp.does_not_exist()
    change.delete(CopiedRow(keys.copied(address, ticket_id)), same)
    return change.took()
