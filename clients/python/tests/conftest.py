"""A server that misbehaves as told, and a client of it that does not really sleep."""

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from diwan_client import Diwan

KEY = "diwan_a-key-that-nobody-may-read-anywhere"


@dataclass(frozen=True)
class Turn:
    """What the server does with one request: answer, or break off after `cut` octets of the body (-1: at once)."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    cut: int | None = None


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Server(ThreadingHTTPServer):
    """Plays `turns` one after the other, the last one again and again, and keeps what it `received`."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.turns: list[Turn] = []
        self.received: list[Received] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def play(self, *turns: Turn) -> None:
        self.turns = list(turns)

    def next_turn(self, request: Received) -> Turn:
        self.received.append(request)
        return self.turns.pop(0) if len(self.turns) > 1 else self.turns[0]


class Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def _answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        turn = self.server.next_turn(Received(self.command, self.path, headers, content))
        if turn.cut == -1:
            self._break_off()
            return
        body = turn.body if isinstance(turn.body, bytes) else json.dumps(turn.body).encode()
        self.send_response(turn.status)
        for name, value in {"Content-Type": "application/json", **turn.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: turn.cut])
        self.close_connection = turn.cut is not None

    def _break_off(self) -> None:
        """Reset the connection instead of closing it politely."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True
        self.connection.close()

    do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - the names that http.server looks for

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as made:
        thread = threading.Thread(target=made.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest.fixture
def diwan(server: Server) -> Iterator[Diwan]:
    with Diwan(server.url, KEY) as made:
        yield made


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that the client would have slept, in order."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept


@pytest.fixture
def problem() -> Callable[..., Turn]:
    """Make a turn that answers with a problem document."""

    def make(status: int, code: str, headers: dict[str, str] | None = None, **told: Any) -> Turn:
        document = {"title": "No", "detail": "It cannot be.", "code": code, "request_id": "req_1", "status": status}
        kind = {"Content-Type": "application/problem+json"}
        return Turn(status, {**document, **told}, {**kind, **(headers or {})})

    return make


@pytest.fixture
def team() -> dict[str, Any]:
    """A team as the service shows it, with a field that this client does not know."""
    return {
        "id": "tea_1",
        "name": "Workshop",
        "names": {"en": "Workshop"},
        "created_at": "2026-11-14T09:12:00Z",
        "updated_at": "2026-11-14T09:12:00Z",
        "active": True,
        "version": 1,
        "colour": "olive",
    }
