"""Lays cards of the articles that have none: they are older than cards are. Run it nightly; it changes nothing else."""

from chalicelib.domain.article import Article
from chalicelib.store import article_cards, articles, created_lists
from chalicelib.store.changes import Changes

AT_ONCE = 100


def lay() -> int:
    """How many articles had none. One that is changed at that very moment gets its card by that change."""
    return sum(_laid(month) for month in created_lists.months())


def _laid(month: str) -> int:
    born = list(created_lists.born_in("ARTICLE", month))
    parts = [born[start : start + AT_ONCE] for start in range(0, len(born), AT_ONCE)]
    return sum(
        _lay(one) for part in parts for one in article_cards.without(articles.get_all(part, articles.with_drafts))
    )


def _lay(article: Article) -> bool:
    change = Changes()
    article_cards.lay(change, article)
    return change.took()
