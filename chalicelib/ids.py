"""Ids: a prefix that tells the kind, then a ULID (https://github.com/ulid/spec), so they sort by time of birth."""

import os
import re
import threading

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
