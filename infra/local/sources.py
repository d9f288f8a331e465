"""What wakes a Lambda function, played by hand: a queue, the table's stream, a schedule.

Each has one lock and `run_once`, which returns how many things it worked off, so that both the pump's threads and
settle can drive it and neither does a thing twice.
"""

import json
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
        self._dead_url = world.dead_letters_url(queue)
        self._arn = world.outputs[f"{queue}QueueArn"]
        self._handler = handler
        self._batch = int(template.event_source(name, number).get("BatchSize", 10))
        self._beside = beside

    def run_once(self, settling: bool = False) -> int:
        batches = list(takewhile(bool, (self._receive() for _ in range(self._beside))))
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

    def later(self) -> int:
        """How many are delayed, or wait for their next try."""
        counts = self._counts(self._url)
        return counts["ApproximateNumberOfMessagesDelayed"] + counts["ApproximateNumberOfMessagesNotVisible"]

    def waiting(self) -> int:
        return self._counts(self._url)["ApproximateNumberOfMessages"]

    def dead(self) -> int:
        return self._counts(self._dead_url)["ApproximateNumberOfMessages"]

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

    def _counts(self, url: str) -> dict[str, int]:
        attributes = self._sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
        return {name: int(value) for name, value in attributes.items() if name.startswith("Approximate")}


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
        self._iterator = self._open()
        self._pending: list[dict[str, Any]] = []
        self._attempts = 0
        self._size = self._batch

    def run_once(self, settling: bool = False) -> int:
        self._read()
        if not self._pending:
            return 0
        self._attempts += 1
        batch = self._pending[: self._size]
        done = self._call(batch)
        self._advance(batch, done)
        return len(batch)

    def later(self) -> int:
        return 0

    def waiting(self) -> int:
        return len(self._pending)

    def dead(self) -> int:
        return int(self._s3.list_objects_v2(Bucket=self._bucket)["KeyCount"])

    def _open(self) -> str:
        shard = self._streams.describe_stream(StreamArn=self._arn)["StreamDescription"]["Shards"][0]["ShardId"]
        opened = self._streams.get_shard_iterator(StreamArn=self._arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
        return str(opened["ShardIterator"])

    def _read(self) -> None:
        while len(self._pending) < self._batch:
            page = self._page()
            self._iterator = page["NextShardIterator"]
            self._pending += [record for record in page["Records"] if self._passes(record)]
            if not page["Records"]:
                return

    def _page(self) -> dict[str, Any]:
        """The next records. After a night's sleep of this machine the iterator has expired: then all once more, since
        the dispatcher passes over what it has done."""
        expired = (
            self._streams.exceptions.ExpiredIteratorException,
            self._streams.exceptions.TrimmedDataAccessException,
        )
        try:
            return dict(self._streams.get_records(ShardIterator=self._iterator, Limit=1000))
        except expired:
            return dict(self._streams.get_records(ShardIterator=self._open(), Limit=1000))

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

    def run_once(self, settling: bool = False) -> int:
        if clock.now() < self._at:
            return 0
        self._at = self._next_run(clock.now())
        return self.fire()

    def fire(self) -> int:
        try:
            self._handler(_scheduled_event(self.name), Context(self.name))
        except Exception:  # any fault of a handler: the next firing tries again
            log.error("local.handler_failed", handler=self.name)
            return 0
        return 1

    def later(self) -> int:
        return 0

    def waiting(self) -> int:
        return 0

    def dead(self) -> int:
        return 0


class TimerSource(ScheduleSource):
    """The schedule that sweeps the index `due`. Settle fires it for as long as something there is due."""

    def __init__(self, world: World, name: str, handler: Handler) -> None:
        super().__init__(name, handler, every_minute)
        self._dynamodb = world.client("dynamodb")
        self._table = world.outputs["TableName"]

    def run_once(self, settling: bool = False) -> int:
        if settling and self.waiting():
            self.fire()
            return 1
        return super().run_once()

    def waiting(self) -> int:
        return self._count("<=")

    def later(self) -> int:
        return self._count(">")

    def _count(self, relation: str) -> int:
        now = keys.time(clock.now()) + "$"  # sorts after every "#<id>" of this very moment
        return sum(self._count_shard(keys.due_part(shard), relation, now) for shard in range(keys.DUE_SHARDS))

    def _count_shard(self, part: str, relation: str, moment: str) -> int:
        pages = self._dynamodb.get_paginator("query").paginate(
            TableName=self._table,
            IndexName="due",
            Select="COUNT",
            KeyConditionExpression=f"due_pk = :part AND due_sk {relation} :moment",
            ExpressionAttributeValues={":part": {"S": part}, ":moment": {"S": moment}},
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
