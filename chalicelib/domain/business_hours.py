"""When the shop is open: windows of each weekday, told by the clock on its wall, and the days on which it is closed.

A time that the clock skips (it is set ahead) is the moment of the skip; one that it shows twice is the first of both.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MAX_WINDOWS = 6
MAX_HOLIDAYS = 366
MAX_REPLY_WITHIN = 14 * 24 * 60
# A promise further away than this is none.
FARTHEST = timedelta(days=366)

_DAY_END = "24:00"
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MINUTE = timedelta(minutes=1)
_FULL = timedelta(minutes=5)


@dataclass(frozen=True)
class Window:
    """From `begins` to `ends`, each `HH:MM`, on one day; `24:00` ends at its midnight."""

    begins: str
    ends: str


@dataclass(frozen=True)
class Wrong:
    """What is wrong with business hours; `path` leads to it, `code` and `told` say why."""

    path: tuple[str, ...]
    code: str
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class BusinessHours:
    """`week` has windows by weekday (`monday` …), `holidays` are dates (`2026-12-25`), closed the whole day long.

    `reply_within` is the number of business minutes within which the shop promises an answer; None promises nothing.
    What is asked needs hours of which `wrong` found nothing, and a time zone of the IANA's (`Africa/Tunis`).
    """

    week: Mapping[str, tuple[Window, ...]] = field(default_factory=dict)
    holidays: tuple[str, ...] = ()
    reply_within: int | None = None

    @property
    def are_set(self) -> bool:
        return any(self.week.values())

    def is_open(self, now: datetime, time_zone: str) -> bool:
        """Whether `now` is in a window, its end excepted."""
        zone = ZoneInfo(time_zone)
        return any(begins <= now < ends for begins, ends in self._of(now.astimezone(zone).date(), zone))

    def after(self, now: datetime, minutes: int, time_zone: str) -> datetime | None:
        """The moment, in UTC, before which `minutes` of business pass from `now` on; None within a year there is none.

        Of no minutes it is now, or when the shop opens next. The last minute of a window ends with the window.
        """
        left = timedelta(minutes=minutes)
        for begins, ends in self._from(now, ZoneInfo(time_zone)):
            begins = max(begins, now.astimezone(UTC))
            if left <= ends - begins:
                return begins + left
            left -= ends - begins
        return None

    def reply_by(self, now: datetime, time_zone: str) -> datetime | None:
        """Before when the shop answers what comes in `now`, on a full five minutes; None where it promises nothing."""
        if self.reply_within is None or not self.are_set:
            return None
        due = self.after(now, self.reply_within, time_zone)
        return due and due + (datetime.min.replace(tzinfo=UTC) - due) % _FULL

    def _from(self, now: datetime, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """The windows that are not over at `now`, in order, for a year."""
        first = now.astimezone(zone).date() - timedelta(days=1)
        for ahead in range(FARTHEST.days + 2):
            yield from ((begins, ends) for begins, ends in self._of(first + timedelta(days=ahead), zone) if ends > now)

    def _of(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        """The windows of one day as moments; one that the clock skips altogether is none."""
        if day.isoformat() in self.holidays:
            return
        for window in sorted(self.week.get(WEEKDAYS[day.weekday()], ()), key=lambda one: one.begins):
            begins, ends = _moment(day, window.begins, zone), _moment(day, window.ends, zone)
            if begins < ends:
                yield begins, ends


def as_business_hours(stored: Mapping[str, Any]) -> BusinessHours:
    """The hours of which `dataclasses.asdict` made `stored`, or a part of it."""
    week = {day: tuple(Window(**one) for one in windows) for day, windows in stored.get("week", {}).items()}
    within = stored.get("reply_within")
    return BusinessHours(week, tuple(stored.get("holidays", ())), None if within is None else int(within))


def wrong(hours: BusinessHours) -> Iterator[Wrong]:
    """All that is wrong with the hours.

    Codes: `unknown-day`, `too-many`, `invalid-clock-time`, `empty-window`, `window-over-midnight` (it is two, of two
    days), `overlapping-windows`, `invalid-date`, `out-of-range`, `no-open-hours` (an answer is promised and none come).
    """
    for day, windows in hours.week.items():
        if day not in WEEKDAYS:
            yield Wrong(("week", day), "unknown-day", {"allowed": ", ".join(WEEKDAYS)})
        else:
            yield from _wrong_day(("week", day), windows)
    yield from _wrong_holidays(hours.holidays)
    yield from _wrong_promise(hours)


def _wrong_day(path: tuple[str, ...], windows: tuple[Window, ...]) -> Iterator[Wrong]:
    if len(windows) > MAX_WINDOWS:
        yield Wrong(path, "too-many", {"count": len(windows), "limit": MAX_WINDOWS})
    faulty = [found for at, one in enumerate(windows) for found in _wrong_window((*path, str(at)), one)]
    yield from faulty
    for at, one in enumerate(windows if not faulty else ()):
        if any(one.begins < other.ends and other.begins < one.ends for other in windows[:at]):
            yield Wrong((*path, str(at)), "overlapping-windows")


def _wrong_window(path: tuple[str, ...], window: Window) -> Iterator[Wrong]:
    misread = [Wrong((*path, name), "invalid-clock-time") for name in ("begins", "ends") if not _is_time(window, name)]
    if misread:
        yield from misread
    elif window.begins == window.ends:
        yield Wrong((*path, "ends"), "empty-window")
    elif window.begins > window.ends:
        yield Wrong((*path, "ends"), "window-over-midnight")


def _wrong_holidays(holidays: tuple[str, ...]) -> Iterator[Wrong]:
    if len(holidays) > MAX_HOLIDAYS:
        yield Wrong(("holidays",), "too-many", {"count": len(holidays), "limit": MAX_HOLIDAYS})
    for at, day in enumerate(holidays):
        if not _is_date(day):
            yield Wrong(("holidays", str(at)), "invalid-date")


def _wrong_promise(hours: BusinessHours) -> Iterator[Wrong]:
    if hours.reply_within is None:
        return
    if not 1 <= hours.reply_within <= MAX_REPLY_WITHIN:
        yield Wrong(("reply_within",), "out-of-range", {"low": 1, "high": MAX_REPLY_WITHIN})
    if not hours.are_set:
        yield Wrong(("reply_within",), "no-open-hours")


def _is_time(window: Window, name: str) -> bool:
    told: str = getattr(window, name)
    return bool(_TIME.fullmatch(told)) and (name == "ends" or told != _DAY_END)


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _moment(day: date, at: str, zone: ZoneInfo) -> datetime:
    """When a clock there shows that time of that day, in UTC."""
    day, at = (day + timedelta(days=1), "00:00") if at == _DAY_END else (day, at)
    wanted = datetime.combine(day, time.fromisoformat(at), zone)
    found = wanted.astimezone(UTC)
    is_shown = found.astimezone(zone).replace(tzinfo=None) == wanted.replace(tzinfo=None)
    return found if is_shown else _skip(found, zone)


def _skip(after: datetime, zone: ZoneInfo) -> datetime:
    """When the clock was set ahead, at the most a day before `after`: the first minute with its offset."""
    offset, low, high = after.astimezone(zone).utcoffset(), after - timedelta(days=1, hours=1), after
    while high - low > _MINUTE:
        middle = low + (high - low) // 2 // _MINUTE * _MINUTE
        low, high = (low, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, high)
    return high
