"""`make run`: the whole product on this machine. Ends when told to (Ctrl-C, SIGTERM), and only when all is saved."""

import os
import signal
import sys
import threading
import time
import urllib.request
from pathlib import Path
from types import FrameType

from chalicelib import log
from infra.local.parent_make import parent_make
from infra.local.run import Options, Run

HEALTHY_SECONDS = 20
WATCH_SECONDS = 0.5


def main() -> int:
    terminal = os.fdopen(os.dup(2), "w", buffering=1)
    options = Options(
        port=_port("PORT", 8000),
        smtp_port=_port("SMTP_PORT", 2525),
        data=Path(os.environ.get("DATA") or ".data"),
        seed=os.environ.get("SEED") or "demo",
    )
    end = _told_to_end()
    run = Run(options)
    try:
        _log_to(run.log)
        run.start()
        _wait_until_healthy(run.url)
        if not end.is_set():
            print(_addresses(run), flush=True)
        make = parent_make()
        while not end.wait(WATCH_SECONDS) and not (make and make.is_ending()):
            pass
        print("stopping …", flush=True)
    except (OSError, RuntimeError) as error:
        print(f"make run: {error}", file=terminal)
        return 1
    except Exception as error:  # a fault of the product's own: its traceback belongs into the log
        log.error("local.start_failed")
        print(f"make run: {type(error).__name__}: {error}; see {options.data}/server.log", file=terminal)
        return 1
    finally:
        run.stop()
    return 0


def _told_to_end() -> threading.Event:
    end = threading.Event()

    def note(number: int, frame: FrameType | None) -> None:
        end.set()

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, note)
    return end


def _log_to(log: Path) -> None:
    """Let all that the product logs go to its file and not to the terminal."""
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    except OSError as error:
        raise RuntimeError(f"{log.parent} cannot be the folder DATA: {error.strerror}") from error
    sys.stderr.flush()
    os.dup2(file, 2)


def _wait_until_healthy(url: str) -> None:
    deadline = time.monotonic() + HEALTHY_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/health", timeout=10).close()
            return
        except OSError as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"{url}/health does not answer 200: {error}") from error
            time.sleep(0.2)


def _port(name: str, default: int) -> int:
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or int(value) > 65535:
        raise SystemExit(f"make run: {name} must be a port number, not {value!r}")
    return int(value)


def _addresses(run: Run) -> str:
    return f"""
  portal    {run.url}/
  desk      {run.url}/agent
  API       {run.url}/v1/openapi.json
  console   {run.url}/_local   (mailbox, phone, clock, sign-in links)
  mail      smtp://127.0.0.1:{run.smtp_port}
  data      {run.options.data}   (log: {run.options.data}/server.log)

ready {run.url}"""


if __name__ == "__main__":
    sys.exit(main())
