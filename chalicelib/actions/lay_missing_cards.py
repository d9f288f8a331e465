"""Lays what lists the articles that have no card where it belongs: they are older than it. Run it nightly."""

from chalicelib.domain.article import Article
from chalicelib.store import article_cards, articles, created_lists, former_layout
from chalicelib.store.changes import Changes

AT_ONCE = 100


def lay() -> int:
    """How many articles had none. One that is changed at that very moment gets its card by that change."""
    laid = sum(_laid(month) for month in created_lists.months())
    for category in articles.categories():
        former_layout.sweep(category.id)
    return laid


def lay_former() -> int:
    """The same, when there is what lies where it lay before keys told the order of articles."""
    return lay() if any(former_layout.is_in(category.id) for category in articles.categories()) else 0


def _laid(month: str) -> int:
    born = list(created_lists.born_in("ARTICLE", month))
    parts = [born[start : start + AT_ONCE] for start in range(0, len(born), AT_ONCE)]
    return sum(
        _lay(one) for part in parts for one in article_cards.without(articles.get_all(part, articles.with_drafts))
    )


def _lay(article: Article) -> bool:
    change = Changes()
    articles.lay(change, article)
    return change.took()
