"""Business hours: windows, holidays, half-hour zones, and the two days a year that are no 24 hours long."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.business_hours import (
    MAX_REPLY_WITHIN,
    WEEKDAYS,
    BusinessHours,
    Window,
    as_business_hours,
    wrong,
)

WEEK = {day: (Window("09:00", "12:30"), Window("14:00", "18:00")) for day in WEEKDAYS[:5]}
HOURS = BusinessHours(WEEK, ("2026-12-25",), 120)
TUNIS = "Africa/Tunis"  # UTC+1 the whole year


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day(name: str, *windows: tuple[str, str]) -> BusinessHours:
    return BusinessHours({name: tuple(Window(*one) for one in windows)})


@pytest.mark.parametrize(
    ("now", "open_"),
    [
        ("2026-11-23T07:59:59", False),  # a Monday, 08:59:59 in Tunis
        ("2026-11-23T08:00:00", True),
        ("2026-11-23T11:29:59", True),
        ("2026-11-23T11:30:00", False),
        ("2026-11-23T13:00:00", True),
        ("2026-11-23T17:00:00", False),
        ("2026-11-22T10:00:00", False),  # a Sunday
        ("2026-12-25T10:00:00", False),  # a holiday on a Friday
    ],
)
def test_the_shop_is_open_from_the_beginning_of_a_window_until_just_before_its_end(now, open_):
    assert HOURS.is_open(utc(now), TUNIS) is open_


@pytest.mark.parametrize(
    ("now", "minutes", "due"),
    [
        ("2026-11-23T08:00:00", 120, "2026-11-23T10:00:00"),
        ("2026-11-23T09:30:00", 120, "2026-11-23T11:30:00"),  # the last minute of a window ends with it
        ("2026-11-23T10:30:00", 120, "2026-11-23T14:00:00"),  # an hour before noon, an hour after
        ("2026-11-23T16:30:30", 60, "2026-11-24T08:30:30"),  # over the night
        ("2026-11-27T16:30:00", 60, "2026-11-30T08:30:00"),  # over the weekend
        ("2026-12-24T16:00:00", 120, "2026-12-28T09:00:00"),  # over a holiday and the weekend
        ("2026-11-22T03:00:00", 60, "2026-11-23T09:00:00"),  # asked while closed
        ("2026-11-22T03:00:00", 0, "2026-11-23T08:00:00"),
        ("2026-11-23T08:30:00", 0, "2026-11-23T08:30:00"),
        ("2026-11-23T08:00:00", 5 * 450, "2026-11-27T17:00:00"),  # a whole week of them
        ("2026-12-31T16:00:00", 120, "2027-01-01T09:00:00"),  # into another year
    ],
)
def test_only_minutes_of_business_pass(now, minutes, due):
    assert HOURS.after(utc(now), minutes, TUNIS) == utc(due)


@pytest.mark.parametrize(
    ("zone", "now", "due"),
    [
        ("Asia/Kolkata", "2026-11-23T03:00:00", "2026-11-23T04:30:00"),  # UTC+5:30
        ("Asia/Kathmandu", "2026-11-23T03:00:00", "2026-11-23T04:15:00"),  # UTC+5:45
        ("Pacific/Kiritimati", "2026-11-22T18:00:00", "2026-11-22T20:00:00"),  # UTC+14: Monday there already
        ("Pacific/Pago_Pago", "2026-11-23T10:00:00", "2026-11-23T21:00:00"),  # UTC-11: Sunday there still
    ],
)
def test_a_day_is_the_day_of_the_shops_zone(zone, now, due):
    assert HOURS.after(utc(now), 60, zone) == utc(due)


@pytest.mark.parametrize(
    ("hours", "now", "minutes", "due"),
    [
        # 2026-03-29: at 02:00 the clocks of Berlin are set to 03:00, at 01:00 UTC.
        (day("sunday", ("01:00", "05:00")), "2026-03-29T00:00:00", 150, "2026-03-29T02:30:00"),
        (day("sunday", ("02:30", "05:00")), "2026-03-29T00:00:00", 60, "2026-03-29T02:00:00"),
        (day("sunday", ("00:00", "02:30")), "2026-03-28T23:00:00", 121, "2026-04-04T22:01:00"),
        (day("sunday", ("02:10", "02:50")), "2026-03-29T00:00:00", 10, "2026-04-05T00:20:00"),
        # 2026-10-25: at 03:00 they are set to 02:00, at 01:00 UTC.
        (day("sunday", ("01:00", "05:00")), "2026-10-24T23:00:00", 240, "2026-10-25T03:00:00"),
        (day("sunday", ("01:00", "02:30")), "2026-10-24T23:00:00", 90, "2026-10-25T00:30:00"),
        (day("sunday", ("00:00", "24:00")), "2026-10-24T22:00:00", 25 * 60, "2026-10-25T23:00:00"),
        (day("sunday", ("00:00", "24:00")), "2026-03-28T23:00:00", 23 * 60, "2026-03-29T22:00:00"),
    ],
)
def test_a_clock_that_is_set_ahead_or_back_changes_how_long_a_window_lasts(hours, now, minutes, due):
    assert hours.after(utc(now), minutes, "Europe/Berlin") == utc(due)


def test_a_day_that_a_zone_skipped_has_no_hours():
    friday = day("friday", ("09:00", "18:00"))  # Apia had no Friday, 30 December 2011

    assert friday.after(utc("2011-12-30T00:00:00"), 60, "Pacific/Apia") == utc("2012-01-05T20:00:00")


def test_a_window_until_midnight_goes_on_in_one_that_begins_there():
    night = BusinessHours({"monday": (Window("22:00", "24:00"),), "tuesday": (Window("00:00", "02:00"),)})

    assert night.is_open(utc("2026-11-23T23:59:59"), "UTC") and night.is_open(utc("2026-11-24T00:00:00"), "UTC")
    assert night.after(utc("2026-11-23T22:30:00"), 180, "UTC") == utc("2026-11-24T01:30:00")


def test_windows_count_in_the_order_of_the_day_however_they_are_given():
    turned = BusinessHours({name: windows[::-1] for name, windows in WEEK.items()})

    assert turned.after(utc("2026-11-23T10:30:00"), 120, TUNIS) == utc("2026-11-23T14:00:00")


@pytest.mark.parametrize(
    "hours",
    [
        BusinessHours(),
        BusinessHours({"monday": ()}, reply_within=60),
        replace(HOURS, week=WEEK, reply_within=None),
    ],
    ids=["nothing-set", "no-window", "no-promise"],
)
def test_without_hours_or_a_promise_nothing_is_promised(hours):
    assert hours.reply_by(utc("2026-11-23T08:00:00"), TUNIS) is None


def test_what_lies_further_than_a_year_away_is_not_promised():
    rare = replace(day("monday", ("09:00", "09:01")), reply_within=100)

    assert rare.reply_by(utc("2026-11-23T08:00:00"), TUNIS) is None


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-23T08:00:00", "2026-11-23T10:00:00"),
        ("2026-11-23T08:00:01", "2026-11-23T10:05:00"),
        ("2026-11-23T08:04:59.999999", "2026-11-23T10:05:00"),
    ],
)
def test_a_promise_is_on_full_five_minutes_and_never_early(now, due):
    assert HOURS.reply_by(utc(now), TUNIS) == utc(due)


def test_it_is_never_later_than_asked_later_and_never_earlier_than_the_minutes():
    start = utc("2026-03-27T00:00:00")
    asked = [start + timedelta(minutes=7 * at) for at in range(800)]
    due = [HOURS.after(one, 90, "Europe/Berlin") for one in asked]

    assert due == sorted(due) and all(
        end - begin >= timedelta(minutes=90) for begin, end in zip(asked, due, strict=True)
    )


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        (HOURS, []),
        (BusinessHours(), []),
        (day("friday", ("00:00", "24:00")), []),
        (day("friday", ("09:00", "12:00"), ("12:00", "18:00")), []),
        (day("someday", ("09:00", "18:00")), [("week.someday", "unknown-day")]),
        (day("friday", ("9:00", "18:00")), [("week.friday.0.begins", "invalid-clock-time")]),
        (day("friday", ("24:00", "24:00")), [("week.friday.0.begins", "invalid-clock-time")]),
        (day("friday", ("09:00", "25:00")), [("week.friday.0.ends", "invalid-clock-time")]),
        (day("friday", ("٠٩:٠٠", "18:00")), [("week.friday.0.begins", "invalid-clock-time")]),
        (day("friday", ("09:00\n", "18:00")), [("week.friday.0.begins", "invalid-clock-time")]),
        (day("friday", ("09:00", "09:00")), [("week.friday.0.ends", "empty-window")]),
        (day("friday", ("22:00", "02:00")), [("week.friday.0.ends", "window-over-midnight")]),
        (day("friday", ("09:00", "13:00"), ("12:00", "18:00")), [("week.friday.1", "overlapping-windows")]),
        (day("friday", *[(f"0{at}:00", f"0{at}:30") for at in range(7)]), [("week.friday", "too-many")]),
        (BusinessHours(holidays=("2026-02-30",)), [("holidays.0", "invalid-date")]),
        (BusinessHours(holidays=("2026-12-25", "25 December")), [("holidays.1", "invalid-date")]),
        (BusinessHours(holidays=("2026-12-25",) * 367), [("holidays", "too-many")]),
        (BusinessHours(reply_within=60), [("reply_within", "no-open-hours")]),
        (replace(HOURS, reply_within=0), [("reply_within", "out-of-range")]),
        (replace(HOURS, reply_within=MAX_REPLY_WITHIN + 1), [("reply_within", "out-of-range")]),
    ],
    ids=lambda value: value[0][1] if isinstance(value, list) and value else "",
)
def test_what_is_wrong_is_named_with_the_place_where_it_is(hours, found):
    assert [(".".join(one.path), one.code) for one in wrong(hours)] == found


def test_they_are_the_same_after_they_were_stored():
    assert as_business_hours(asdict(HOURS)) == HOURS
    assert as_business_hours({}) == BusinessHours()
