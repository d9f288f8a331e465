"""Collects the rows of one change and commits them as ONE DynamoDB transaction: all of it happens, or none.

A condition that fails means one of two things: a guard met itself (the work was done before: `Replayed`), or
somebody was faster and what was decided on no longer stands (`Stale`: load and decide again).
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from botocore.config import Config
from pynamodb.connection import Connection
from pynamodb.exceptions import TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib import aws
from chalicelib.errors import Contention
from chalicelib.store import expiry
from chalicelib.store.table import Row

T = TypeVar("T")

# AWS: "TransactWriteItems … groups up to 100 action requests".
MAX_ROWS = 100

_THROTTLED = ("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded")
_TRANSIENT = ("TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded")


class Replayed(Exception):
    """This work was done before: `stored` is the guard row it left."""

    def __init__(self, stored: Row) -> None:
        super().__init__(stored.pk)
        self.stored = stored


class Stale(Exception):
    """What was decided on has changed in the meantime."""


class Busy(Stale):
    """Another transaction has its hand on the same rows at this moment, or the table is throttled: nothing is known."""


@dataclass(frozen=True)
class _Step:
    row: Row
    condition: Condition | None
    actions: list[Action] | None = None
    guard: bool = False


class Changes:
    """One change in the making. Nothing is written before `commit`."""

    def __init__(self) -> None:
        self._checks: list[_Step] = []
        self._deletes: list[_Step] = []
        self._puts: list[_Step] = []
        self._updates: list[_Step] = []

    def __len__(self) -> int:
        return len(self._checks) + len(self._deletes) + len(self._puts) + len(self._updates)

    def writes(self, key: tuple[str, str]) -> bool:
        """Whether a row with that key is put or updated by this change; DynamoDB takes each row once."""
        return any((step.row.pk, step.row.sk) == key for step in (*self._puts, *self._updates))

    def add(self, row: Row, guard: bool = False) -> None:
        """A row that must not exist yet; as a `guard` it proves that this work was not done before.

        One that has expired counts as gone: DynamoDB's TTL deletes days late.
        """
        self._puts.append(_Step(row, expiry.gone(), guard=guard))

    def replace(self, row: Row, version: int) -> None:
        """A row in place of the one that has `version`."""
        self._puts.append(_Step(row, Row.version == version))

    def put(self, row: Row, condition: Condition | None = None, guard: bool = False) -> None:
        """A row, whatever was there; as a `guard`, a condition that fails proves that this work was done before."""
        self._puts.append(_Step(row, condition, guard=guard))

    def update(self, row: Row, actions: list[Action], condition: Condition | None = None) -> None:
        self._updates.append(_Step(row, condition, actions))

    def delete(self, row: Row, condition: Condition | None = None) -> None:
        self._deletes.append(_Step(row, condition))

    def check(self, row: Row, condition: Condition) -> None:
        """A row that is not written, and on which the rest depends; DynamoDB refuses one that is written as well."""
        self._checks.append(_Step(row, condition))

    def commit(self) -> None:
        """Do it all.

        Raises:
            Replayed: a guard was there already.
            Stale: another condition did not hold.
            Busy: another transaction had its hand on the same rows.
        """
        transaction = TransactWrite(connection=connection())
        for step in self._checks:
            transaction.condition_check(type(step.row), step.row.pk, step.row.sk, step.condition)
        for step in self._deletes:
            transaction.delete(step.row, condition=step.condition)
        for step in self._puts:
            transaction.save(step.row, condition=step.condition, return_values="ALL_OLD")
        for step in self._updates:
            transaction.update(step.row, step.actions or [], condition=step.condition)
        try:
            transaction._commit()
        except TransactWriteError as error:
            raise self._meaning(error) from error

    def took(self) -> bool:
        """Commit; False when what was decided on no longer stands.

        Raises:
            Replayed, Busy: see `commit`.
        """
        try:
            self.commit()
        except Busy:
            raise
        except Stale:
            return False
        return True

    def _meaning(self, error: TransactWriteError) -> Exception:
        # PynamoDB sends checks, then deletes, puts and updates; the reasons come in that order.
        steps = [*self._checks, *self._deletes, *self._puts, *self._updates]
        failed = [(s, r) for s, r in zip(steps, error.cancellation_reasons, strict=False) if r]
        for step, reason in failed:
            if step.guard and reason.code == "ConditionalCheckFailed" and reason.raw_item:
                return Replayed(row_of(reason.raw_item))
        if any(r.code == "ConditionalCheckFailed" for _, r in failed):
            return Stale()
        throttled = error.cause_response_code in _THROTTLED or "TransactionInProgress" in str(error)
        if throttled or any(r.code in _TRANSIENT for _, r in failed):
            return Busy()
        return error


def again(attempt: Callable[[], T], tries: int = 10, met: type[Stale] = Stale) -> T:
    """Load, decide and commit until nobody was faster; `attempt` does all three each time.

    One that only commits what was decided on is tried again when it has `met` Busy, not when it is Stale.

    Raises:
        Contention: others were faster `tries` times.
    """
    for past in range(tries):
        try:
            return attempt()
        except met:
            time.sleep(random.uniform(0, min(0.2, 0.01 * 2**past)))
    raise Contention("Others are changing the same thing at this moment. Try again.")


def connection() -> Connection:
    """The one connection all rows share: a client of its own for every kind of row would cost 30 ms each."""
    shared = Row._get_connection().connection
    if shared._client is None:
        shared.session.set_default_client_config(Config(user_agent=aws.USER_AGENT))
    return shared


def row_of(raw: dict[str, Any]) -> Row:
    """A row from what DynamoDB sent, as the class its kind names."""
    return Row.from_raw_data(raw)
