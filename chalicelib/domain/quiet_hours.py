"""Hours of the shop's day in which nothing goes out by itself. They may span midnight, and a day of 23 or 25 hours.

They are told by the clock on the wall: where a clock is set back the longer reading counts, so nobody is woken by it.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class QuietHours:
    """From `begins` to `ends`, each `HH:MM`; both the same is a whole day and allowed nowhere."""

    begins: str
    ends: str

    def end(self, now: datetime, time_zone: str) -> datetime | None:
        """When the quiet hours that hold at `now` are over, in UTC; None when none hold."""
        zone = ZoneInfo(time_zone)
        today = now.astimezone(zone).date()
        begins, ends = time.fromisoformat(self.begins), time.fromisoformat(self.ends)
        for day in (today - timedelta(days=1), today):
            last = day if begins < ends else day + timedelta(days=1)
            start, end = min(_instants(day, begins, zone)), max(_instants(last, ends, zone))
            if start <= now < end:
                return end
        return None


def _instants(day: date, at: time, zone: ZoneInfo) -> list[datetime]:
    """The moment at which a clock there shows that time: two, where it is set back (or was set past it)."""
    shown = datetime.combine(day, at, zone)
    return [shown.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
