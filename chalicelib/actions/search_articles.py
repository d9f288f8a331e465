"""Searches articles as agents do: what anybody has just saved is there at once, whether it was published or not."""

from chalicelib.actions import update_search
from chalicelib.search import articles as index
from chalicelib.search.articles import LaidOver, Results
from chalicelib.store import unindexed_articles

AGENTS = "agents"


def search(
    query: str,
    *,
    locale: str | None,
    audience: str = AGENTS,
    category_id: str | None = None,
    limit: int = 25,
    offset: int = 0,
) -> Results:
    """The articles that answer `query`, best first; arguments as in `search.articles`.

    Agents see every change at once, others within seconds.
    """
    is_agents = audience == AGENTS
    return index.search(
        query,
        locale=locale,
        audience=audience,
        category_id=category_id,
        limit=limit,
        offset=offset,
        now_fresh=is_agents,
        over=_laid_over() if is_agents else None,
    )


def _laid_over() -> LaidOver | None:
    """The marks are read before the index is looked for: a mark that is gone by then is shown by it."""
    changed = list(unindexed_articles.read())
    return LaidOver(update_search.documents_of(changed), changed) if changed else None
