"""What the SMS of each day (UTC, by the product's clock) cost by estimate: a row a day that every sending counts up."""

from datetime import UTC, date, datetime, time, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.store import changes, keys, rows
from chalicelib.store.table import SmsSpendingRow

KEPT = timedelta(days=90)
_MICROS = 1_000_000


def spend(dollars: float, cap: float | None = None, day: date | None = None) -> bool:
    """Count it to that day, else today; False, and nothing is counted, when that would be more than `cap` dollars."""
    micros = round(dollars * _MICROS)
    room = None
    if cap is not None:
        most = round(cap * _MICROS) - micros
        if most < 0:
            return False
        room = SmsSpendingRow.micros.does_not_exist() | (SmsSpendingRow.micros <= most)
    return _count(micros, room, day or clock.now().date())


def give_back(dollars: float, day: date) -> None:
    """Take back what was counted to that day's: it was not sent."""
    _count(-round(dollars * _MICROS), SmsSpendingRow.micros.exists(), day)


def today() -> float:
    """What today's SMS cost so far, in dollars."""
    row = rows.get(SmsSpendingRow, _key(clock.now().date()))
    return row.micros / _MICROS if row else 0.0


def next_day() -> datetime:
    """When the next day begins."""
    return datetime.combine(clock.now().date() + timedelta(days=1), time(), UTC)


def _count(micros: int, condition: Condition | None, day: date) -> bool:
    changes.connection()
    ends = int((clock.now() + KEPT).timestamp())
    actions: list[Action] = [
        SmsSpendingRow.micros.add(micros),
        SmsSpendingRow.kind.set(SmsSpendingRow),
        SmsSpendingRow.expires_at.set(ends),
    ]
    try:
        SmsSpendingRow(_key(day)).update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def _key(day: date) -> keys.Key:
    return keys.sms_spending(day.isoformat())
