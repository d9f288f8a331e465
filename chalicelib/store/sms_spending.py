"""What the SMS of each day (UTC, by the product's clock) cost by estimate: a row a day that every sending counts up."""

from datetime import UTC, datetime, time, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.store import changes, keys, rows
from chalicelib.store.table import SmsSpendingRow

KEPT = timedelta(days=90)
_MICROS = 1_000_000


def spend(dollars: float, cap: float | None = None) -> bool:
    """Count it to today's; False, and nothing is counted, when that would be more than `cap` dollars."""
    micros = round(dollars * _MICROS)
    room = None
    if cap is not None:
        most = round(cap * _MICROS) - micros
        if most < 0:
            return False
        room = SmsSpendingRow.micros.does_not_exist() | (SmsSpendingRow.micros <= most)
    return _count(micros, room)


def give_back(dollars: float) -> None:
    """Take back what was counted, unless the day is over: it was not sent."""
    _count(-round(dollars * _MICROS), SmsSpendingRow.micros.exists())


def today() -> float:
    """What today's SMS cost so far, in dollars."""
    row = rows.get(SmsSpendingRow, _key())
    return row.micros / _MICROS if row else 0.0


def next_day() -> datetime:
    """When the next day begins."""
    return datetime.combine(clock.now().date() + timedelta(days=1), time(), UTC)


def _count(micros: int, condition: Condition | None) -> bool:
    changes.connection()
    ends = int((clock.now() + KEPT).timestamp())
    actions: list[Action] = [
        SmsSpendingRow.micros.add(micros),
        SmsSpendingRow.kind.set(SmsSpendingRow),
        SmsSpendingRow.expires_at.set(ends),
    ]
    try:
        SmsSpendingRow(_key()).update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def _key() -> keys.Key:
    return keys.sms_spending(clock.now().date().isoformat())
