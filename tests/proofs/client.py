"""Clients of a running product that keep their connection, and work done by many threads at once."""

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from tests.journeys.product import Product

PAGE = 100
REST_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def replayed(self) -> bool:
        return self.headers.get("idempotent-replayed") == "true"


class Client:
    """One client of the API with the world's key; each thread that uses it has a connection of its own."""

    def __init__(self, product: Product) -> None:
        self._address = urlsplit(product.url).netloc
        self._key = product.api_key
        self._mine = threading.local()

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        sent = {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        connection = self._connection()
        connection.request(method, "/v1" + path, None if body is None else json.dumps(body), sent)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())

    def post_octets(self, path: str, octets: bytes) -> Answer:
        """Post them as they are to any address of the product."""
        connection = self._connection()
        connection.request("POST", path, octets)
        answer = connection.getresponse()
        return Answer(answer.status, {}, answer.read())

    def done(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """What a call answers that must succeed."""
        answer = self.send(method, path, body, **headers)
        assert answer.status < 300, (method, path, answer.status, answer.body)
        return answer.json

    def pages(self, path: str, **query: Any) -> Iterator[list[dict[str, Any]]]:
        """A list, page after page, by its cursors."""
        cursor: dict[str, str] = {}
        while True:
            page = self.done("GET", f"{path}?{urlencode({**query, **cursor})}")
            yield page["data"]
            if not page["has_more"]:
                return
            cursor = {"cursor": page["next_cursor"]}

    def walk(self, path: str, **query: Any) -> list[dict[str, Any]]:
        return [one for page in self.pages(path, limit=PAGE, **query) for one in page]

    def _connection(self) -> http.client.HTTPConnection:
        """This thread's own; a new one after a rest, since a server closes those that nobody uses."""
        now = time.monotonic()
        if now - getattr(self._mine, "used", 0) > REST_SECONDS:
            self._mine.connection = http.client.HTTPConnection(self._address, timeout=300)
        self._mine.used = now
        found: http.client.HTTPConnection = self._mine.connection
        return found


def dispatched(product: Product, minutes: int = 15) -> None:
    """Wait until every change has its number in the feed; what follows from thousands of them may take longer."""
    for _ in range(minutes):
        answer = product.call("POST", "/_local/settle")
        if answer.status == 200 or answer.json()["left"]["dispatch"] == 0:
            return
    raise AssertionError(answer.body)


def by_many(threads: int, work: Callable[[int], Any], times: int) -> list[Any]:
    """What `work(0)` to `work(times - 1)` gave, done by that many threads; the first that fails is raised."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, range(times)))


def ticket_of(number: int, customers: int) -> dict[str, Any]:
    """A body for POST /tickets: one customer in turn writes it."""
    return {
        "subject": f"Board {number}",
        "message": {"text": f"Can board {number} be saved?"},
        "customer": {"email": f"alice-{number % customers}@example.org", "name": f"Alice {number % customers}"},
        "tags": [f"t{number % 7}"],
    }
