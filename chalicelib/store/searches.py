"""What customers searched for: a row for each query, language and day (UTC), counted up; gone after 90 days."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.update import Action

from chalicelib import clock
from chalicelib.store import changes, expiry, keys
from chalicelib.store.table import Row, SearchesRow

KEPT = timedelta(days=90)
MOST_DAYS = KEPT.days
_AT_ONCE = 8


@dataclass(frozen=True)
class Searched:
    """A query in one language over some days. `in_vain` counts the searches that found nothing, `opened` those from
    which an article was opened, as far as the page's script tells; `hits` is how many articles the last one found.
    """

    locale: str
    query: str
    searches: int
    in_vain: int
    opened: int
    hits: int
    searched_at: datetime

    @property
    def id(self) -> str:
        return f"{self.locale}:{self.query}"

    @property
    def is_found(self) -> bool:
        """Whether the last search found anything."""
        return self.hits > 0


def count(locale: str, query: str, hits: int) -> None:
    """Count one search that found so many articles: one write."""
    changes.connection()
    now = clock.now()
    actions: list[Action] = [
        SearchesRow.searches.add(1),
        SearchesRow.in_vain.add(0 if hits else 1),
        SearchesRow.hits.set(hits),
        SearchesRow.query_text.set(query),
        SearchesRow.searched_at.set(now),
        SearchesRow.kind.set(SearchesRow),
        SearchesRow.expires_at.set(int((now + KEPT).timestamp())),
    ]
    SearchesRow(keys.searches(locale, now.date().isoformat(), query)).update(actions=actions)


def count_opened(locale: str, query: str) -> None:
    """Count that an article was opened after a search of today; a query that nobody searched for counts nothing."""
    changes.connection()
    row = SearchesRow(keys.searches(locale, clock.now().date().isoformat(), query))
    try:
        row.update(actions=[SearchesRow.opened.add(1)], condition=SearchesRow.searches.exists())
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def read(days: int, locales: Iterable[str]) -> list[Searched]:
    """What was searched for on the newest so many days (at most 90, today among them), the most searched first."""
    today = clock.now().date()
    parts = [(locale, today - timedelta(days=past)) for past in range(min(days, MOST_DAYS)) for locale in locales]
    changes.connection()
    found: dict[tuple[str, str], Searched] = {}
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        for of_day in threads.map(_of_day, parts):
            for one in of_day:
                newer = found.get((one.locale, one.query))
                found[one.locale, one.query] = _both(newer, one) if newer else one
    return sorted(found.values(), key=lambda one: (-one.searches, one.query, one.locale))


def in_vain(days: int, locales: Iterable[str]) -> list[Searched]:
    """Those whose last search found nothing, the ones that were searched for in vain most often first."""
    vain = [one for one in read(days, locales) if not one.is_found]
    return sorted(vain, key=lambda one: (-one.in_vain, one.query, one.locale))


def unopened(days: int, locales: Iterable[str]) -> list[Searched]:
    """Those whose last search found something of which nobody opened anything, the most searched first."""
    return [one for one in read(days, locales) if one.is_found and not one.opened]


def _of_day(part: tuple[str, date]) -> list[Searched]:
    locale, day = part
    pk, _ = keys.searches(locale, day.isoformat(), "")
    rows = [row for row in Row.query(pk) if isinstance(row, SearchesRow) and not expiry.is_over(row)]
    return [
        Searched(
            locale=locale,
            query=row.query_text,
            searches=int(row.searches),
            in_vain=int(row.in_vain),
            opened=int(row.opened or 0),
            hits=int(row.hits),
            searched_at=row.searched_at,
        )
        for row in rows
    ]


def _both(newer: Searched, older: Searched) -> Searched:
    counted = ("searches", "in_vain", "opened")
    return replace(newer, **{name: getattr(newer, name) + getattr(older, name) for name in counted})
