"""Every request is sent twice at the same moment under one Idempotency-Key: it is done once, and both are told so."""

import threading
import time
from pathlib import Path
from typing import Any

from tests.journeys.product import Product, running
from tests.proofs.client import Answer, Client, by_many, ticket_of

CLIENTS = 8
SOME = 20


def prove(data: Path, tickets: int) -> dict[str, Any]:
    """Open that many tickets, twice each, then once more after a restart; the figures."""
    customers = max(1, tickets // 10)
    with running(data, "empty") as product:
        began = time.monotonic()
        pairs = _opened_twice(product, tickets, customers)
        seconds = time.monotonic() - began
        _was_done_once(pairs)
        _stands_once(Client(product), [first.json for first, _ in pairs], customers)
        assert product.stop() == 0
    with running(data, "empty") as product:
        _replays(Client(product), pairs, customers)
    return {"tickets": tickets, "requests": 2 * tickets, "seconds": round(seconds, 1)}


def _opened_twice(product: Product, tickets: int, customers: int) -> list[tuple[Answer, Answer]]:
    """`CLIENTS` clients of two threads each, which wait for each other before every request."""
    found: list[list[Answer]] = [[] for _ in range(tickets)]

    def client(own: int) -> None:
        started, speaker = threading.Barrier(2, timeout=120), Client(product)

        def one(_: int) -> None:
            for number in range(own, tickets, CLIENTS):
                started.wait()
                body = ticket_of(number, customers)
                found[number].append(speaker.send("POST", "/tickets", body, Idempotency_Key=f"open-{number}"))

        by_many(2, one, 2)

    by_many(CLIENTS, client, CLIENTS)
    return [(first, second) for first, second in found]


def _was_done_once(pairs: list[tuple[Answer, Answer]]) -> None:
    for first, second in pairs:
        assert (first.status, second.status) == (201, 201), (first.body, second.body)
        assert sorted((first.replayed, second.replayed)) == [False, True], (first.headers, second.headers)
        assert first.json == second.json
        assert {first.headers["etag"], second.headers["etag"]} == {'"1"'}
        assert first.headers["location"] == second.headers["location"]
    for field in ("id", "number"):
        assert len({first.json[field] for first, _ in pairs}) == len(pairs)


def _stands_once(client: Client, opened: list[dict[str, Any]], customers: int) -> None:
    """The desk has these tickets and no other, each with its one message, and no customer twice."""
    listed = client.walk("/tickets", sort="created")
    assert sorted(one["id"] for one in listed) == sorted(one["id"] for one in opened)
    assert {one["message_count"] for one in listed} == {1}
    assert len(client.walk("/customers")) == customers

    def messages(at: int) -> int:
        return len(client.done("GET", f"/tickets/{opened[at]['id']}/messages")["data"])

    assert set(by_many(CLIENTS, messages, len(opened))) == {1}


def _replays(client: Client, pairs: list[tuple[Answer, Answer]], customers: int) -> None:
    """The product was stopped and started since."""
    for number, (first, _) in list(enumerate(pairs))[:: max(1, len(pairs) // SOME)]:
        again = client.send("POST", "/tickets", ticket_of(number, customers), Idempotency_Key=f"open-{number}")
        assert again.replayed and again.status == 201
        assert again.json == first.json
    assert len(client.walk("/tickets", sort="created")) == len(pairs)
