"""Ids: a prefix that tells the kind, then a ULID (https://github.com/ulid/spec), so they sort by time of birth."""

import hashlib
import os
import re
import threading
from datetime import UTC, datetime

from chalicelib import clock

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SHAPE = re.compile(r"[a-z]{3}_[0-9A-HJKMNP-TV-Z]{26}")
_RANDOM_BITS = 80
_lock = threading.Lock()
_last = 0


def new(prefix: str) -> str:
    """A new id such as `tkt_01JD…`; `prefix` is three lower-case letters.

    Two ids made one after the other in one process sort in that order, even within a millisecond.
    """
    return f"{prefix}_{_encode(_next())}"


def at(prefix: str, moment: datetime, source: str, order: int = 0) -> str:
    """The id of something brought from elsewhere: the same whenever it is asked for, and in its place by time.

    Args:
        moment: when the thing came to be.
        source: what names it there, such as `zendesk:comment:7`.
        order: which of several of one millisecond comes first, where the source numbers them.
    """
    told = int.from_bytes(hashlib.sha256(source.encode()).digest()[:10])
    if order:
        told = (order % 2**48) << 32 | told >> 48
    return f"{prefix}_{_encode(int(moment.timestamp() * 1000) << _RANDOM_BITS | told)}"


def origin(id: str) -> str:
    """What two ids made by `at` have in common when moment and source are the same, whatever their order."""
    return id[4:14] + id[24:30]


def earliest(prefix: str, moment: datetime) -> str:
    """The smallest id that can have been made at `moment`: where a range of ids begins or ends."""
    return f"{prefix}_{_encode(int(moment.timestamp() * 1000) << _RANDOM_BITS)}"


def time_of(id: str) -> datetime:
    """When the thing with that id came to be, to the millisecond."""
    number = 0
    for letter in id[4:14]:
        number = number << 5 | _ALPHABET.index(letter)
    return datetime.fromtimestamp(number / 1000, UTC)


def forget_last() -> None:
    """Let ids follow a clock that was set back, instead of staying ahead of it until it has caught up."""
    global _last
    with _lock:
        _last = 0


def is_id(value: str, prefix: str) -> bool:
    """Whether `value` has the shape of an id of that kind (not whether it names anything)."""
    return value.startswith(prefix + "_") and bool(_SHAPE.fullmatch(value))


def _next() -> int:
    global _last
    fresh = int(clock.now().timestamp() * 1000) << _RANDOM_BITS | int.from_bytes(os.urandom(10))
    with _lock:
        if fresh >> _RANDOM_BITS <= _last >> _RANDOM_BITS:
            fresh = _last + 1
        _last = fresh
    return fresh


def _encode(number: int) -> str:
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(125, -1, -5))
