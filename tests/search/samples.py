"""Articles to put into the index, and a short way to ask for them."""

from chalicelib.search import articles
from chalicelib.search.articles import Document


def article(article_id: str = "art_1", title: str = "", body: str = "", **others: object) -> Document:
    given = {
        "article_id": article_id,
        "locale": "en",
        "visibility": "public",
        "category_id": "cat_orders",
        "slug": f"slug-of-{article_id}",
        "title": title,
        "body": body,
        "updated_at": 1_790_000_000,
    }
    return Document(**(given | others))


def found(query: str, **others: object) -> list[str]:
    """The ids of the articles that `query` finds, seen at once."""
    return [hit.article_id for hit in articles.search(query, **({"locale": None, "now_fresh": True} | others)).hits]
