"""The table's stream: new EVENT rows, given to the dispatcher by their keys (what they say is read from the table)."""

from typing import Any

from chalicelib.actions.dispatch_events import dispatch
from chalicelib.inbound.batches import Report, in_order


def handle(event: dict[str, Any]) -> Report:
    return in_order(event["Records"], dispatch, _key)


def _key(record: dict[str, Any]) -> tuple[str, str]:
    found = record["dynamodb"]["Keys"]
    return found["pk"]["S"], found["sk"]["S"]
