"""A consumer follows the feed from its beginning, reads what each event names, and ends with all that stands."""

import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tests.journeys.product import Product
from tests.proofs.client import PAGE, Client, by_many, dispatched, ticket_of

WRITERS = 8
CUSTOMERS = 12
READERS = 4
# What a writer meets when others merged, split or erased what he had in mind, or are at it: nothing changed.
REFUSED = (404, 409, 422, 503)


def prove(product: Product, changes: int) -> dict[str, Any]:
    """Let 8 writers make that many changes while a consumer follows; the figures."""
    client, consumer = Client(product), Consumer(Client(product))
    began = time.monotonic()
    with ThreadPoolExecutor(1) as alone:
        following = alone.submit(consumer.follow)
        try:
            by_many(WRITERS, lambda own: _write(client, own, changes // WRITERS), WRITERS)
            wrote = time.monotonic() - began
            dispatched(product)
        finally:
            consumer.finish()
        following.result()
    assert consumer.sequences == list(range(1, len(consumer.sequences) + 1)), "a number is missing, or came twice"
    for kind in ("tickets", "customers"):
        standing = {one["id"]: read(client, kind, one["id"]) for one in client.walk(f"/{kind}")}
        assert {id: one for id, one in consumer.known[kind].items() if one} == standing
    counts = {kind: len(known) for kind, known in consumer.known.items()}
    happened = {"events": len(consumer.sequences), "acts": sorted(consumer.types)}
    return {"changes": changes, **happened, "writing_seconds": round(wrote, 1), **counts}


def read(client: Client, kind: str, id: str) -> dict[str, Any] | None:
    """A ticket with its messages, or a customer, as it is now; None for one who was erased."""
    answer = client.send("GET", f"/{kind}/{id}")
    if answer.status == 404:
        return None
    assert answer.status == 200, (kind, id, answer.status, answer.body)
    if kind == "customers":
        return dict(answer.json)
    thread = [(one["id"], one["text"]) for one in client.walk(f"/tickets/{id}/messages")]
    return {**answer.json, "messages": thread}


class Consumer:
    """Remembers the last sequence, and of everything that an event names what it read of it last."""

    def __init__(self, client: Client) -> None:
        self.sequences: list[int] = []
        self.types: set[str] = set()
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
        self.types |= {event["type"] for event in events}
        for kind, field in (("tickets", "ticket_id"), ("customers", "customer_id")):
            named = sorted({event["data"][field] for event in events} - {None})
            self.known[kind] |= self._read(kind, named)
        return len(events)

    def _read(self, kind: str, named: list[str]) -> dict[str, Any]:
        return dict(
            zip(named, by_many(READERS, lambda at: read(self._client, kind, named[at]), len(named)), strict=True)
        )


def _write(client: Client, own: int, steps: int) -> None:
    """What a busy integrator does, by chance from a seed, and each act of merging, splitting and erasing in turn."""
    writer = Writer(client, own, steps)
    for step in range(steps - 1):
        writer.act(step)


class Writer:
    """One of those who write at once; the customers are everybody's, so they meet each other's changes."""

    def __init__(self, client: Client, own: int, steps: int) -> None:
        self._client, self._own, self._steps = client, own, steps
        self._chance = random.Random(own)
        self._tickets = [client.done("POST", "/tickets", ticket_of(own, CUSTOMERS))]
        self._rare = [self._merge, self._split, self._unmerge, self._merge_people, self._part_people, self._erase]

    def act(self, step: int) -> None:
        if step % 3 == 2:
            self._rare[(step // 3 + self._own) % len(self._rare)](step)
        else:
            self._chance.choice([self._open, self._answer, self._note, self._change, self._rename])(step)

    def _open(self, step: int) -> None:
        body = ticket_of(self._own * self._steps + step, CUSTOMERS)
        self._tickets.append(self._client.done("POST", "/tickets", body))

    def _answer(self, step: int) -> None:
        self._try("POST", f"{self._one()}/messages", {"text": f"Oil it {step} times.", "status": "pending"})

    def _note(self, step: int) -> None:
        self._try("POST", f"{self._one()}/messages", {"text": "Third of its batch.", "visibility": "internal"})

    def _change(self, step: int) -> None:
        wanted = {"priority": self._chance.choice(["low", "high"]), "tags": [f"step{step}"]}
        self._try("PATCH", self._one(), {**wanted, "status": self._chance.choice(["open", "on_hold", "solved"])})

    def _rename(self, step: int) -> None:
        self._try("PATCH", self._person(), {"name": f"Alice of {self._own}-{step}", "tags": [f"step{step}"]})

    def _merge(self, step: int) -> None:
        """Two tickets of one customer, the second of which is made for it."""
        first = self._client.done("POST", "/tickets", ticket_of(self._own, CUSTOMERS))
        self._try("POST", f"/tickets/{first['id']}/merge", {"into": self._tickets[0]["id"]})
        self._tickets.append(first)

    def _unmerge(self, step: int) -> None:
        for ticket in self._tickets:
            self._try("POST", f"/tickets/{ticket['id']}/unmerge", {})

    def _split(self, step: int) -> None:
        made = self._try("POST", f"{self._one()}/messages", {"text": "Of another thing.", "visibility": "internal"})
        if made:
            body = {"message_ids": [made["id"]], "subject": f"Split {step}"}
            self._tickets += filter(None, [self._try("POST", f"/tickets/{made['ticket_id']}/split", body)])

    def _merge_people(self, step: int) -> None:
        into = self._person().rpartition("/")[2]
        self._try("POST", f"{self._person()}/merge", {"into": into})

    def _part_people(self, step: int) -> None:
        self._try("POST", f"{self._person()}/unmerge", {})

    def _erase(self, step: int) -> None:
        """A customer of his own: what everybody has must not go."""
        body = ticket_of(step, CUSTOMERS) | {"customer": {"email": f"charlie-{self._own}-{step}@example.org"}}
        made = self._client.done("POST", "/tickets", body)
        self._client.done("DELETE", f"/customers/{made['customer_id']}")

    def _one(self) -> str:
        return f"/tickets/{self._chance.choice(self._tickets)['id']}"

    def _person(self) -> str:
        return f"/customers/{self._chance.choice(self._tickets)['customer_id']}"

    def _try(self, method: str, path: str, body: Any) -> Any:
        """What it answers; None when it is refused, as it may be."""
        answer = self._client.send(method, path, body)
        assert answer.status < 300 or answer.status in REFUSED, (method, path, answer.status, answer.body)
        return answer.json if answer.status < 300 else None
