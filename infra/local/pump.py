"""Keeps everything moving as AWS would: one thread a source, and `settle`, which runs them until nothing is left.

The one thing to know: whoever puts work into the world calls `stir` once that work can be seen, or settle may miss it.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Protocol

from chalicelib import log

POLL_SECONDS = 1.0
SETTLE_SECONDS = 60


class Source(Protocol):
    name: str
    lock: threading.Lock

    def run_once(self, settling: bool = False) -> int: ...

    def waiting(self) -> int: ...

    def later(self) -> int: ...

    def dead(self) -> int: ...


class Unsettled(Exception):
    """Something went on being runnable; `left` counts what by source."""

    def __init__(self, left: dict[str, int]) -> None:
        super().__init__(f"still running: {left}")
        self.left = left


class Pump:
    """`refresh` is called once all is quiet, so that every reader sees it."""

    def __init__(self, sources: Sequence[Source], refresh: Callable[[], None]) -> None:
        self.sources = list(sources)
        self._refresh = refresh
        self._changed = threading.Condition()
        self._generation = 0
        self._stopping = False
        self._threads: list[threading.Thread] = []

    @property
    def generation(self) -> int:
        """Grows with everything that happens."""
        return self._generation

    def start(self) -> None:
        for source in self.sources:
            thread = threading.Thread(target=self._keep_running, args=(source,), name=f"pump-{source.name}")
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Let every handler finish, and return when all threads have ended."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
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
            before = self._generation
            worked = {source.name: self._run(source, settling=True) for source in self.sources}
            if not any(worked.values()) and self._generation == before:
                break
            if time.monotonic() > deadline:
                raise Unsettled({source.name: source.waiting() or worked[source.name] for source in self.sources})
        self._refresh()
        return {
            "later": sum(source.later() for source in self.sources),
            "dead": sum(source.dead() for source in self.sources),
        }

    def _run(self, source: Source, settling: bool = False) -> int:
        with source.lock:
            worked = source.run_once(settling)
            if worked:
                self.stir()
        return worked

    def _keep_running(self, source: Source) -> None:
        while not self._stopping:
            seen = self._generation
            try:
                worked = self._run(source)
            except Exception:  # the engine may be gone for a moment; the thread must outlive that
                log.error("local.source_failed", source=source.name)
                worked = 0
            if not worked:
                self._wait(seen)

    def _wait(self, seen: int) -> None:
        with self._changed:
            if self._generation == seen and not self._stopping:
                self._changed.wait(POLL_SECONDS)
