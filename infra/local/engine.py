"""The engine under a local run: MiniStack in a process of its own, playing DynamoDB, S3, SQS, SNS and CloudFormation.

It is started from another virtual environment (it pins its own botocore), so it is only ever spoken to by HTTP.
"""

import http.client
import json
import os
import socket
import subprocess
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
STOP_SECONDS = 120
# Services that would open ports or daemons of their own.
_QUIET = {"SFTP_ENABLED": "0", "IOT_MTLS_ENABLED": "0", "LOG_LEVEL": "WARNING"}


@dataclass(frozen=True)
class Backlog:
    """What waits in the engine at one moment.

    `queues` says of each queue, by its name, how many messages can be received now and how many only later; `stream`
    is how many records the table's stream has brought since the engine started.
    """

    queues: dict[str, tuple[int, int]]
    stream: int


class Engine:
    """One engine whose state lives in `folder`; `endpoint` is where it listens, on a new port at every start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.endpoint = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._line = threading.Lock()
        self._connection: http.client.HTTPConnection | None = None

    def launch(self) -> None:
        """Start it, without waiting until it answers."""
        self.folder.mkdir(parents=True, exist_ok=True)
        port = _free_port()
        self.endpoint = f"http://127.0.0.1:{port}"
        with (self.folder / "engine.log").open("ab") as log:
            self._process = subprocess.Popen(
                [_python(), str(Path(__file__).with_name("engine_process.py"))],
                env=self._environment(port),
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def save(self) -> None:
        """Write the state of this moment to disk; requests go on meanwhile."""
        self._post("/_engine/save")

    def set_clock(self, offset_seconds: float) -> None:
        """Put the queues `offset_seconds` ahead of the wall clock."""
        self._post(f"/_engine/clock?{offset_seconds!r}")

    def wipe(self) -> None:
        """Forget everything, on disk too."""
        self._post("/_ministack/reset")

    def backlog(self) -> Backlog:
        """What waits there now, by one small call on a connection of its own, which is kept."""
        with self._line:
            found = json.loads(self._get("/_engine/backlog"))
        return Backlog({name: (now, later) for name, now, later in found["queues"]}, found["stream"])

    def peek(self, queue_url: str) -> list[str]:
        """The bodies of all messages in a queue; none of them counts as received."""
        address = f"{self.endpoint}/_ministack/sqs/messages?QueueUrl={quote(queue_url, safe='')}"
        with urllib.request.urlopen(address, timeout=STOP_SECONDS) as answer:
            accounts = json.load(answer)["messages"]
        queues = [queue for regions in accounts.values() for queues in regions.values() for queue in queues.values()]
        return [message["Body"] for queue in queues for message in queue]

    def stop(self) -> None:
        """Let it save and end; returns when it has."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    def _environment(self, port: int) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LANG") if name in os.environ}
        folder = self.folder.resolve()
        return (
            kept
            | _QUIET
            | {
                "BIND_HOST": "127.0.0.1",
                "GATEWAY_PORT": str(port),
                "PERSIST_STATE": "1",
                "STATE_DIR": str(folder / "state"),
                "S3_PERSIST": "1",
                "S3_DATA_DIR": str(folder / "s3"),
                "ENGINE_FOLDER": str(folder),
            }
        )

    def wait(self) -> None:
        """Return when it answers.

        Raises:
            RuntimeError: it ended, or did not answer within a minute; its log says why.
        """
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            assert self._process is not None
            if self._process.poll() is not None:
                break
            try:
                urllib.request.urlopen(self.endpoint + "/_ministack/health", timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"the engine did not start: see {self.folder / 'engine.log'}")

    def _get(self, path: str) -> bytes:
        connection = self._connection or http.client.HTTPConnection(
            urlsplit(self.endpoint).netloc, timeout=STOP_SECONDS
        )
        self._connection = None
        connection.request("GET", path)
        answer = connection.getresponse().read()
        self._connection = connection
        return answer

    def _post(self, path: str) -> None:
        request = urllib.request.Request(self.endpoint + path, data=b"", method="POST")
        urllib.request.urlopen(request, timeout=STOP_SECONDS).close()


def _python() -> str:
    return str(ROOT / ".venv-engine" / "bin" / "python")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
