"""The cards of articles: one lies with its category, one with its state. Both are written with the article itself.

A category's are read whole, for they have an order that people gave them; a state's page by page, newest change first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice

from chalicelib.domain.article import Article
from chalicelib.domain.article_card import SHELVES, Card, card_of
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ArticleCardRow, ArticleRow, Row


@dataclass(frozen=True)
class Place:
    """A card, and where it lies among those of its state: the place to go on from."""

    card: Card
    at: str


def place(change: Changes, new: Article, old: Article | None) -> None:
    """Lay both cards of the article where they belong, and take away those that lie where it was."""
    before = _rows(card_of(old)) if old else []
    after = [] if new.is_deleted else _rows(card_of(new))
    kept = {(row.pk, row.sk) for row in after}
    for row in before:
        if (row.pk, row.sk) not in kept:
            change.delete(row)
    for row in after:
        change.put(row)


def lay(change: Changes, article: Article) -> None:
    """Lay both cards of an article that has none, while it is as it was read."""
    change.check(ArticleRow(keys.article(article.id)), Row.version == article.version)
    for row in _rows(card_of(article)):
        change.put(row)


def without(listed: Sequence[Article]) -> list[Article]:
    """Those of the articles that have no card."""
    standing = {keys.article_card(one.category_id, one.id): one for one in listed if not one.is_deleted}
    laid = rows.batch(list(standing))
    return [one for key, one in standing.items() if key not in laid]


def of_category(category_id: str) -> list[Card]:
    """All cards of a category, in its order."""
    changes.connection()
    found = Row.query(keys.article_card(category_id, "")[0], Row.sk.startswith("CARD#"), consistent_read=True)
    cards = [rows.noun(Card, row) for row in found if isinstance(row, ArticleCardRow)]
    return sorted(cards, key=lambda card: (card.position, card.article_id))


def newest(shelf: str | None, after: str | None, most: int) -> list[Place]:
    """At most `most` cards of that shelf (of all of them), the newest change first, behind the place `after`."""
    changes.connection()
    shelves = SHELVES if shelf is None else (shelf,)
    read = [_behind(one, after, most) for one in shelves]
    return list(islice(merge(*read, key=lambda found: found.at, reverse=True), most))


def _behind(shelf: str, after: str | None, most: int) -> Iterator[Place]:
    part = keys.article_shelf_part(shelf)
    found = Row.query(part, Row.sk < (after or "~"), scan_index_forward=False, limit=most, consistent_read=True)
    return (Place(rows.noun(Card, row), row.sk) for row in found if isinstance(row, ArticleCardRow))


def _rows(card: Card) -> list[ArticleCardRow]:
    told = rows.attributes(card) | {"position": card.position, "titles": dict(card.titles)}
    by_category = keys.article_card(card.category_id, card.article_id)
    by_state = keys.article_shelf(card.shelf, card.updated_at, card.article_id)
    return [ArticleCardRow(key, **told) for key in (by_category, by_state)]
