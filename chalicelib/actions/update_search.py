"""Keeps the article index.

An article's job puts what the table says now, so a late or repeated job cannot bring back an old text.
"""

import contextlib
from collections.abc import Iterator, Sequence

from chalicelib import markdown
from chalicelib.domain.article import Article
from chalicelib.errors import Contention
from chalicelib.search import articles as index
from chalicelib.search.articles import Document, SynonymSet
from chalicelib.store import articles, listings, synonyms, unindexed_articles

# At 100,000 articles three fit into the quarter of an hour that a function has.
_REBUILDS = 3


def index_article(article_id: str) -> None:
    """Put the article into the index as it stands now, or take it out if it is not published any more."""
    index_articles([article_id])


def index_articles(article_ids: Sequence[str]) -> None:
    """The same for several at once, which is one new edition of the index."""
    wanted = list(article_ids)
    shown: dict[str, str] = {}

    def read() -> tuple[list[Document], list[str]]:
        """The marks first: what is changed after they were read is marked anew."""
        shown.clear()
        shown.update(unindexed_articles.of(wanted))
        return documents_of(wanted), wanted

    if wanted:
        index.update(read)
        unindexed_articles.clear(shown)


def index_synonyms() -> None:
    """Put the synonyms into the index as they stand now."""
    shown: list[str | None] = []

    def read() -> Iterator[SynonymSet]:
        shown[:] = [unindexed_articles.of_synonyms()]
        return _synonyms()

    index.change_synonyms(read)
    for stamp in filter(None, shown):
        unindexed_articles.clear_synonyms(stamp)


def rebuild() -> int:
    """Make the whole index anew from the published articles and the synonyms; returns its generation.

    Raises:
        Contention: three times an article was changed meanwhile; nothing was changed here.
    """
    for _ in range(_REBUILDS - 1):
        with contextlib.suppress(Contention):
            return _rebuild()
    return _rebuild()


def _rebuild() -> int:
    return index.rebuild((document for article in _published() for document in documents(article)), _synonyms())


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


def documents_of(article_ids: Sequence[str]) -> list[Document]:
    """The same of those of the articles that there are."""
    return [document for article in articles.get_all(article_ids) for document in documents(article)]


def _published() -> Iterator[Article]:
    for category in articles.categories():
        yield from articles.get_all([listing.article_id for listing in listings.of(category.id)])


def _synonyms() -> Iterator[SynonymSet]:
    for one in synonyms.read():
        yield SynonymSet(one.locale, one.words, one.visibility)  # type: ignore[arg-type]
