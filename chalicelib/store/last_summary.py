"""Until when the admins were told of suspended mail: a night that runs late, or not at all, must leave nothing out."""

from datetime import UTC, datetime

from chalicelib.store import changes, keys, rows
from chalicelib.store.table import CounterRow


def read() -> datetime | None:
    """None before the first night."""
    found = rows.get(CounterRow, keys.last_summary())
    return datetime.fromtimestamp(int(found.value) / 1000, UTC) if found else None


def write(until: datetime) -> None:
    changes.connection()
    CounterRow(keys.last_summary(), value=int(until.timestamp() * 1000)).save()
