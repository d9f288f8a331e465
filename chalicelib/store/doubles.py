"""Who has something in common with whom: small rows beside the customers, written after the event of their change.

A customer's rows are listed in his own partition, so that they go when he changes or is forgotten. What he has in
common by orders is named there by his events' own rows (`NAMED#`), with the same hash.
"""

from collections.abc import Collection, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from chalicelib.domain.doubles import MOST_ALIKE
from chalicelib.store import changes, keys
from chalicelib.store.changes import Changes
from chalicelib.store.table import DoubleKeysRow, DoubleRow, NotSameRow, Row

_AT_ONCE = 16


@dataclass(frozen=True)
class Known:
    """`partitions` are what somebody is found by, `others` those of whom it was said that they are not him."""

    partitions: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()
    version: int = 0


def of(customer_id: str) -> Known:
    """What is known of that very customer: one query."""
    changes.connection()
    pk, _ = keys.double_keys(customer_id)
    found = list(Row.query(pk, Row.sk.startswith("DOUBLE#"), consistent_read=True))
    listed = next((row for row in found if isinstance(row, DoubleKeysRow)), None)
    others = frozenset(row.other_id for row in found if isinstance(row, NotSameRow))
    return Known(frozenset(listed.listed), others, int(listed.version)) if listed else Known(others=others)


def of_all(customer_ids: Sequence[str]) -> Known:
    """The same of several, who are one person."""
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = list(pool.map(of, customer_ids))
    partitions = frozenset(one for known in found for one in known.partitions)
    return Known(partitions, frozenset(one for known in found for one in known.others))


def place(change: Changes, customer_id: str, partitions: Collection[str], known: Known) -> None:
    """Let the customer be found by these partitions, and by no others."""
    for gone in known.partitions - set(partitions):
        change.delete(DoubleRow((gone, customer_id)))
    for new in set(partitions) - known.partitions:
        change.put(row_in(new, customer_id))
    row = DoubleKeysRow(keys.double_keys(customer_id), listed=sorted(partitions), version=known.version + 1)
    if known.version:
        change.replace(row, known.version)
    else:
        change.add(row)


def row_in(partition: str, customer_id: str) -> DoubleRow:
    return DoubleRow((partition, customer_id), customer_id=customer_id)


def sharing(partitions: Iterable[str]) -> dict[str, list[str]]:
    """Who is in each of the partitions: one query each, all at once. What more than 20 share tells nothing: nobody."""
    listed = list(partitions)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return dict(zip(listed, pool.map(_sharing, listed), strict=True))


def kind_of(partition: str) -> str:
    """The kind that `keys.double` put into it."""
    return partition.removeprefix("DOUBLE#").partition(":")[0]


def part(change: Changes, one_id: str, other_id: str) -> None:
    """Keep that the two are not one person."""
    change.put(NotSameRow(keys.not_same(one_id, other_id), other_id=other_id))
    change.put(NotSameRow(keys.not_same(other_id, one_id), other_id=one_id))


def _sharing(partition: str) -> list[str]:
    changes.connection()
    found = [row.sk for row in Row.query(partition, limit=MOST_ALIKE + 1, page_size=MOST_ALIKE + 1)]
    return found if len(found) <= MOST_ALIKE else []
