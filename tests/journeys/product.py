"""The product as `make run` starts it, on free ports and in a folder of its own, and what a test may do to it."""

import json
import os
import smtplib
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
START_SECONDS = 60


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Product:
    """A running product. `call` speaks to any address, `api` as who holds the world's key, `local` to the console."""

    def __init__(self, data: Path, seed: str = "demo") -> None:
        environment = {**os.environ, "PORT": "0", "SMTP_PORT": "0", "DATA": str(data), "SEED": seed}
        self.data = data
        self.process = subprocess.Popen(
            [sys.executable, "-m", "infra.local"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        self.url = self._ready()
        self.info = self.local("GET", "info")

    @property
    def api_key(self) -> str:
        return str(self.info["api_key"])

    def call(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        content = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        kind = {"Content-Type": "application/json"} if content is not None and not isinstance(body, bytes) else {}
        request = urllib.request.Request(self.url + path, content, {**kind, **(headers or {})}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return Answer(answer.status, dict(answer.headers), answer.read())
        except urllib.error.HTTPError as error:
            return Answer(error.code, dict(error.headers), error.read())

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        return self.call(method, "/v1" + path, body, {"Authorization": f"Bearer {self.api_key}", **headers})

    def local(self, method: str, path: str, body: Any = None) -> Any:
        answer = self.call(method, "/_local/" + path, body)
        assert answer.status < 400, answer.body
        return answer.json()

    def settle(self) -> dict[str, Any]:
        return dict(self.local("POST", "settle"))

    def mail(self, sender: str, raw: str, to: str | None = None) -> None:
        """Send one mail by SMTP, as a mail client does."""
        with smtplib.SMTP("127.0.0.1", self.info["smtp_port"], timeout=30) as client:
            client.sendmail(sender, [to or self.info["support_address"]], raw.encode())

    def stop(self) -> int:
        """Ask it to end, and wait until it has."""
        self.process.terminate()
        return self.process.wait(60)

    def _ready(self) -> str:
        assert self.process.stdout is not None
        deadline = time.monotonic() + START_SECONDS
        for line in self.process.stdout:
            if line.startswith("ready "):
                return line.split()[1]
            assert time.monotonic() < deadline, "not ready in time"
        log = self.data / "server.log"
        raise AssertionError(f"it did not start: {log.read_text()[-3000:] if log.exists() else 'no log'}")


@contextmanager
def running(data: Path, seed: str = "demo") -> Iterator[Product]:
    product = Product(data, seed)
    try:
        yield product
    finally:
        if product.process.poll() is None:
            product.stop()
