"""Counts what the store asks of DynamoDB: round trips, rows read, request units."""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from chalicelib.store import changes


@dataclass
class Counted:
    """`rows` are rows read by queries and gets (before any filter), `units` the request units they cost."""

    calls: int = 0
    rows: int = 0
    units: float = 0.0


@contextmanager
def counting() -> Iterator[Counted]:
    """Count every call to DynamoDB made within."""
    counted = Counted()
    events = changes.connection().client.meta.events

    def ask(params: dict[str, Any], **_: Any) -> None:
        params["ReturnConsumedCapacity"] = "TOTAL"

    def count(parsed: dict[str, Any], **_: Any) -> None:
        counted.calls += 1
        counted.rows += parsed.get("ScannedCount", 0) + (1 if "Item" in parsed else 0)
        counted.rows += sum(len(rows) for rows in parsed.get("Responses", {}).values())
        capacity = parsed.get("ConsumedCapacity") or {}
        listed = capacity if isinstance(capacity, list) else [capacity]
        counted.units += sum(float(one.get("CapacityUnits", 0)) for one in listed)

    events.register("provide-client-params.dynamodb.*", ask, unique_id="ask")
    events.register("after-call.dynamodb.*", count, unique_id="count")
    try:
        yield counted
    finally:
        events.unregister("provide-client-params.dynamodb.*", unique_id="ask")
        events.unregister("after-call.dynamodb.*", unique_id="count")


def report(bench: str, value: float, unit: str, **more: Any) -> None:
    print(json.dumps({"bench": bench, "value": round(value, 3), "unit": unit, **more}), flush=True)


def timed(bench: str, call: Callable[[], Any], runs: int = 15, **more: Any) -> None:
    """Print the median time of `call` in milliseconds, and what one call asks of DynamoDB."""
    with counting() as counted:
        call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append((time.perf_counter() - start) * 1000)
    asked = {"round_trips": counted.calls, "rows_read": counted.rows, "request_units": round(counted.units, 1)}
    report(bench, statistics.median(times), "ms", slowest=round(max(times), 1), **asked, **more)
