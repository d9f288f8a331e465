"""Ticket numbers: taken in blocks, so that a new ticket costs no round trip for its number. Gaps are allowed."""

import threading

from pynamodb.exceptions import UpdateError

from chalicelib.store import changes, keys
from chalicelib.store.table import CounterRow

FIRST = 1001
BLOCK = 10

_lock = threading.Lock()
_left: list[int] = []


def take() -> int:
    """A number no other ticket has had."""
    with _lock:
        if not _left:
            _left.extend(_lease())
        return _left.pop(0)


def reserve(highest: int) -> None:
    """Let every number taken from now on be above `highest`, since imported tickets keep theirs.

    Numbers that a process has leased before are still given out: who writes a number must bear that it is taken.
    """
    changes.connection()
    row, wanted = CounterRow(keys.counter("ticket-number")), highest + 1 - FIRST
    if wanted <= 0:
        return
    below = CounterRow.value.does_not_exist() | (CounterRow.value < wanted)
    try:
        row.update(actions=[CounterRow.value.set(wanted)], condition=below)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":  # that is: it stands beyond already
            raise


def forget_block() -> None:
    """Drop the numbers this process holds, for when the world under it is a new one."""
    with _lock:
        _left.clear()


def _lease() -> range:
    changes.connection()
    row = CounterRow(keys.counter("ticket-number"))
    row.update(actions=[CounterRow.value.add(BLOCK)])
    last = FIRST + int(row.value)
    return range(last - BLOCK, last)
