"""Changes an article: loads it, lets the caller decide, writes what came of it. All changes of articles go this way."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import clock, ids
from chalicelib.domain.article import Article
from chalicelib.domain.article_version import written
from chalicelib.domain.event import Actor, Event
from chalicelib.errors import NotFound, VersionMismatch
from chalicelib.store import articles, changes, events, idempotency, unindexed_articles, writers
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

Decide = Callable[[Article, datetime], Article]


def edit(
    article_id: str, decide: Decide, actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> Article:
    """Write what `decide` makes of the article (it is asked again when somebody else was faster).

    Raises:
        NotFound: code `article-not-found`.
        VersionMismatch: `version` is given and not the article's; the words say who changed it when.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _edit(article_id, decide, actor, keyed, version))


def found(article_id: str) -> Article:
    """The article. Raises NotFound: code `article-not-found`."""
    article = articles.get(article_id)
    if article is None or article.is_deleted:
        raise NotFound(f"There is no article {article_id}.", code="article-not-found")
    return article


def event(article: Article, type: str, actor: Actor) -> Event:
    """What a change of an article tells."""
    return Event(
        ids.new("evt"), type, article.updated_at, actor, article.id, article_id=article.id, version=article.version
    )


def writer(actor: Actor) -> str | None:
    """Whom a change is written down to: an agent or an API key."""
    return actor.id if actor.type in ("agent", "api_key") else None


def _edit(article_id: str, decide: Decide, actor: Actor, keyed: Keyed | None, version: int | None) -> Article:
    old, now = found(article_id), clock.now()
    if version is not None and version != old.version:
        raise VersionMismatch(_who_was_faster(old))
    new = decide(old, now)
    change, saved = Changes(), old
    if new != old:
        saved = articles.save(change, old, written(new, old, now, writer(actor) or old.updated_by))
        articles.hold_category(change, saved, old)
        if "published" in (old.state, saved.state):
            type = "article.published" if saved.state == "published" else "article.archived"
            events.add(change, event(saved, type, actor))
            unindexed_articles.mark(change, saved.id)
    idempotency.record(change, keyed, saved)
    if len(change):
        change.commit()
    return saved


def _who_was_faster(article: Article) -> str:
    who = writers.name(article.updated_by, "en") or "somebody"
    return (
        f"The article is at version {article.version} now: {who} changed it at {article.updated_at:%Y-%m-%d %H:%M} UTC."
    )
