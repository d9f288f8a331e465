"""All tickets that were opened as one customer's, merged or not: for those who must miss none, oldest first."""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.store import changes
from chalicelib.store.table import Row

PIECE = 100


@dataclass(frozen=True)
class Found:
    """A ticket; `place` is where it stands in the list."""

    ticket_id: str
    place: str


def page(customer_id: str, after: str = "") -> list[Found]:
    """The next tickets behind the place `after`; none at the end."""
    changes.connection()
    pk = f"CUSTOMER#{customer_id}"
    found = Row.customer.query(pk, Row.customer_sk > after if after else None, limit=PIECE)
    return [Found(row.pk.removeprefix("TICKET#"), row.customer_sk) for row in found]


def count(customer_ids: Iterable[str]) -> int:
    changes.connection()
    return sum(Row.customer.count(f"CUSTOMER#{id}") for id in customer_ids)
