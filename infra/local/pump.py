"""Keeps everything moving as AWS would: one thread a source, one that looks which of them have work, and `settle`.

The one thing to know: whoever puts work into the world calls `stir` once that work can be seen, or it waits a second.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from chalicelib import log
from infra.local.engine import Backlog

LOOK_SECONDS = 1.0
SETTLE_SECONDS = 60


class Source(Protocol):
    """`waiting`, `later` and `dead` count what it has to do now, what comes to it later, and what it gave up."""

    name: str
    lock: threading.Lock

    def run_once(self, backlog: Backlog, settling: bool = False) -> int: ...

    def waiting(self, backlog: Backlog, settling: bool = False) -> int: ...

    def later(self, backlog: Backlog) -> int: ...

    def dead(self, backlog: Backlog) -> int: ...


class Unsettled(Exception):
    """Something went on being runnable; `left` counts what by source."""

    def __init__(self, left: dict[str, int]) -> None:
        super().__init__(f"still running: {left}")
        self.left = left


class Pump:
    """`look` says what waits in the engine; `refresh` is called once all is quiet, so that every reader sees it."""

    def __init__(self, sources: Sequence[Source], look: Callable[[], Backlog], refresh: Callable[[], None]) -> None:
        self.sources = list(sources)
        self._look = look
        self._refresh = refresh
        self._changed = threading.Condition()
        self._generation = 0
        self._begun = 0
        self._seen = Backlog({}, 0)
        self._stopping = False
        self._calls: dict[str, threading.Event] = {}
        self._threads: list[threading.Thread] = []

    @property
    def generation(self) -> int:
        """Grows with everything that happens."""
        return self._generation

    def start(self) -> None:
        self._calls = {source.name: threading.Event() for source in self.sources}
        self._begin("look", self._keep_looking)
        for source in self.sources:
            self._begin(source.name, self._keep_running, source)

    def stop(self) -> None:
        """Let every handler finish, and return when all threads have ended."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        for call in self._calls.values():
            call.set()
        for thread in self._threads:
            thread.join()
        self._threads.clear()
        self._stopping = False

    def stir(self) -> None:
        """Something happened: look again."""
        with self._changed:
            self._generation += 1
            self._changed.notify_all()

    def settle(self, seconds: float = SETTLE_SECONDS) -> dict[str, int]:
        """Run until nothing is runnable at the product's clock; counts what is due `later` and what is `dead`.

        Raises:
            Unsettled: there was still something to do after `seconds`.
        """
        deadline = time.monotonic() + seconds
        while True:
            begun = self._begun
            self._wait_for_running()
            backlog = self._look()
            ready = [source for source in self.sources if source.waiting(backlog, settling=True)]
            if not ready and self._begun == begun:
                break
            if time.monotonic() > deadline:
                raise Unsettled({source.name: source.waiting(backlog, settling=True) for source in self.sources})
            for source in ready:
                self._run(source, backlog, settling=True)
        self._refresh()
        return {
            "later": sum(source.later(backlog) for source in self.sources),
            "dead": sum(source.dead(backlog) for source in self.sources),
        }

    def counts(self) -> list[dict[str, Any]]:
        """What each source has to do now and later, and what it gave up."""
        backlog = self._look()
        return [
            {
                "name": source.name,
                "waiting": source.waiting(backlog, settling=True),
                "later": source.later(backlog),
                "dead": source.dead(backlog),
            }
            for source in self.sources
        ]

    def _wait_for_running(self) -> None:
        """What runs has taken its work from the queue, and may make more."""
        for source in self.sources:
            with source.lock:
                pass

    def _run(self, source: Source, backlog: Backlog, settling: bool = False) -> None:
        with source.lock:
            with self._changed:
                self._begun += 1
            if source.run_once(backlog, settling):
                self.stir()

    def _begin(self, name: str, keep: Callable[..., None], *arguments: Any) -> None:
        thread = threading.Thread(target=keep, args=arguments, name=f"pump-{name}")
        self._threads.append(thread)
        thread.start()

    def _keep_looking(self) -> None:
        while not self._stopping:
            seen = self._generation
            try:
                self._call_those_with_work()
            except Exception:  # the engine may be gone for a moment; the thread must outlive that
                log.error("local.look_failed")
            self._wait(seen)

    def _call_those_with_work(self) -> None:
        self._seen = self._look()
        for source in self.sources:
            if source.waiting(self._seen):
                self._calls[source.name].set()

    def _keep_running(self, source: Source) -> None:
        call = self._calls[source.name]
        while call.wait():
            call.clear()
            if self._stopping:  # asked after the call was taken: `stop` calls once
                return
            try:
                self._run(source, self._seen)
            except Exception:  # as above; it is called again at the next look
                log.error("local.source_failed", source=source.name)

    def _wait(self, seen: int) -> None:
        with self._changed:
            if self._generation == seen and not self._stopping:
                self._changed.wait(LOOK_SECONDS)
