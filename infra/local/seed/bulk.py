"""Rows written by the batch, for worlds made in one go: no conditions, no transactions, no events to dispatch."""

from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.store import changes
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row


class Bulk(Changes):
    """Takes what a `Changes` takes, any number of it, into a world where nothing of it stands yet."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[tuple[str, str], Row] = {}

    def add(self, row: Row, guard: bool = False) -> None:
        self.put(row)

    def put(self, row: Row, condition: Condition | None = None, guard: bool = False) -> None:
        self._rows[row.pk, row.sk] = row

    def check(self, row: Row, condition: Condition) -> None:
        """Nobody else is at work in a world that is being made."""

    def replace(self, row: Row, version: int) -> None:
        self.put(row)

    def update(self, row: Row, actions: list[Action], condition: Condition | None = None) -> None:
        raise TypeError("a bulk only adds rows")

    def delete(self, row: Row, condition: Condition | None = None) -> None:
        """Take back what was added in this bulk."""
        del self._rows[row.pk, row.sk]

    def __len__(self) -> int:
        return len(self._rows)

    def commit(self) -> None:
        """Write all rows collected so far."""
        changes.connection()
        with Row.batch_write() as batch:
            for row in self._rows.values():
                batch.save(row)
        self._rows.clear()
