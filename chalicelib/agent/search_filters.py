"""What narrows a search of tickets on the desk. All of it stands in the address.

A value there that nobody could mean narrows nothing: whoever searches must be told of it, for he asked for less.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlencode

from chalicelib import i18n, ids
from chalicelib.domain.channel import CHANNELS
from chalicelib.domain.ticket import STATUSES, group_of
from chalicelib.store import shop as shops
from chalicelib.store.staff import Staff
from chalicelib.store.ticket_lists import ANY, Wanted
from chalicelib.web.numbers import western

NOBODYS = "none"
UNDONE = "undone"
MAX_CUSTOMER = 320
MAX_TAG = 100
_UNDONE = tuple(status for status in STATUSES if group_of(status) != "done")
# As far as every calendar goes, a day on either side of what a clock elsewhere shows.
_FIRST, _LAST = date(1970, 1, 2), date(9998, 12, 30)


@dataclass(frozen=True)
class Filters:
    """What is asked for, as the address says it: empty asks for all.

    `status` may be UNDONE, `team` and `assignee` NOBODYS. `since` and `until` are days (2026-11-22) of the shop's time
    zone, the first and the last; `customer` is an id, or a contact that is still to be looked up.
    """

    status: str = ""
    channel: str = ""
    team: str = ""
    assignee: str = ""
    tag: str = ""
    customer: str = ""
    since: str = ""
    until: str = ""

    @property
    def names(self) -> list[str]:
        """Of what is asked for."""
        return [each.name for each in fields(self) if getattr(self, each.name)]

    @property
    def names_no_customer_yet(self) -> bool:
        return bool(self.customer) and not ids.is_id(self.customer, "cus")

    @property
    def first_moment(self) -> datetime | None:
        return _midnight(date.fromisoformat(self.since)) if self.since else None

    @property
    def moment_after(self) -> datetime | None:
        """The first that comes too late."""
        return _midnight(date.fromisoformat(self.until) + timedelta(days=1)) if self.until else None

    @property
    def last_moment(self) -> datetime | None:
        return self.moment_after - timedelta(microseconds=1) if self.moment_after else None

    def wanted(self) -> Wanted:
        return Wanted(
            statuses=_UNDONE if self.status == UNDONE else (self.status,) if self.status else (),
            team_id=_whose(self.team),
            assignee_id=_whose(self.assignee),
            customer_id=self.customer or None,
            channel=self.channel or None,
            tag=self.tag or None,
            created_after=self.first_moment,
            created_before=self.moment_after,
        )

    def address(self, q: str, without: str = "") -> str:
        """Of the page that searches for `q` so, but for one filter."""
        left = replace(self, **{without: ""}) if without else self
        told = {name: getattr(left, name) for name in left.names}
        return f"/agent/tickets?{urlencode({'q': q} | told)}"


def read(query: Mapping[str, str], staff: Staff) -> Filters:
    return Filters(
        status=_one_of((*STATUSES, UNDONE), query.get("status", "")),
        channel=_one_of(CHANNELS, query.get("channel", "")),
        team=_one_of((*staff.teams, NOBODYS), query.get("team", "")),
        assignee=_one_of((*staff.agents, NOBODYS), query.get("assignee", "")),
        tag=_line(query.get("tag", ""), MAX_TAG),
        customer=_line(query.get("customer", ""), MAX_CUSTOMER),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
    )


def unknown(query: Mapping[str, str], filters: Filters) -> dict[str, str]:
    """What the address asks for and nobody could mean, mistyped or deleted since: what was typed, by its name."""
    typed = {each.name: _line(query.get(each.name, ""), MAX_TAG) for each in fields(Filters)}
    return {name: value for name, value in typed.items() if value and not getattr(filters, name)}


def _one_of(known: tuple[str, ...], value: str) -> str:
    return value if value in known else ""


def _line(typed: str, most: int) -> str:
    return " ".join(typed.split())[:most]


def _day(typed: str) -> str:
    try:
        told = date.fromisoformat(western(typed.strip()))
    except ValueError:
        return ""
    return told.isoformat() if _FIRST <= told <= _LAST else ""


def _whose(id: str) -> str | None:
    return None if id == NOBODYS else id or ANY


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), i18n.zone(shops.read().time_zone)).astimezone(UTC)
