"""MiniStack as `make run` starts it, run by the engine's own Python: it adds a save on demand, a shared clock and one
look at all that waits.

MiniStack writes its state at a clean stop only. Here `POST /_engine/save` forks and the copy writes, so nothing waits;
the files of one save appear together (a link moves to them) or not at all. It stops when its standard input closes,
which is when the process that started it is gone, even by `kill -9`.
"""

import asyncio
import fcntl
import functools
import json
import os
import resource
import shutil
import sys
import threading
import time
import types
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from signal import SIGTERM, alarm
from typing import Any

import uvicorn
import yaml
from ministack import app as ministack
from ministack.core import persistence
from ministack.services import dynamodb, sns, sqs

FOLDER = Path(os.environ["ENGINE_FOLDER"])
SAVE_SECONDS = 120

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


def main() -> None:
    lock_folder()
    threading.Thread(target=stop_with_parent, daemon=True).start()
    ministack.save_all = save_together
    read_expressions_once()
    yaml.SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # MiniStack reads templates with its subclass
    serve()


def serve() -> None:
    """By uvicorn: under MiniStack's own choice, Hypercorn, each of our small calls takes twice the processor time."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    # A burst of connections needs more than the usual 256; macOS takes 10,240 where it says that there is no limit.
    resource.setrlimit(resource.RLIMIT_NOFILE, (10_240 if most == resource.RLIM_INFINITY else most, most))
    uvicorn.run(
        functools.partial(answer, ministack.app),
        host=os.environ["BIND_HOST"],
        port=int(os.environ["GATEWAY_PORT"]),
        interface="asgi3",
        ws="none",
        lifespan="on",
        log_level="warning",
        access_log=False,
        date_header=False,
        server_header=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
    )


def lock_folder() -> None:
    """Wait for an engine of an earlier run that is still saving this folder."""
    handle = os.open(FOLDER / "lock", os.O_CREAT | os.O_RDWR)
    fcntl.flock(handle, fcntl.LOCK_EX)


def read_expressions_once() -> None:
    """MiniStack reads a query's condition anew for every row of a partition: of a long list, most of its time."""
    tokenize = functools.lru_cache(1024)(dynamodb._tokenize)
    dynamodb._tokenize = lambda expression: list(tokenize(expression))
    dynamodb._condition_syntax_error = functools.lru_cache(1024)(dynamodb._condition_syntax_error)


def stop_with_parent() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), SIGTERM)


async def answer(serve: Any, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http" or not scope["path"].startswith("/_engine/"):
        await serve(scope, receive, send)
    elif scope["path"] == "/_engine/backlog":
        await reply(send, 200, json.dumps(backlog()).encode())
    elif scope["path"] == "/_engine/save":
        await reply(send, 200 if await save_in_copy() else 500)
    else:
        shift_clock(float(scope["query_string"]))
        await reply(send, 200)


async def reply(send: Send, status: int, body: bytes = b"") -> None:
    length = str(len(body)).encode()
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", length)]})
    await send({"type": "http.response.body", "body": body})


def backlog() -> dict[str, Any]:
    """Of each queue how much is to be had now and how much later, and how far the table's stream is."""
    brought = sum(map(len, dynamodb._stream_records.to_dict().values()))
    expired = sum(dynamodb._stream_trimmed.to_dict().values())
    return {"queues": [counts(queue) for queue in sqs._queues.to_dict().values()], "stream": brought + expired}


def counts(queue: dict[str, Any]) -> tuple[str, int, int]:
    sqs._refresh_counts(queue)
    now, hidden, delayed = (
        int(queue["attributes"]["ApproximateNumberOfMessages" + kind]) for kind in ("", "NotVisible", "Delayed")
    )
    return queue["name"], now, hidden + delayed


async def save_in_copy() -> bool:
    """Save from a forked copy of this process: it sees one moment of all services, and we go on."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            alarm(SAVE_SECONDS)
            code = save_together(ministack._build_persistence_save_dict())
        finally:
            os._exit(code)
    _, status = await asyncio.to_thread(os.waitpid, child, 0)
    return status == 0


def save_together(services: dict[str, Any]) -> int:
    """Save every service into a new folder, then point `state` at it: a crash leaves the older save whole."""
    fresh = FOLDER / f"state.{time.time_ns()}"
    persistence.STATE_DIR = str(fresh)
    fresh.mkdir()
    persistence.save_all(services)
    link = FOLDER / "state.next"
    link.unlink(missing_ok=True)
    link.symlink_to(fresh.name)
    os.replace(link, FOLDER / "state")
    for old in FOLDER.glob("state.[0-9]*"):
        if old != fresh:
            shutil.rmtree(old, ignore_errors=True)
    return 0


def shift_clock(seconds: float) -> None:
    """Let the queues live on the product's clock, so that delays and time-outs end when it jumps."""
    shifted = types.SimpleNamespace(**{**vars(time), "time": lambda: time.time() + seconds})
    sqs.time = sns.time = shifted


if __name__ == "__main__":
    main()
