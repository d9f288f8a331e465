"""Batches of records, of which some may fail. SQS gives back single messages; a stream starts again at the first."""

from collections.abc import Callable, Iterable
from typing import Any

from chalicelib import log

Report = dict[str, list[dict[str, str]]]


def each_message(event: dict[str, Any], handle: Callable[[dict[str, Any]], None]) -> Report:
    """Handle every SQS record; those that failed are named, so that only they come again."""
    failed = []
    for record in event["Records"]:
        try:
            handle(record)
        except Exception:  # one bad message must not bring back the good ones; SQS retries it, then keeps it apart
            log.error("message.failed", message_id=record["messageId"])
            failed.append({"itemIdentifier": record["messageId"]})
    return {"batchItemFailures": failed}


def all_or_from_the_first(
    records: Iterable[dict[str, Any]], handle: Callable[[list[Any]], Any], read: Callable
) -> Report:
    """Handle a stream's records as one; on failure all come again from the first: nothing may be passed over."""
    listed = list(records)
    try:
        handle([read(record) for record in listed])
    except Exception:  # the stream repeats from here; after its last try AWS puts the records into a bucket
        log.error("stream.failed", records=len(listed))
        return {"batchItemFailures": [{"itemIdentifier": listed[0]["dynamodb"]["SequenceNumber"]}]}
    return {"batchItemFailures": []}
