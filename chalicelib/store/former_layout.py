"""What listed articles before the keys of listings and cards told their order. Nobody reads it: it is laid anew.

Until an article is laid anew no list and no search index made of the lists knows it, though it is published.
"""

from collections.abc import Iterator

from chalicelib.store import changes, keys
from chalicelib.store.table import Row


def is_in(category_id: str) -> bool:
    """Whether anything in the category lies as it did."""
    return any(True for _ in _rows(category_id, limit=1))


def sweep(category_id: str) -> None:
    """Take away what lies in the category as it did, all its articles having been laid anew."""
    for row in _rows(category_id):
        row.delete()


def _rows(category_id: str, limit: int | None = None) -> Iterator[Row]:
    changes.connection()
    for part, prefix in (keys.former_listing(category_id, ""), keys.former_article_card(category_id, "")):
        yield from Row.query(part, Row.sk.startswith(prefix), consistent_read=True, limit=limit)
