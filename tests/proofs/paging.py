"""Lists are paged through while tickets are added and changed: what stood still is there, once."""

import random
import threading
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from tests.journeys.product import Product
from tests.proofs.client import Client, by_many, ticket_of

WRITERS = 8
PAGE = 25
HORIZON_SECONDS = 12


def prove(product: Product, standing: int, changes: int) -> dict[str, Any]:
    """Let `standing` tickets stand, add and change `changes` each while three walkers page; the figures."""
    client, customers = Client(product), max(1, standing // 20)
    began = time.monotonic()
    opened = by_many(WRITERS, lambda n: client.done("POST", "/tickets", ticket_of(n, customers)), standing)
    made = time.monotonic() - began
    stood = {one["id"] for one in opened}
    changing = {one["id"] for one in random.Random(1).sample(opened, changes)}
    seen = _walked_meanwhile(product, client, sorted(changing), changes, standing)
    _judge_created(seen["created"], stood)
    _judge_updated(seen["updated"], stood - changing)
    since = min(one["updated_at"] for one in opened)
    caught = _judge_updated_since(client, since, seen["updated_since"])
    figures = {name: len(found) for name, found in seen.items()}
    return {"standing": standing, "added": changes, "changed": changes, "opening_seconds": round(made, 1),
            "walking_seconds": round(time.monotonic() - began - made, 1), "tickets_seen": figures,
            "versions_followed": caught}  # fmt: skip


def _walked_meanwhile(
    product: Product, client: Client, changing: list[str], changes: int, standing: int
) -> dict[str, list[dict[str, Any]]]:
    """What each walker saw. Walkers and writers keep step, so that the last page comes with the last change."""
    written, steps = _Steps(2 * changes), standing // PAGE
    early = (datetime.fromisoformat(_newest(client)["created_at"]) - timedelta(days=1)).isoformat()
    queries: dict[str, dict[str, Any]] = {
        "created": {"sort": "created"},
        "updated": {"sort": "updated"},
        "updated_since": {"updated_since": early},
    }

    def walk(at: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        query = list(queries.values())[at]
        for page, data in enumerate(client.pages("/tickets", limit=PAGE, **query), start=1):
            found.extend(data)
            written.wait_for(page / steps)
        return found

    def write(at: int) -> None:
        if at % 2:
            client.done("POST", "/tickets", ticket_of(standing + at, standing))
        else:
            client.done("PATCH", f"/tickets/{changing[at // 2]}", {"priority": "high", "status": "open"})
        written.add()

    writing = threading.Thread(target=by_many, args=(WRITERS, write, 2 * changes))
    writing.start()
    seen = by_many(len(queries), walk, len(queries))
    writing.join()
    assert written.all_done
    return dict(zip(queries, seen, strict=True))


class _Steps:
    """How far the writers are; a walker waits until they have done its part of the way."""

    def __init__(self, wanted: int) -> None:
        self._wanted, self._done, self._changed = wanted, 0, threading.Condition()

    @property
    def all_done(self) -> bool:
        return self._done == self._wanted

    def add(self) -> None:
        with self._changed:
            self._done += 1
            self._changed.notify_all()

    def wait_for(self, part: float) -> None:
        with self._changed:
            assert self._changed.wait_for(lambda: self._done >= min(1.0, part) * self._wanted, 900)


def _newest(client: Client) -> dict[str, Any]:
    found: dict[str, Any] = client.done("GET", "/tickets?sort=created&limit=1")["data"][0]
    return found


def _judge_created(seen: list[dict[str, Any]], stood: set[str]) -> None:
    """Every ticket that stood when the first page was asked for, exactly once; later ones may not push in twice."""
    counted = Counter(one["id"] for one in seen)
    assert stood <= counted.keys(), f"{len(stood - counted.keys())} tickets are missing by birth"
    assert set(counted.values()) == {1}


def _judge_updated(seen: list[dict[str, Any]], still: set[str]) -> None:
    """No ticket twice, and none missing of those that stood still."""
    counted = Counter(one["id"] for one in seen)
    assert still <= counted.keys(), f"{len(still - counted.keys())} tickets that stood still are missing"
    assert set(counted.values()) == {1}


def _judge_updated_since(client: Client, since: str, seen: list[dict[str, Any]]) -> int:
    """A follower asks again from the last it has, once all is ten seconds old: it has each one's last version."""
    known = {one["id"]: one["version"] for one in seen}
    time.sleep(HORIZON_SECONDS)
    last = max((one["updated_at"] for one in seen), default=since)
    for one in client.walk("/tickets", updated_since=last):
        known[one["id"]] = one["version"]
    assert known == {one["id"]: one["version"] for one in client.walk("/tickets", sort="created")}
    return len(known)
