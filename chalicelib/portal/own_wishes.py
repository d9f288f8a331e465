"""What a customer types about himself, looked over: his name, his clock, when his phone is to be left alone."""

import re
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from chalicelib import i18n
from chalicelib.domain.customer import Customer
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.web.visit import Visit

MAX_NAME = 200
_HOUR = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_PLACES = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")


def zones(customer: Customer) -> list[str]:
    """The time zones that are named for a place, and the one that he has."""
    return sorted({*_zones(), *([customer.time_zone] if customer.time_zone else [])})


def read(visit: Visit, customer: Customer) -> tuple[dict[str, Any], dict[str, str]]:
    """The customer's fields that the form holds, and what is wrong with them by the field's name.

    A form that leaves one out (as an older page does) leaves it as it is.
    """
    found: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    if visit.line("locale") in i18n.LOCALES:
        found["locale"] = visit.line("locale")
    if "name" in visit.form:
        found["name"] = visit.line("name")
        wrong |= {"name": "name-too-long"} if len(found["name"]) > MAX_NAME else {}
    if "time_zone" in visit.form:
        found["time_zone"] = visit.line("time_zone") or None
        wrong |= {"time_zone": "unknown-zone"} if found["time_zone"] not in (None, *zones(customer)) else {}
    if "quiet_from" in visit.form:
        quiet, fault = _quiet(visit.line("quiet_from"), visit.line("quiet_to"))
        found["quiet_hours"] = quiet
        wrong |= {"quiet_from": fault} if fault else {}
    return found, wrong


def shown(customer: Customer) -> dict[str, str]:
    """What the form holds at first: how he is."""
    quiet = customer.quiet_hours
    hours = {"quiet_from": quiet.begins, "quiet_to": quiet.ends} if quiet else {}
    return {"name": customer.name, "time_zone": customer.time_zone or ""} | hours


@cache
def _zones() -> tuple[str, ...]:
    return tuple(one for one in available_timezones() if one.startswith(_PLACES))


def _quiet(begins: str, ends: str) -> tuple[QuietHours | None, str]:
    """Both empty is none."""
    if not begins and not ends:
        return None, ""
    if not (_HOUR.fullmatch(begins) and _HOUR.fullmatch(ends)):
        return None, "hours-missing"
    return (None, "same-hours") if begins == ends else (QuietHours(begins, ends), "")
