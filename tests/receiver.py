"""A receiver of webhooks: a real HTTP server on this machine that answers as it is told and keeps what came."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from standardwebhooks import Webhook


@dataclass
class Received:
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def verified(self, secret: str) -> Any:
        """What the official library makes of it; it raises when the signature or the time is wrong."""
        return Webhook(secret).verify(self.body, self.headers)


@dataclass
class Reply:
    """`trickle` is how many seconds pass between the octets of `text`; `hang` how many before the first octet."""

    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    trickle: float = 0
    hang: float = 0


class Receiver:
    """`script` holds the next answers, then it answers `otherwise`. `received` is all that came, in order."""

    def __init__(self) -> None:
        self.received: list[Received] = []
        self.script: list[Reply] = []
        self.otherwise = Reply()
        self.closing = threading.Event()
        self._taking = threading.Lock()
        handler = type("BoundHandler", (_Handler,), {"owner": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hooks"

    def answer(self, received: Received) -> Reply:
        with self._taking:
            self.received.append(received)
            return self.script.pop(0) if self.script else self.otherwise

    def of_type(self, type: str) -> list[Received]:
        return [one for one in self.received if one.json["type"] == type]


@contextmanager
def listening() -> Iterator[Receiver]:
    receiver = Receiver()
    threading.Thread(target=receiver.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        receiver.server.shutdown()
        receiver.server.server_close()


class _Handler(BaseHTTPRequestHandler):
    owner: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        reply = self.owner.answer(Received(self.path, headers, body))
        self.owner.closing.wait(reply.hang)
        try:
            self._send(reply)
        except OSError:
            return  # the sender would not wait

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        if reply.status != 204:
            self.send_header("Content-Length", str(len(reply.text.encode())))
        self.end_headers()
        for octet in reply.text.encode() if reply.trickle else ():
            self.wfile.write(bytes([octet]))
            time.sleep(reply.trickle)
        if not reply.trickle:
            self.wfile.write(reply.text.encode())

    def log_message(self, format: str, *arguments: object) -> None:
        """The test looks at what came."""
