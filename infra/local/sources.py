"""What wakes a Lambda function, played by hand: a queue, the table's stream, a schedule.

Each has one lock and `run_once`, which returns how many things it worked off, so that both the pump's threads and
settle can drive it and neither does a thing twice. What is to be done each tells from one look at the whole engine.
"""

import json
import math
import threading
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import takewhile
from typing import Any

from chalicelib import clock, log
from chalicelib.store import keys
from infra.local import template
from infra.local.engine import Backlog
from infra.local.feedback import stamp
from infra.local.world import REGION, World

Handler = Callable[[dict[str, Any], Any], Any]


@dataclass
class Context:
    """The second argument of a Lambda handler."""

    function_name: str
    aws_request_id: str = field(default_factory=lambda: str(uuid.uuid4()))
    memory_limit_in_mb: int = 512

    def get_remaining_time_in_millis(self) -> int:
        return 30_000


class QueueSource:
    """An SQS queue before a handler: what the handler does not name in `batchItemFailures` is deleted.

    The rest comes again after the queue's visibility time-out, and goes to the dead letters in the end: the engine
    does both, by the product's clock. `beside` is how many batches are handled at the same time; `number` says which
    of the function's event sources it is.
    """

    def __init__(self, world: World, name: str, queue: str, handler: Handler, beside: int = 1, number: int = 0) -> None:
        self.name = queue.lower() if number else name
        self.lock = threading.Lock()
        self._sqs = world.client("sqs")
        self._url = world.queue_url(queue)
        self._arn = world.outputs[f"{queue}QueueArn"]
        self._queue = self._arn.rpartition(":")[2]
        self._dead_letters = world.outputs[f"{queue}DeadLettersName"]
        self._handler = handler
        self._batch = int(template.event_source(name, number).get("BatchSize", 10))
        self._beside = beside

    def run_once(self, backlog: Backlog, settling: bool = False) -> int:
        wanted = min(self._beside, math.ceil(self.waiting(backlog) / self._batch))
        batches = list(takewhile(bool, (self._receive() for _ in range(wanted))))
        if len(batches) > 1:
            with ThreadPoolExecutor(len(batches)) as pool:
                return sum(pool.map(self._handle, batches))
        return sum(map(self._handle, batches))

    def _handle(self, messages: list[dict[str, Any]]) -> int:
        failed = self._call([self._record(message) for message in messages])
        done = [message for message in messages if message["MessageId"] not in failed]
        if done:
            entries = [{"Id": str(n), "ReceiptHandle": m["ReceiptHandle"]} for n, m in enumerate(done)]
            self._sqs.delete_message_batch(QueueUrl=self._url, Entries=entries)
        return len(messages)

    def waiting(self, backlog: Backlog, settling: bool = False) -> int:
        return backlog.queues[self._queue][0]

    def later(self, backlog: Backlog) -> int:
        """How many are delayed, or wait for their next try."""
        return backlog.queues[self._queue][1]

    def dead(self, backlog: Backlog) -> int:
        return backlog.queues[self._dead_letters][0]

    def _receive(self) -> list[dict[str, Any]]:
        answer = self._sqs.receive_message(
            QueueUrl=self._url, MaxNumberOfMessages=self._batch, AttributeNames=["All"], MessageAttributeNames=["All"]
        )
        return list(answer.get("Messages", []))

    def _call(self, records: list[dict[str, Any]]) -> set[str]:
        """Ids of the records that failed."""
        everything = {record["messageId"] for record in records}
        try:
            answer = self._handler({"Records": records}, Context(self.name))
        except Exception:  # any fault of a handler means: this batch comes again
            log.error("local.handler_failed", handler=self.name)
            return everything
        failed = _failed_items(answer)
        return failed if failed <= everything else everything

    def _record(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "messageId": message["MessageId"],
            "receiptHandle": message["ReceiptHandle"],
            "body": message["Body"],
            "attributes": message.get("Attributes", {}),
            "messageAttributes": {
                name: {key[0].lower() + key[1:]: part for key, part in value.items()}
                for name, value in message.get("MessageAttributes", {}).items()
            },
            "md5OfBody": message["MD5OfBody"],
            "eventSource": "aws:sqs",
            "eventSourceARN": self._arn,
            "awsRegion": REGION,
        }


class StreamSource:
    """The table's stream before the dispatcher, filtered as `infra/app.yaml` filters it.

    The lowest failed record is the checkpoint and all after it comes again at once. What fails more often than the
    template retries goes to the bucket of failed records. The engine forgets its stream at a stop: an event not yet
    dispatched then comes by the timer it is born with.
    """

    def __init__(self, world: World, name: str, handler: Handler) -> None:
        self.name = name
        self.lock = threading.Lock()
        self._streams = world.client("dynamodbstreams")
        self._s3 = world.client("s3")
        self._bucket = world.outputs["FailedRecordsBucketName"]
        self._arn = world.outputs["TableStreamArn"]
        self._handler = handler
        settings = template.event_source(name)
        self._filters = template.filters(name)
        self._batch = int(settings["BatchSize"])
        self._retries = int(settings["MaximumRetryAttempts"])
        self._iterator = self._open("TRIM_HORIZON")
        self._read_to = 0
        self._newest: str | None = None
        self._pending: list[dict[str, Any]] = []
        self._attempts = 0
        self._size = self._batch

    def run_once(self, backlog: Backlog, settling: bool = False) -> int:
        self._read(backlog.stream)
        if not self._pending:
            return 0
        self._attempts += 1
        batch = self._pending[: self._size]
        done = self._call(batch)
        self._advance(batch, done)
        return len(batch)

    def waiting(self, backlog: Backlog, settling: bool = False) -> int:
        return len(self._pending) + max(0, backlog.stream - self._read_to)

    def later(self, backlog: Backlog) -> int:
        return 0

    def dead(self, backlog: Backlog) -> int:
        return int(self._s3.list_objects_v2(Bucket=self._bucket)["KeyCount"])

    def _open(self, kind: str, **after: str) -> str:
        shard = self._streams.describe_stream(StreamArn=self._arn)["StreamDescription"]["Shards"][0]["ShardId"]
        opened = self._streams.get_shard_iterator(StreamArn=self._arn, ShardId=shard, ShardIteratorType=kind, **after)
        return str(opened["ShardIterator"])

    def _read(self, end: int) -> None:
        while len(self._pending) < self._batch and self._read_to < end:
            page = self._page()
            self._iterator = page["NextShardIterator"]
            self._pending += [record for record in page["Records"] if self._passes(record)]
            self._read_to = self._read_to + len(page["Records"]) if page["Records"] else end
            self._newest = page["Records"][-1]["dynamodb"]["SequenceNumber"] if page["Records"] else self._newest

    def _page(self) -> dict[str, Any]:
        """The next records. After a quiet quarter of an hour the iterator has expired: then those after the newest that
        was read; where the stream has no longer that one, all once more, since the dispatcher passes over what it has
        done."""
        expired = (
            self._streams.exceptions.ExpiredIteratorException,
            self._streams.exceptions.TrimmedDataAccessException,
        )
        try:
            return self._records(self._iterator)
        except expired:
            pass
        try:
            if self._newest:
                return self._records(self._open("AFTER_SEQUENCE_NUMBER", SequenceNumber=self._newest))
        except expired:
            pass
        self._read_to = 0
        return self._records(self._open("TRIM_HORIZON"))

    def _records(self, iterator: str) -> dict[str, Any]:
        return dict(self._streams.get_records(ShardIterator=iterator, Limit=1000))

    def _passes(self, record: dict[str, Any]) -> bool:
        return any(template.matches(pattern, record) for pattern in self._filters)

    def _call(self, batch: list[dict[str, Any]]) -> int:
        """How many records from the start of the batch are done."""
        records = [_plain({**record, "eventSourceARN": self._arn}) for record in batch]
        try:
            failed = _failed_items(self._handler({"Records": records}, Context(self.name)))
        except Exception:  # any fault of a handler means: this batch comes again, in halves
            log.error("local.handler_failed", handler=self.name)
            self._size = max(1, len(batch) // 2)
            return 0
        numbers = [record["dynamodb"]["SequenceNumber"] for record in batch]
        return min((numbers.index(number) if number in numbers else 0 for number in failed), default=len(batch))

    def _advance(self, batch: list[dict[str, Any]], done: int) -> None:
        if done == 0 and self._attempts > self._retries:
            self._give_up(batch)
            done = len(batch)
        if done:
            self._attempts, self._size = 0, self._batch
        self._pending = self._pending[done:]

    def _give_up(self, batch: list[dict[str, Any]]) -> None:
        body = json.dumps({"payload": {"Records": [_plain(record) for record in batch]}}, default=str)
        self._s3.put_object(Bucket=self._bucket, Key=f"{self.name}/{uuid.uuid4()}", Body=body.encode())


class ScheduleSource:
    """A schedule before a handler: `next_run` gives the first moment after another at which it fires."""

    def __init__(self, name: str, handler: Handler, next_run: Callable[[datetime], datetime]) -> None:
        self.name = name
        self.lock = threading.Lock()
        self._handler = handler
        self._next_run = next_run
        self._at = next_run(clock.now())

    def run_once(self, backlog: Backlog, settling: bool = False) -> int:
        if not self.waiting(backlog, settling):
            return 0
        if clock.now() >= self._at:
            self._at = self._next_run(clock.now())
        return self._fire()

    def waiting(self, backlog: Backlog, settling: bool = False) -> int:
        return int(clock.now() >= self._at)

    def later(self, backlog: Backlog) -> int:
        return 0

    def dead(self, backlog: Backlog) -> int:
        return 0

    def _fire(self) -> int:
        try:
            self._handler(_scheduled_event(self.name), Context(self.name))
        except Exception:  # any fault of a handler: the next firing tries again
            log.error("local.handler_failed", handler=self.name)
            return 0
        return 1


class TimerSource(ScheduleSource):
    """The schedule that sweeps the index `due`. Settle fires it for as long as something there is due."""

    def __init__(self, world: World, name: str, handler: Handler) -> None:
        super().__init__(name, handler, every_minute)
        self._dynamodb = world.client("dynamodb")
        self._table = world.outputs["TableName"]

    def waiting(self, backlog: Backlog, settling: bool = False) -> int:
        return super().waiting(backlog) or int(settling and self._count("<="))

    def later(self, backlog: Backlog) -> int:
        return self._count(">")

    def _count(self, relation: str) -> int:
        now = keys.time(clock.now()) + "$"  # sorts after every "#<id>" of this very moment
        pages = self._dynamodb.get_paginator("scan").paginate(
            TableName=self._table,
            IndexName="due",
            Select="COUNT",
            FilterExpression=f"due_sk {relation} :now",
            ExpressionAttributeValues={":now": {"S": now}},
        )
        return sum(page["Count"] for page in pages)


def every_minute(after: datetime) -> datetime:
    return after + timedelta(minutes=1)


def every_night(after: datetime) -> datetime:
    """02:15 UTC, as `app.py` says."""
    tonight = after.replace(hour=2, minute=15, second=0, microsecond=0)
    return tonight if tonight > after else tonight + timedelta(days=1)


def _failed_items(answer: Any) -> set[str]:
    failures = answer.get("batchItemFailures", []) if isinstance(answer, dict) else []
    return {failure.get("itemIdentifier") or "" for failure in failures}


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    """A record as Lambda gets it: boto3 made a datetime of its creation time."""
    created = record["dynamodb"].get("ApproximateCreationDateTime")
    seconds = created.timestamp() if isinstance(created, datetime) else created
    return {**record, "dynamodb": {**record["dynamodb"], "ApproximateCreationDateTime": seconds}}


def _scheduled_event(name: str) -> dict[str, Any]:
    return {
        "version": "0",
        "id": str(uuid.uuid4()),
        "detail-type": "Scheduled Event",
        "source": "aws.events",
        "account": "000000000000",
        "time": stamp(),
        "region": REGION,
        "resources": [f"arn:aws:events:{REGION}:000000000000:rule/{name}"],
        "detail": {},
    }
