"""Tasks onto SQS. Every task may run twice and in any order, so it carries ids only and reads the rest when it runs."""

import json
from collections.abc import Iterable

from chalicelib import aws, settings
from chalicelib.domain.task import Task

# SQS: "DelaySeconds … 0 to 900"; SendMessageBatch takes ten.
MOST_DELAY = 900
_BATCH = 10


def put(tasks: Iterable[Task], delay: int = 0) -> None:
    """Put the tasks on their queues, to be run after `delay` seconds (at most 900)."""
    by_queue: dict[str, list[Task]] = {}
    for task in tasks:
        by_queue.setdefault(task.queue, []).append(task)
    for queue, listed in by_queue.items():
        for start in range(0, len(listed), _BATCH):
            _send(_url(queue), listed[start : start + _BATCH], delay)


def _url(queue: str) -> str:
    urls = {"send": settings.send_queue_url, "webhooks": settings.webhooks_queue_url}
    return urls.get(queue, settings.jobs_queue_url)()


def _send(url: str, tasks: list[Task], delay: int) -> None:
    entries = [
        {"Id": str(n), "MessageBody": json.dumps({"kind": task.kind, **task.arguments}), "DelaySeconds": delay}
        for n, task in enumerate(tasks)
    ]
    answer = aws.client("sqs").send_message_batch(QueueUrl=url, Entries=entries)
    if answer.get("Failed"):
        raise QueueRefused(str(answer["Failed"]))


class QueueRefused(Exception):
    """SQS took some of a batch only; the caller's own retry puts all of them again."""
