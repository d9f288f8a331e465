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


def in_order(records: Iterable[dict[str, Any]], handle: Callable[[list[Any]], Any], read: Callable) -> Report:
    """Handle a stream's records as one; if that fails, one by one, so that a bad one holds back nobody but itself.

    The stream starts again at the first that failed; those behind it come again too and find their work done.
    """
    listed = list(records)
    try:
        handle([read(record) for record in listed])
    except Exception:  # which record it was shows one by one
        log.warning("stream.one-by-one", records=len(listed))
        failed = [record for record in listed if not _handled(record, handle, read)]
        numbers = [record["dynamodb"]["SequenceNumber"] for record in failed[:1]]
        return {"batchItemFailures": [{"itemIdentifier": number} for number in numbers]}
    return {"batchItemFailures": []}


def _handled(record: dict[str, Any], handle: Callable[[list[Any]], Any], read: Callable) -> bool:
    try:
        handle([read(record)])
    except Exception:  # after its last try AWS puts the record into a bucket, and its timer finds the event
        log.error("stream.failed", sequence_number=record["dynamodb"]["SequenceNumber"])
        return False
    return True
