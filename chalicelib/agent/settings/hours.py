"""When the shop is open, on which days it is not, and within which time it promises an answer."""

from chalice import Response

from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import form, pages
from chalicelib.domain.business_hours import MAX_HOLIDAYS, WEEKDAYS, BusinessHours, Window
from chalicelib.store import shop
from chalicelib.web import numbers
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/hours"


@doors.get(HERE)
@for_agents
@pages.for_admins
def show(desk: Desk) -> Response:
    return _form(desk, _as_typed(shop.load().business_hours))


@doors.post(HERE)
@for_agents
@pages.for_admins
def save(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong(typed) or form.save(desk, {"business_hours": _wanted(typed)}, typed, "business_hours")
    return _form(desk, typed, wrong) if wrong else pages.done(desk, HERE)


def _typed(desk: Desk) -> dict[str, str]:
    days = {f"week_{day}": 100 for day in WEEKDAYS}
    holidays = desk.visit.text("holidays")[: MAX_HOLIDAYS * 12]
    return {**pages.lines(desk, {**days, "reply_within_hours": 3, "reply_within_minutes": 3}), "holidays": holidays}


def _as_typed(hours: BusinessHours) -> dict[str, str]:
    days = {f"week_{day}": _written(hours.week.get(day, ())) for day in WEEKDAYS}
    within = hours.reply_within
    promise = ("", "") if within is None else (str(within // 60), str(within % 60))
    holidays = "\n".join(hours.holidays)
    return {**days, "reply_within_hours": promise[0], "reply_within_minutes": promise[1], "holidays": holidays}


def _wanted(typed: dict[str, str]) -> dict[str, object]:
    week = {day: _windows(typed[f"week_{day}"]) for day in WEEKDAYS}
    return {
        "week": {day: windows for day, windows in week.items() if windows},
        "holidays": tuple(sorted(set(numbers.western(typed["holidays"]).split()))),
        "reply_within": _promise(typed),
    }


def _wrong(typed: dict[str, str]) -> dict[str, object]:
    unreadable = [f"week_{day}" for day in WEEKDAYS if _windows(typed[f"week_{day}"]) is None]
    wrong: dict[str, object] = dict.fromkeys(unreadable, "no-windows")
    length = [numbers.whole(typed[name] or "0") for name in ("reply_within_hours", "reply_within_minutes")]
    return wrong | ({"reply_within_hours": "no-length"} if None in length else {})


def _promise(typed: dict[str, str]) -> int | None:
    if not typed["reply_within_hours"] and not typed["reply_within_minutes"]:
        return None
    return 60 * int(typed["reply_within_hours"] or 0) + int(typed["reply_within_minutes"] or 0)


def _windows(typed: str) -> tuple[Window, ...] | None:
    """`09:00-12:30, 14:00-18:00`; also with dashes, commas and digits as Arabic has them, and full hours.

    None: unreadable.
    """
    made = []
    for part in numbers.western(typed).replace("–", "-").replace("،", ",").split(","):
        ends = [one.strip() for one in part.split("-")]
        if len(ends) != 2 and part.strip():
            return None
        if part.strip():
            made.append(Window(_clock(ends[0]), _clock(ends[1])))
    return tuple(made)


def _clock(typed: str) -> str:
    hour, _, minute = typed.partition(":")
    return f"{hour.zfill(2)}:{minute or '00'}"


def _written(windows: tuple[Window, ...]) -> str:
    return ", ".join(f"{one.begins}-{one.ends}" for one in windows)


def _form(desk: Desk, typed: dict[str, str], errors: dict[str, object] | None = None) -> Response:
    version = form.version_for(desk, errors)
    return pages.show(
        desk, "hours", errors=errors, typed=typed, version=version, weekdays=WEEKDAYS, zone=shop.read().time_zone
    )
