"""Values of a foreign file as plain, storable ones: what is no text, time or number here is none at all."""

from datetime import UTC, datetime
from typing import Any

from chalicelib import clock
from chalicelib.channels.email_charset import storable

# Older dates are those of clocks that were never set, and each month back is one more partition of every list.
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)
# Tickets to come are numbered beyond the highest, and numbers have at most twelve digits wherever one is looked for.
MAX_NUMBER = 99_999_999
_ID_DIGITS = 18


def text(value: Any) -> str:
    """The value as text without what cannot be stored; "" of what is no text or number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return storable(str(value)).strip()


def texts(value: Any) -> tuple[str, ...]:
    """The texts of a list, each once."""
    listed = value if isinstance(value, list) else []
    return tuple(dict.fromkeys(found for found in map(text, listed) if found))


def time(value: Any) -> datetime | None:
    """A time as files write it: RFC 3339, a date alone or a date and time; without a zone it is UTC.

    None where it is none, or not between 2000 and now.
    """
    try:
        found = datetime.fromisoformat(text(value).replace("Z", "+00:00").replace(" UTC", "+00:00"))
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return believable(found)


def believable(moment: datetime | None) -> datetime | None:
    return moment if moment and OLDEST <= moment <= clock.now() else None


def number(value: Any) -> int | None:
    """A ticket's number; None where it is none that a ticket could have: a phone number, say."""
    found = id(text(value).lstrip("#"))
    return found if found and found <= MAX_NUMBER else None


def id(value: Any) -> int | None:
    """What another desk counts its things by; None where it is none."""
    found = text(value)
    return int(found) if found.isascii() and found.isdigit() and len(found) <= _ID_DIGITS and int(found) else None


def plain(value: Any, depth: int = 3) -> Any:
    """A value of a custom field with storable texts in it, at most `depth` deep."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, float):
        return value if value - value == 0 else None  # NaN and the infinities are no JSON
    if isinstance(value, list | dict) and depth == 0:
        return None
    if isinstance(value, list):
        return [plain(one, depth - 1) for one in value]
    if isinstance(value, dict):
        return {storable(str(name)): plain(one, depth - 1) for name, one in value.items()}
    return value
