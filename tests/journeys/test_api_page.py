"""Every example of docs/api.md, and of the client's page, is run as it stands there."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.journeys.product import ROOT, Product

PAGE = (ROOT / "docs/api.md").read_text()
CLIENT_PAGE = (ROOT / "clients/python/README.md").read_text()
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)


def is_receiver(block: str) -> bool:
    return "serve_forever" in block


@pytest.fixture(scope="module")
def environment(product: Product) -> dict[str, str]:
    found = {"BASE": product.url, "KEY": product.api_key, "DIWAN_URL": product.url, "DIWAN_KEY": product.api_key}
    # What stands first in PATH may be a script of pyenv that looks for the interpreter: a tenth of a second a call.
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    return {**os.environ, **found, "PATH": path, "PYTHONPATH": str(ROOT / "clients/python/src"), "SECRET": SECRET}


def test_the_shell_examples_work_one_after_the_other(
    product: Product, environment: dict[str, str], tmp_path: Path
) -> None:
    found = blocks(PAGE, "sh")
    script = "set -euo pipefail\n" + "echo\n".join(f"echo; echo '# example {n}'\n{one}" for n, one in enumerate(found))
    script = script.replace("BASE=http://127.0.0.1:8000", f"BASE={product.url}")

    ran = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr
    assert len(found) > 10 and f"# example {len(found) - 1}" in ran.stdout
    refused = re.findall(r'"status": ?([45]\d\d), ?"detail": ?"([^"]*)', ran.stdout)
    assert [status for status, _ in refused] == ["422"], "only the example of an error is refused"


@pytest.mark.parametrize("block", [*blocks(PAGE, "python"), *blocks(CLIENT_PAGE, "python")])
def test_the_python_examples_work(product: Product, environment: dict[str, str], tmp_path: Path, block: str) -> None:
    if is_receiver(block):
        with receiving(block, environment) as port:
            assert told(port, sign(b'{"type": "ticket.created", "data": {}}')) == 204
            assert told(port, sign(b"{}") | {"webhook-id": "evt_2"}) == 400
        return
    product.settle()
    ran = subprocess.run([sys.executable, "-c", block], cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout and not ran.stdout.startswith("failed")


@contextmanager
def receiving(block: str, environment: dict[str, str]) -> Iterator[int]:
    """The receiver of the page, at work on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, "-c", block], env={**environment, "RECEIVER_PORT": str(port)})
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def sign(body: bytes) -> dict[str, str]:
    now = datetime.now(UTC)
    signature = Webhook(SECRET).sign("evt_1", now, body.decode())
    named = {"webhook-id": "evt_1", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    return {**named, "body": body.decode()}


def told(port: int, signed: dict[str, str]) -> int:
    """What the receiver answers, as soon as it listens."""
    headers = {name: value for name, value in signed.items() if name != "body"}
    request = urllib.request.Request(f"http://127.0.0.1:{port}/", signed["body"].encode(), headers)
    for _ in range(100):
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except urllib.error.URLError:
            time.sleep(0.1)
    raise AssertionError("the receiver of the page does not listen")
