"""Fills a category with thousands of articles: their real rows, put in batches and not one transaction each."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from chalicelib import clock, ids
from chalicelib.domain.article import Article, Translation
from chalicelib.domain.article_version import written
from chalicelib.domain.ordering import APART, HIGHEST
from chalicelib.store import articles
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row


def publish(
    category_id: str, count: int, visibility: str = "public", kinds: tuple[type[Row], ...] = (Row,)
) -> list[str]:
    """Give the category so many published articles in English, in the order of their numbers; their ids.

    Args:
        kinds: the rows to write of each; all of them take their time.
    """
    now = clock.now()
    made = [_article(category_id, one, visibility, now - timedelta(minutes=count - one)) for one in range(count)]
    with Row.batch_write() as batch:
        for one in made:
            for row in _rows_of(one):
                if isinstance(row, kinds):
                    batch.save(row)
    return [one.id for one in made]


def _article(category_id: str, number: int, visibility: str, at: datetime) -> Article:
    slug = f"{visibility}-{category_id[-4:].lower()}-{number}"
    text = Translation(f"Question {number}", f"The answer to question {number}.", slug)
    return Article(
        id=ids.new("art"),
        category_id=category_id,
        visibility=visibility,
        state="published",
        translations={"en": text},
        created_at=at,
        updated_at=at,
        position=min(number * APART, HIGHEST),
    )


def _rows_of(article: Article) -> Iterator[Row]:
    """What the store would write of it in a transaction."""
    change = Changes()
    articles.add(change, written(article, None, article.updated_at, None))
    yield from (step.row for step in change._puts)
