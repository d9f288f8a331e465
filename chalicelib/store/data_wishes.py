"""What a customer asked for with his own data: the newest export, and an erasure that can still be called off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import DataWishRow

EXPORT, ERASURE = "EXPORT", "ERASURE"


@dataclass(frozen=True)
class DataWish:
    """`job_id` is the job of an export, `erase_at` when an erasure is carried out."""

    customer_id: str
    asked_at: datetime
    job_id: str | None = None
    erase_at: datetime | None = None


def find(customer_ids: Sequence[str], what: str) -> DataWish | None:
    """The newest such wish of somebody who has those ids."""
    found = rows.batch([keys.data_wish(id, what) for id in customer_ids]).values()
    wishes = [rows.noun(DataWish, row) for row in found if isinstance(row, DataWishRow)]
    return max(wishes, key=lambda wish: wish.asked_at, default=None)


def put(wish: DataWish, what: str) -> None:
    """Write it in place of the one before."""
    changes.connection()
    row = DataWishRow(keys.data_wish(wish.customer_id, what), **rows.attributes(wish))
    row.index("due", keys.due(wish.erase_at, wish.customer_id) if wish.erase_at else None)
    row.save()


def remove(customer_ids: Sequence[str], what: str) -> None:
    change = Changes()
    for id in customer_ids:
        change.delete(DataWishRow(keys.data_wish(id, what)))
    change.commit()
