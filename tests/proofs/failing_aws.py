"""AWS under one process that fails at a chosen call: the call is lost, or done and not told, or our process ends there.

Stands between botocore and moto, so every call of every client comes by, PynamoDB's too. What is put on the send queue
is kept here, since moto's queues know no time but that of the wall.
"""

import copy
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import moto.dynamodb.models as dynamodb
from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws

from chalicelib import clock, ids
from tests import empty_account
from tests.conftest import _forget

FAULTS = ("died before", "died after", "timed out, not done", "timed out, done", "throttled")
_THROTTLE = {
    "SendEmail": ("TooManyRequestsException", "Maximum sending rate exceeded."),
    "TransactWriteItems": ("ThrottlingException", "Rate exceeded"),
    "GetObject": ("SlowDown", "Please reduce your request rate."),
}
_ANY_THROTTLE = ("ProvisionedThroughputExceededException", "Too much")


class Died(BaseException):
    """The process ended: no handler of exceptions sees this."""


@dataclass
class FailingAws:
    """`calls` names every call made while `watching`; the one at `fails_at` meets `fault`, once.

    `taken` are the mails that SES took; `refuses` may name the code and words with which it takes none now.
    """

    fails_at: int | None = None
    fault: str = ""
    calls: list[str] = field(default_factory=list)
    watching: bool = False
    jobs: list[tuple[datetime, dict[str, Any]]] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    on_taken: Callable[[str], None] | None = None
    refuses: Callable[[], tuple[str, str] | None] = lambda: None

    def answer(self, real: Callable[..., Any], client: BaseClient, operation: str, request: dict[str, Any]) -> Any:
        fault = self._fault_here(operation)
        if fault == "died before":
            raise Died
        if fault == "timed out, not done":
            raise ReadTimeoutError(endpoint_url=operation)
        if fault == "throttled":
            raise ClientError(_refusal(*_THROTTLE.get(operation, _ANY_THROTTLE)), operation)
        told = self._done(real, client, operation, request)
        if fault == "died after":
            raise Died
        if fault == "timed out, done":
            raise ReadTimeoutError(endpoint_url=operation)
        return told

    def _fault_here(self, operation: str) -> str:
        if not self.watching:
            return ""
        self.calls.append(operation)
        return self.fault if len(self.calls) - 1 == self.fails_at else ""

    def _done(self, real: Callable[..., Any], client: BaseClient, operation: str, request: dict[str, Any]) -> Any:
        if operation == "SendMessageBatch":
            return self._queued(request)
        refusal = self.refuses() if operation == "SendEmail" else None
        if refusal:
            raise ClientError(_refusal(*refusal), operation)
        told = real(client, operation, request)
        if operation == "SendEmail":
            self.taken.append({"id": told["MessageId"], "tag": request["EmailTags"][0]["Value"]})
            if self.on_taken:
                self.on_taken(told["MessageId"])
        return told

    def _queued(self, request: dict[str, Any]) -> dict[str, Any]:
        for entry in request["Entries"]:
            due = clock.now() + timedelta(seconds=entry.get("DelaySeconds", 0))
            self.jobs.append((due, json.loads(entry["MessageBody"])))
        return {"Successful": request["Entries"]}


@contextmanager
def fresh(aws: FailingAws) -> Iterator[None]:
    """An empty account under `aws`, for as long as this lasts. Time stands still there but for `clock.shift`: how busy
    this machine is must not count."""
    offset, real, stood = clock.offset(), clock.real_now, clock.real_now()
    clock.real_now, dynamodb.copy = lambda: stood, _Copying  # type: ignore[assignment]
    try:
        with mock_aws():
            empty_account.furnish()
            _forget()
            with _under_every_client(aws):
                yield
    finally:
        clock.real_now, dynamodb.copy = real, copy
        clock.shift(offset - clock.offset())
        ids.forget_last()


@contextmanager
def _under_every_client(aws: FailingAws) -> Iterator[None]:
    real = BaseClient._make_api_call

    def answer(client: BaseClient, operation: str, request: dict[str, Any]) -> Any:
        return aws.answer(real, client, operation, request)

    BaseClient._make_api_call = answer
    try:
        yield
    finally:
        BaseClient._make_api_call = real


class _Copying:
    """moto copies its whole table before each transaction, to put it back if that fails: with thousands of rows it does
    nothing else. Rows are replaced and not changed, so a copy of the lists of them is enough."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        if not isinstance(value, dynamodb.Table):
            return copy.deepcopy(value)
        twin = copy.copy(value)
        twin.items = defaultdict(dict, {key: dict(rows) for key, rows in value.items.items()})
        return twin


def _refusal(code: str, message: str) -> dict[str, Any]:
    return {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": 400}}
