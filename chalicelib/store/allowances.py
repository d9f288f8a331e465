"""How often something may be done for one address: a row counts, and the write that counts holds the limit.

Each span of time has a row of its own, so a count is never set back; around the turn of a span twice as much may pass.
"""

from dataclasses import dataclass
from datetime import timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CounterRow


@dataclass(frozen=True)
class Allowance:
    """`most` times in each span of `within`, for every address."""

    name: str
    most: int
    within: timedelta


def take(allowance: Allowance, address: str, times: int = 1) -> bool:
    """Use the allowance of that address so many times at once; False when not as much is left of it."""
    return _written(_row(allowance, address), _counted(allowance, times), _left(allowance, times))


def give_back(allowance: Allowance, address: str) -> None:
    """Take back that it was used once, if its span is not over: nothing came of it."""
    _written(_row(allowance, address), [CounterRow.value.add(-1)], CounterRow.value > 0)


def claim(change: Changes, allowance: Allowance, address: str) -> None:
    """Use it once within `change`, which is stale when the last of it was taken meanwhile: ask `is_spent` first."""
    change.update(_row(allowance, address), _counted(allowance), _left(allowance))


def is_spent(allowance: Allowance, address: str) -> bool:
    found = rows.get(CounterRow, _key(allowance, address))
    return found is not None and found.value >= allowance.most


def _written(row: CounterRow, actions: list[Action], condition: Condition) -> bool:
    changes.connection()
    try:
        row.update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code == "ConditionalCheckFailedException":
            return False
        raise
    return True


def _row(allowance: Allowance, address: str) -> CounterRow:
    return CounterRow(_key(allowance, address))


def _key(allowance: Allowance, address: str) -> keys.Key:
    return keys.allowance(allowance.name, _span(allowance), address)


def _span(allowance: Allowance) -> int:
    """The number of the span that runs now, since 1970."""
    return int(clock.now().timestamp() // allowance.within.total_seconds())


def _counted(allowance: Allowance, times: int = 1) -> list[Action]:
    ends = int((_span(allowance) + 1) * allowance.within.total_seconds())
    return [CounterRow.value.add(times), CounterRow.kind.set(CounterRow), CounterRow.expires_at.set(ends)]


def _left(allowance: Allowance, times: int = 1) -> Condition:
    return CounterRow.value.does_not_exist() | (CounterRow.value <= allowance.most - times)
