"""Reads several partitions as one list: piece by piece, at the same time, and merged by place (the sort key).

A stream that is hungry may still hold what comes next, so it is read on before anything behind its place is given.
"""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from chalicelib.store.table import Row

# How often one page may read on, each time in all partitions at once, before it answers with what it has.
ROUNDS = 24


@dataclass(frozen=True)
class Piece:
    """A piece of one partition: (place, row) in order, and the place to read on from (None: nothing is behind)."""

    found: list[tuple[str, Row]]
    horizon: str | None


class Stream:
    """One partition, read piece by piece between two places that are both left out."""

    def __init__(self, read: Callable[[str, str, int], Piece], low: str, high: str, upwards: bool) -> None:
        self._read, self._low, self._high, self._upwards = read, low, high, upwards
        self.waiting: deque[tuple[str, Row]] = deque()
        self.finished = high <= low

    def fetch(self, size: int) -> None:
        part = self._read(self._low, self._high, size)
        self.waiting.extend(part.found)
        self.finished = part.horizon is None
        if part.horizon and self._upwards:
            self._low = part.horizon
        elif part.horizon:
            self._high = part.horizon

    @property
    def ended(self) -> bool:
        return self.finished and not self.waiting

    @property
    def hungry(self) -> bool:
        """Whether what comes next must be fetched first."""
        return not self.waiting and not self.finished

    @property
    def next(self) -> str:
        """The place of the next row; of a hungry one, the place it can be at best."""
        if self.waiting:
            return self.waiting[0][0]
        return self._low if self._upwards else self._high


def in_order(streams: list[Stream], piece: int, upwards: bool) -> Iterator[tuple[str, Row | None]]:
    """All rows of all partitions in order; at last (place, None) if too much had to be read to find the next one."""
    best = min if upwards else max
    with ThreadPoolExecutor(max(1, min(16, len(streams)))) as pool:
        rounds = 0
        while alive := [stream for stream in streams if not stream.ended]:
            first = best(alive, key=lambda stream: stream.next)
            if not first.hungry:
                yield first.waiting.popleft()
                continue
            if rounds == ROUNDS:
                yield first.next, None
                return
            rounds += 1
            list(pool.map(lambda stream: stream.fetch(piece), _hungry_before(alive, upwards)))


def _hungry_before(alive: list[Stream], upwards: bool) -> list[Stream]:
    """Those that may hold something before the first row we know: only they need to be read now."""
    best = min if upwards else max
    known = [stream.next for stream in alive if not stream.hungry]
    hungry = [stream for stream in alive if stream.hungry]
    if not known:
        return hungry
    limit = best(known)
    return [stream for stream in hungry if best(stream.next, limit) == stream.next]
