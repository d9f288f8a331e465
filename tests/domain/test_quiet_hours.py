"""Quiet hours, by the shop's clock: over midnight, and on the two days a year that are no 24 hours long."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.quiet_hours import QuietHours

NIGHT = QuietHours("21:00", "08:00")
NOON = QuietHours("12:00", "14:00")


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "zone", "now", "ends"),
    [
        (NIGHT, "Africa/Tunis", "2026-11-22T19:59:59", None),
        (NIGHT, "Africa/Tunis", "2026-11-22T20:00:00", "2026-11-23T07:00"),
        (NIGHT, "Africa/Tunis", "2026-11-22T23:30:00", "2026-11-23T07:00"),
        (NIGHT, "Africa/Tunis", "2026-11-23T06:59:59", "2026-11-23T07:00"),
        (NIGHT, "Africa/Tunis", "2026-11-23T07:00:00", None),
        (NOON, "Africa/Tunis", "2026-11-22T10:59:59", None),
        (NOON, "Africa/Tunis", "2026-11-22T11:00:00", "2026-11-22T13:00"),
        (NOON, "Africa/Tunis", "2026-11-22T13:00:00", None),
        (NIGHT, "Pacific/Kiritimati", "2026-11-22T08:00:00", "2026-11-22T18:00"),  # UTC+14: their day is tomorrow
        (NIGHT, "Pacific/Pago_Pago", "2026-11-22T08:00:00", "2026-11-22T19:00"),  # UTC-11: theirs is yesterday
    ],
)
def test_they_hold_from_their_beginning_until_just_before_their_end(quiet, zone, now, ends):
    assert quiet.end(utc(now), zone) == (utc(ends) if ends else None)


@pytest.mark.parametrize(
    ("quiet", "now", "ends"),
    [
        # 2026-03-29: at 02:00 the clocks of Berlin are set to 03:00.
        (NIGHT, "2026-03-28T20:30:00", "2026-03-29T06:00"),
        (QuietHours("01:00", "02:30"), "2026-03-29T00:30:00", "2026-03-29T01:30"),
        (QuietHours("02:30", "05:00"), "2026-03-29T01:30:00", "2026-03-29T03:00"),
        # 2026-10-25: at 03:00 they are set back to 02:00.
        (NIGHT, "2026-10-24T19:30:00", "2026-10-25T07:00"),
        (QuietHours("01:00", "02:30"), "2026-10-25T00:45:00", "2026-10-25T01:30"),
        (QuietHours("02:30", "05:00"), "2026-10-25T00:45:00", "2026-10-25T04:00"),
    ],
)
def test_where_clocks_are_set_nobody_is_woken(quiet, now, ends):
    assert quiet.end(utc(now), "Europe/Berlin") == utc(ends)


def test_a_night_without_change_is_as_long_as_it_says():
    started = utc("2026-11-22T20:00:00")
    assert NIGHT.end(started, "Africa/Tunis") - started == timedelta(hours=11)
