"""A consumer follows the feed from its beginning, reads what each event names, and ends with all that stands."""

import random
import threading
import time
from typing import Any

from tests.journeys.product import Product
from tests.proofs.client import PAGE, Client, by_many, dispatched, ticket_of

WRITERS = 8
CUSTOMERS = 12
READERS = 4


def prove(product: Product, changes: int) -> dict[str, Any]:
    """Let 8 writers make that many changes while a consumer follows; the figures."""
    client, consumer = Client(product), Consumer(Client(product))
    began = time.monotonic()
    following = threading.Thread(target=consumer.follow)
    following.start()
    by_many(WRITERS, lambda own: _write(client, own, changes // WRITERS), WRITERS)
    wrote = time.monotonic() - began
    dispatched(product)
    consumer.finish()
    following.join()
    assert consumer.sequences == list(range(1, len(consumer.sequences) + 1)), "a number is missing, or came twice"
    for kind in ("tickets", "customers"):
        standing = {one["id"]: client.done("GET", f"/{kind}/{one['id']}") for one in client.walk(f"/{kind}")}
        assert consumer.known[kind] == standing
    counts = {kind: len(known) for kind, known in consumer.known.items()}
    return {"changes": changes, "events": len(consumer.sequences), "writing_seconds": round(wrote, 1), **counts}


class Consumer:
    """Remembers the last sequence, and of everything that an event names what it read of it last."""

    def __init__(self, client: Client) -> None:
        self.sequences: list[int] = []
        self.known: dict[str, dict[str, Any]] = {"tickets": {}, "customers": {}}
        self._client = client
        self._ended = threading.Event()

    def finish(self) -> None:
        """Nothing is written any more: end when the feed does."""
        self._ended.set()

    def follow(self) -> None:
        while True:
            last_round = self._ended.is_set()
            read = self._read_on()
            if last_round and not read:
                return
            if not read:
                self._ended.wait(0.3)

    def _read_on(self) -> int:
        after = self.sequences[-1] if self.sequences else 0
        events = self._client.done("GET", f"/events?after={after}&limit={PAGE}")["data"]
        self.sequences += [event["sequence"] for event in events]
        for kind, field in (("tickets", "ticket_id"), ("customers", "customer_id")):
            named = sorted({event["data"][field] for event in events} - {None})
            read = by_many(READERS, lambda at, n=named, k=kind: self._client.done("GET", f"/{k}/{n[at]}"), len(named))
            self.known[kind].update(zip(named, read, strict=True))
        return len(events)


def _write(client: Client, own: int, steps: int) -> None:
    """What a busy integrator does, by chance from a seed: opens, answers, notes, changes tickets and customers."""
    chance = random.Random(own)
    tickets = [client.done("POST", "/tickets", ticket_of(own, CUSTOMERS))]
    for step in range(steps - 1):
        ticket = chance.choice(tickets)
        address = f"/tickets/{ticket['id']}"
        match chance.randrange(6):
            case 0 | 1:
                tickets.append(client.done("POST", "/tickets", ticket_of(own * steps + step, CUSTOMERS)))
            case 2:
                client.done("POST", f"{address}/messages", {"text": f"Oil it {step} times.", "status": "pending"})
            case 3:
                client.done("POST", f"{address}/messages", {"text": "Third of its batch.", "visibility": "internal"})
            case 4:
                wanted = {"priority": chance.choice(["low", "high"]), "tags": [f"step{step}"]}
                client.done("PATCH", address, {**wanted, "status": chance.choice(["open", "on_hold", "solved"])})
            case 5:
                wanted = {"name": f"Alice of {own}-{step}", "tags": [f"step{step}"]}
                client.done("PATCH", f"/customers/{ticket['customer_id']}", wanted)
