"""Writes down what customers search for, so that authors see what is missing: counts of words, and nobody's name.

A search must never wait for this or fail by it: it is one write, and none when many come at once.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable

from chalicelib import log
from chalicelib.domain import written_contacts
from chalicelib.search import text
from chalicelib.store import searches

MAX_SIGNS = 80
# What one process writes down: so many at once, and so many a second for long.
_MOST_AT_ONCE = 40
_MOST_A_SECOND = 2.0
# Whoever turns pages or comes back asks the same again: for so long it counts once.
_SAME_FOR = 600.0
_REMEMBERED = 2_000

_ROBOT = re.compile(
    r"bot|crawl|spider|slurp|preview|scan|monitor|curl|wget|python|http-?client|headless", re.IGNORECASE
)


def note(query: str, locale: str, hits: int, *, visitor: Hashable, agent: str = "") -> None:
    """Count a search for `query` in `locale` that found so many articles.

    Nothing is kept of what may be private (addresses, numbers of six digits or more), longer than 80 signs, or asked by
    a robot, as its user `agent` tells.

    Args:
        visitor: who asks; the same query of the same visitor counts once in ten minutes. It is not stored.
    """
    _count("searched", query, locale, visitor, agent, lambda said: searches.count(locale, said, hits))


def note_opened(query: str, locale: str, *, visitor: Hashable, agent: str = "") -> None:
    """Count that an article was opened from what a search found, as `note` counts searches."""
    _count("opened", query, locale, visitor, agent, lambda said: searches.count_opened(locale, said))


def normal(query: str) -> str | None:
    """The query as it is counted, in one spelling; None if nothing of it may be kept."""
    if written_contacts.are_in(query):
        return None
    words = " ".join(text.spelling(word) for word in text.words(query))
    return words if 0 < len(words) <= MAX_SIGNS else None


def _count(what: str, query: str, locale: str, visitor: Hashable, agent: str, write: Callable[[str], None]) -> None:
    said = normal(query)
    if said is None or not agent or _ROBOT.search(agent) or not _pace.lets_pass((what, visitor, locale, said)):
        return
    try:
        write(said)
    except Exception as error:  # whatever is wrong with the table, the visitor has his answers
        log.warning("search.not_counted", reason=type(error).__name__)


def forget() -> None:
    """Drop what this process remembers, for when the world under it is a new one."""
    _pace.clear()


class _Pace:
    """What is to be written down: not the same again, and not more than the table is to be asked for."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.clear()

    def clear(self) -> None:
        with self._lock:
            self._left, self._at = float(_MOST_AT_ONCE), time.monotonic()
            self._seen: OrderedDict[Hashable, float] = OrderedDict()

    def lets_pass(self, search: Hashable) -> bool:
        now = time.monotonic()
        with self._lock:
            if now - self._seen.get(search, -_SAME_FOR) < _SAME_FOR:
                return False
            self._left = min(_MOST_AT_ONCE, self._left + (now - self._at) * _MOST_A_SECOND)
            self._at = now
            if self._left < 1:
                return False
            self._left -= 1
            self._seen[search] = now
            while len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
            return True


_pace = _Pace()
