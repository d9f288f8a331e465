"""The API as an integrator meets it: real HTTP events into the real app, AWS played by moto."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import boto3
import pytest

import app as switchboard
from chalicelib import clock, ids, settings
from chalicelib.domain.agent import Agent
from chalicelib.inbound import jobs as queue
from chalicelib.inbound import stream
from chalicelib.store import api_keys
from chalicelib.store.api_keys import ApiKey
from chalicelib.store.changes import Changes
from chalicelib.store.table import EventRow
from infra.local.gateway import Gateway, Request


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)

    @property
    def code(self) -> str:
        return str(self.json["code"])

    @property
    def faults(self) -> dict[str, str]:
        """The code of each fault by its pointer."""
        return {fault["pointer"]: fault["code"] for fault in self.json["errors"]}


class Caller:
    """A client with a key. `headers` go with every request."""

    def __init__(self, gateway: Gateway, token: str | None, **headers: str) -> None:
        self._gateway = gateway
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._headers |= {name.replace("_", "-"): value for name, value in headers.items()}

    def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Any) -> Answer:
        return self.send("GET", path, "", headers, urlencode(query))

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self._sent("POST", path, body, headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self._sent("PATCH", path, body, headers)

    def delete(self, path: str, **headers: str) -> Answer:
        return self.send("DELETE", path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def send(
        self, method: str, path: str, body: str | bytes = "", headers: Mapping[str, str] | None = None, query: str = ""
    ) -> Answer:
        sent = {**({"Content-Type": "application/json"} if body else {}), **self._headers, **(headers or {})}
        octets = body if isinstance(body, bytes) else body.encode("utf-8", "surrogatepass")
        request = Request(method, path, query, list(sent.items()), octets, "127.0.0.1")
        answered = self._gateway.answer(request)
        return Answer(answered.status, {k.lower(): v for k, v in answered.headers}, answered.body.decode())

    def walk(self, path: str, **query: Any) -> list[dict[str, Any]]:
        """Everything a list holds, page after page."""
        found, page = [], self.get(path, **query).json
        while True:
            found.extend(page["data"])
            if not page["has_more"]:
                return found
            page = self.get(path, **{**query, "cursor": page["next_cursor"]}).json

    def _sent(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.send(method, path, "" if body is None else json.dumps(body, ensure_ascii=False), named)


@pytest.fixture(autouse=True)
def one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The wall clock begins with a minute: no test meets the next one, from which requests of a key count anew."""
    real_now = clock.real_now
    since_the_minute = timedelta(seconds=real_now().timestamp() % 60)
    monkeypatch.setattr(clock, "real_now", lambda: real_now() - since_the_minute)


@pytest.fixture(scope="session")
def gateway() -> Gateway:
    return Gateway(switchboard.app)


@pytest.fixture
def key(bob: Agent, gateway: Gateway) -> Callable[..., Caller]:
    """Make a client whose key has the given scopes and limit."""

    def make(*scopes: str, limit: int = 10_000, agent_id: str = bob.id, **headers: str) -> Caller:
        key_id = ids.new("key")
        change = Changes()
        made = ApiKey(key_id, "Shop", "dwn_test", scopes or ("admin",), agent_id, clock.now(), limit=limit)
        api_keys.add(change, f"dwn_{key_id}", made)
        change.commit()
        return Caller(gateway, f"dwn_{key_id}", **headers)

    return make


@pytest.fixture
def api(key: Callable[..., Caller]) -> Caller:
    """A client with a key that may do everything, as Bob's."""
    return key()


@pytest.fixture
def ticket(api: Caller) -> dict[str, Any]:
    """Alice's ticket, as the API shows it."""
    return dict(api.post("/v1/tickets", new_ticket()).json)


@pytest.fixture
def dispatch() -> Callable[[], None]:
    """Bring all new events to the dispatcher, as the stream does."""

    def run() -> None:
        pending = list(EventRow.scan(EventRow.dispatch == "pending"))
        keys = [{"pk": {"S": row.pk}, "sk": {"S": row.sk}} for row in sorted(pending, key=lambda row: row.sk)]
        records = [{"eventName": "INSERT", "dynamodb": {"Keys": key, "SequenceNumber": "1"}} for key in keys]
        assert stream.handle({"Records": records}) == {"batchItemFailures": []}

    return run


@pytest.fixture
def work(cloud: None) -> Callable[[], None]:
    """Run every message on the jobs queue, twice over, as SQS may."""

    def all_of_it() -> None:
        for message in iter(_next, None):
            for _ in range(2):
                event = {"Records": [{"messageId": message["MessageId"], "body": message["Body"]}]}
                assert queue.handle(event) == {"batchItemFailures": []}

    return all_of_it


def _next() -> Any:
    sqs, url = boto3.client("sqs"), settings.jobs_queue_url()
    found = sqs.receive_message(QueueUrl=url).get("Messages", [])
    for message in found:
        sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return found[0] if found else None


def new_ticket(**fields: Any) -> dict[str, Any]:
    """A body for POST /v1/tickets; `fields` go on top."""
    return {
        "subject": "My board has split",
        "message": {"text": "Hello, can it be saved?"},
        "customer": {"email": "alice@example.org", "name": "Alice"},
        **fields,
    }
