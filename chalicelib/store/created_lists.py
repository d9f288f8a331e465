"""Lists of customers and articles, newest first, through the `created` index.

The index carries keys only: the rows are fetched, strongly, once the page is known.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from pynamodb.expressions.condition import Condition

from chalicelib import clock
from chalicelib.domain.article import Article
from chalicelib.domain.customer import Customer
from chalicelib.store import articles, changes, customers, keys, ticket_lists
from chalicelib.store.table import Row


@dataclass(frozen=True)
class Page:
    """Ids of what was found, in order; `after` is the place to go on from, None at the end."""

    ids: tuple[str, ...]
    after: str | None


@dataclass(frozen=True)
class CustomerPage:
    customers: tuple[Customer, ...]
    after: str | None


@dataclass(frozen=True)
class ArticlePage:
    articles: tuple[Article, ...]
    after: str | None


def page_of_customers(limit: int, after: str | None = None) -> CustomerPage:
    """At most `limit` customers behind the place `after`."""
    found = page("CUSTOMER", limit, after)
    stored = customers.get_all(found.ids)
    return CustomerPage(tuple(stored[id] for id in found.ids if id in stored), found.after)


def page_of_articles(limit: int, after: str | None = None) -> ArticlePage:
    found = page("ARTICLE", limit, after)
    standing = tuple(one for one in articles.get_all(found.ids, articles.with_drafts) if not one.is_deleted)
    return ArticlePage(standing, found.after)


def page(kind: str, limit: int, after: str | None) -> Page:
    """At most `limit` of that kind (CUSTOMER, ARTICLE), born before the place `after` (at first: before now)."""
    changes.connection()
    before = after or keys.time(clock.now()) + "~"
    found: list[str] = []
    for month in _months_back(before[:7]):
        found.extend(_born(kind, month, before, limit + 1 - len(found)))
        if len(found) > limit:
            break
    shown = found[:limit]
    return Page(tuple(place.partition("#")[2] for place in shown), shown[-1] if len(found) > limit else None)


def months() -> list[str]:
    """The months (2026-11) in which things may have been born, the newest first."""
    return list(_months_back(keys.month(clock.now())))


def born_in(kind: str, month: str) -> Iterator[str]:
    """Ids of all of that kind that were born in the month."""
    changes.connection()
    for shard in range(keys.SHARDS):
        for row in Row.created.query(keys.created_part(kind, month, shard)):
            yield row.created_sk.partition("#")[2]


def born_since(kind: str, since: datetime, most: int) -> list[str]:
    """Ids of that kind, at most `most` a month, that were born since then."""
    changes.connection()
    return [
        row.created_sk.partition("#")[2]
        for month in dict.fromkeys((keys.month(clock.now()), keys.month(since)))
        for shard in range(keys.SHARDS)
        for row in _newest(keys.created_part(kind, month, shard), Row.created_sk > keys.time(since), most)
    ]


def _born(kind: str, month: str, before: str, most: int) -> Iterator[str]:
    """The newest places of a month, of all its shards."""
    parts = [keys.created_part(kind, month, shard) for shard in range(keys.SHARDS)]
    return islice(merge(*(_places(part, before, most) for part in parts), reverse=True), most)


def _places(part: str, before: str, most: int) -> list[str]:
    return [row.created_sk for row in _newest(part, Row.created_sk < before, most)]


def _newest(part: str, between: Condition, most: int) -> Iterator[Row]:
    return iter(Row.created.query(part, between, scan_index_forward=False, limit=most))


def _months_back(last: str) -> Iterator[str]:
    first, year, month = ticket_lists.first_month(keys.month(clock.now())), int(last[:4]), int(last[5:7])
    while f"{year:04d}-{month:02d}" >= first:
        yield f"{year:04d}-{month:02d}"
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
