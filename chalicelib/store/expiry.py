"""Whether a row's time is up, asked of a row that was read and of one that DynamoDB is to judge.

Both ask in whole seconds: a row that one takes for gone and the other for there could be neither used nor written.
"""

from pynamodb.expressions.condition import Condition

from chalicelib import clock
from chalicelib.store.table import Row


def is_over(row: Row) -> bool:
    """Whether its time is up; DynamoDB deletes such rows days late, local engines never."""
    return row.expires_at is not None and row.expires_at < _second()


def gone() -> Condition:
    """That there is no such row, or that its time is up."""
    return Row.pk.does_not_exist() | (Row.expires_at < _second())


def stands() -> Condition:
    """That there is such a row, which has an end, and that its time is not up."""
    return Row.expires_at >= _second()


def _second() -> int:
    return int(clock.now().timestamp())
