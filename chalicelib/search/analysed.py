"""Entries kept by this process, so that a ticket that is searched as it is now is not analysed for every search.

Their size is what counts: a ticket has ten words or ten thousand.
"""

import sys
from collections.abc import Hashable

from chalicelib.search.tickets_documents import Entry


class Analysed:
    """Entries by name, the newest of them: together they have at most `most_octets` of words."""

    def __init__(self, most_octets: int) -> None:
        self._most_octets = most_octets
        self._kept: dict[Hashable, tuple[Entry, int]] = {}
        self._octets = 0

    def get(self, name: Hashable) -> Entry | None:
        """What was kept under that name, if it still is."""
        return self._kept.get(name, (None, 0))[0]

    def keep(self, name: Hashable, entry: Entry) -> None:
        """Keep it in place of what has that name, and let go of the oldest that are too much."""
        self._drop(name)
        self._kept[name] = entry, _octets(entry)
        self._octets += self._kept[name][1]
        for oldest in list(self._kept):
            if self._octets <= self._most_octets:
                return
            self._drop(oldest)

    def clear(self) -> None:
        """Let go of all."""
        self._kept.clear()
        self._octets = 0

    def _drop(self, name: Hashable) -> None:
        _, octets = self._kept.pop(name, (None, 0))
        self._octets -= octets


def _octets(entry: Entry) -> int:
    """What its words take, each as often as it stands there: the analyser makes each anew."""
    lists = entry.terms, entry.spellings
    return sum(map(sys.getsizeof, (*lists, *entry.terms, *entry.spellings)))
