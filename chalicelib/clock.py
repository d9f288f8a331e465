"""The product's clock. All times are aware and in UTC; a local run may shift it to see what comes due."""

from datetime import UTC, datetime, timedelta

_offset = timedelta()


def now() -> datetime:
    return real_now() + _offset


def real_now() -> datetime:
    """The wall clock, which signatures use: a receiver compares them with its own."""
    return datetime.now(UTC)


def shift(seconds: float) -> None:
    """Move the product's clock by `seconds`, on top of earlier shifts."""
    global _offset
    _offset += timedelta(seconds=seconds)


def offset() -> float:
    """Seconds by which the product's clock is ahead of the wall clock."""
    return _offset.total_seconds()
