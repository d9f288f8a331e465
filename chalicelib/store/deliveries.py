"""The state of each sending, in a row beside its message, so that a receipt changes neither ticket nor version."""

from collections.abc import Callable
from typing import Any

from chalicelib.domain import delivery as rules
from chalicelib.domain.delivery import Delivery
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import DeliveryRow, Row


def get(ticket_id: str, message_id: str, purpose: str) -> Delivery | None:
    row = rows.get(DeliveryRow, keys.delivery(ticket_id, message_id, purpose))
    return as_delivery(row) if row else None


def of_message(ticket_id: str, message_id: str) -> list[Delivery]:
    """All sendings of the message: to its customer, and to the agents who were told of it."""
    pk, sk = keys.message(ticket_id, message_id)
    changes.connection()
    found = Row.query(pk, Row.sk.startswith(f"{sk}#"), consistent_read=True)
    return [as_delivery(row) for row in found if isinstance(row, DeliveryRow)]


def add(change: Changes, delivery: Delivery) -> None:
    change.add(_row(delivery))


def replace_row(change: Changes, delivery: Delivery) -> None:
    """Write a delivery over the one that stands there, whatever state that is in."""
    change.put(_row(delivery), DeliveryRow.pk.exists())


def move(old: Delivery, new: Delivery, more: Callable[[Changes], None] | None = None) -> bool:
    """Write `new`, and `more` with it, if the delivery still stands as `old`; False when somebody else moved it first.

    Raises:
        Contention: the table was too busy to say; nothing was written and nothing is known.
    """
    return changes.again(lambda: _move(old, new, more))


def restart(change: Changes, old: Delivery, new: Delivery) -> None:
    """Write `new` if the delivery still stands as `old`: of two who try it anew at once, one does.

    By its time, too: one that failed again meanwhile has the same state and as many attempts.
    """
    change.put(_row(new), _stands(old) & (DeliveryRow.updated_at == old.updated_at))


def as_delivery(row: DeliveryRow) -> Delivery:
    return rows.noun(Delivery, row)


def _move(old: Delivery, new: Delivery, more: Callable[[Changes], None] | None) -> bool:
    change = Changes()
    change.put(_row(new), _stands(old))
    if more:
        more(change)
    return change.took()


def _stands(old: Delivery) -> Any:
    return (DeliveryRow.state == old.state) & (DeliveryRow.attempts == old.attempts)


def _row(delivery: Delivery) -> DeliveryRow:
    """The row; until it is sent it stands before a timer, so that a lost job or a dead sender is found."""
    key = keys.delivery(delivery.ticket_id, delivery.message_id, delivery.purpose)
    row = DeliveryRow(key, **rows.attributes(delivery))
    look_at = rules.look_again_at(delivery)
    row.index("due", keys.due(look_at, f"{delivery.message_id}#{delivery.purpose}") if look_at else None)
    return row
