"""When a call is tried again, and after how long: exponential backoff with full jitter, and never before `Retry-After`.

Every POST and PATCH carries an Idempotency-Key that stays the same over its tries, so what may have been done is not
done twice. GET and DELETE may be sent again by their nature (RFC 9110 §9.2.2).
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime

import httpx

_PASSING = frozenset((408, 429, 500, 502, 503, 504))
_FIRST_SECONDS = 0.5
_LONGEST_SECONDS = 20.0


@dataclass(frozen=True)
class Retries:
    """`tries` in all, at least one; a `Retry-After` beyond `patience` seconds is not waited for."""

    tries: int = 6
    patience: float = 90.0

    def wait(self, tried: int, response: httpx.Response | None) -> float | None:
        """Seconds until the next try, after `tried` of them; None when this outcome (None: no answer) stands."""
        if tried >= self.tries or (response is not None and response.status_code not in _PASSING):
            return None
        told = retry_after(response.headers) if response is not None else 0.0
        wait = told + random.uniform(0, min(_LONGEST_SECONDS, _FIRST_SECONDS * 2 ** (tried - 1)))
        return wait if told <= self.patience else None


def retry_after(headers: Mapping[str, str]) -> float:
    """The seconds that `Retry-After` asks for, given as seconds or as a date; 0 without it or when it is neither."""
    told = headers.get("retry-after", "").strip()
    if told.isdecimal():
        return float(told)
    try:
        until = parsedate_to_datetime(told)
    except (ValueError, OverflowError):
        return 0.0
    aware = until if until.tzinfo else until.replace(tzinfo=timezone.utc)
    return max(0.0, (aware - datetime.now(timezone.utc)).total_seconds())
