"""What else lies in a customer's own partition and goes when he is forgotten: notes about him, what he wrote into

tickets of others (the place in his list, not the message), by what he was found as somebody's double, how far he read.
"""

from itertools import chain, islice

from chalicelib.store import changes, keys
from chalicelib.store.changes import Changes
from chalicelib.store.table import DoubleKeysRow, DoubleRow, NotSameRow, Row

_PIECE = 20
_KINDS = ("NOTE", "WROTE", "DOUBLE", "CODE", "READ", "WISH")
# Of a transaction's 100 rows; a customer is found by fewer than this.
_MOST_DELETES = 90


def erase_some(customer_id: str) -> bool:
    """Take away the next of them; whether there may be more."""
    changes.connection()
    pk, _ = keys.customer(customer_id)
    queries = (
        Row.query(pk, Row.sk.between(f"{kind}#", f"{kind}$"), consistent_read=True, limit=_PIECE) for kind in _KINDS
    )
    piece = list(islice(chain.from_iterable(queries), _PIECE))
    gone = [one for row in piece for one in (*_beside(row, customer_id), row)]
    for start in range(0, len(gone), _MOST_DELETES):
        _delete(gone[start : start + _MOST_DELETES])
    return len(piece) == _PIECE


def _beside(row: Row, customer_id: str) -> list[Row]:
    """The rows in other partitions that this one leads to."""
    if isinstance(row, DoubleKeysRow):
        return [DoubleRow((partition, customer_id)) for partition in row.listed]
    if isinstance(row, NotSameRow):
        return [NotSameRow(keys.not_same(row.other_id, customer_id))]
    return []


def _delete(gone: list[Row]) -> None:
    change = Changes()
    for row in gone:
        change.delete(row)
    change.commit()
