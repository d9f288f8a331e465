"""The state of each sending, in a row beside its message, so that a receipt changes neither ticket nor version."""

from chalicelib.domain.delivery import Delivery
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import DeliveryRow


def get(ticket_id: str, message_id: str, purpose: str) -> Delivery | None:
    row = rows.get(DeliveryRow, keys.delivery(ticket_id, message_id, purpose))
    return as_delivery(row) if row else None


def add(change: Changes, delivery: Delivery) -> None:
    change.add(_row(delivery))


def move(old: Delivery, new: Delivery) -> bool:
    """Write `new` if the delivery still stands as `old`; False when somebody else moved it first."""
    change = Changes()
    same = (DeliveryRow.state == old.state) & (DeliveryRow.attempts == old.attempts)
    change.put(_row(new), same)
    try:
        change.commit()
    except changes.Stale:
        return False
    return True


def as_delivery(row: DeliveryRow) -> Delivery:
    return rows.noun(Delivery, row)


def _row(delivery: Delivery) -> DeliveryRow:
    row = DeliveryRow(
        keys.delivery(delivery.ticket_id, delivery.message_id, delivery.purpose), **rows.attributes(delivery)
    )
    lease = delivery.lease_until
    row.index("due", keys.due(lease, f"{delivery.message_id}#{delivery.purpose}") if lease else None)
    return row
