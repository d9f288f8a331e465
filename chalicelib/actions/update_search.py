"""Keeps the article index.

An article's job puts what the table says now, so a late or repeated job cannot bring back an old text.
"""

from collections.abc import Iterator, Sequence

from chalicelib import markdown
from chalicelib.domain.article import Article
from chalicelib.search import articles as index
from chalicelib.search.articles import Document
from chalicelib.store import articles


def index_article(article_id: str) -> None:
    """Put the article into the index as it stands now, or take it out if it is not published any more."""
    index_articles([article_id])


def index_articles(article_ids: Sequence[str]) -> None:
    """The same for several at once, which is one new edition of the index."""
    wanted = list(article_ids)
    if wanted:
        index.update(lambda: (_documents_of(wanted), wanted))


def rebuild() -> int:
    """Make the whole index anew from the published articles; returns its generation."""
    return index.rebuild(document for article in _published() for document in documents(article))


def documents(article: Article) -> list[Document]:
    """What the index holds of an article: one document a language, none unless it is published."""
    if article.state != "published":
        return []
    return [
        Document(
            article_id=article.id,
            locale=locale,
            visibility=article.visibility,  # type: ignore[arg-type]
            category_id=article.category_id,
            slug=text.slug,
            title=text.title,
            body=markdown.to_text(text.body),
            updated_at=int(article.updated_at.timestamp()),
        )
        for locale, text in article.translations.items()
    ]


def _documents_of(article_ids: list[str]) -> list[Document]:
    return [document for article in articles.get_all(article_ids) for document in documents(article)]


def _published() -> Iterator[Article]:
    for category in articles.categories():
        yield from articles.get_all([listing.article_id for listing in articles.listings(category.id)])
