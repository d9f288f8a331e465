"""Changes an article: loads it, lets the caller decide, writes what came of it. All changes of articles go this way."""

from collections.abc import Callable
from datetime import datetime

from chalicelib import clock, ids
from chalicelib.domain.article import Article
from chalicelib.domain.article_draft import is_unseen, settled
from chalicelib.domain.article_version import kept, written
from chalicelib.domain.event import Actor, Event
from chalicelib.errors import NotFound, VersionMismatch
from chalicelib.store import articles, changes, events, idempotency, unindexed_articles, writers
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

Decide = Callable[[Article, datetime], Article]


def edit(
    article_id: str,
    decide: Decide,
    actor: Actor,
    keyed: Keyed | None = None,
    version: int | None = None,
    *,
    minor: bool | None = None,
) -> Article:
    """Write what `decide` makes of the article and its drafts (it is asked again when somebody else was faster).

    What readers do not see is told to nobody: no event, no index, and the article's own times stay.

    Args:
        minor: whether votes go on counting, whatever words change; None: as the drafts say.

    Raises:
        NotFound: code `article-not-found`.
        VersionMismatch: `version` is given and not the article's; the words say who changed it when.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _edit(article_id, decide, actor, keyed, version, minor))


def found(article_id: str) -> Article:
    """The article with its drafts. Raises NotFound: code `article-not-found`."""
    article = articles.with_drafts(article_id)
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


def _edit(
    article_id: str, decide: Decide, actor: Actor, keyed: Keyed | None, version: int | None, minor: bool | None
) -> Article:
    old, now = found(article_id), clock.now()
    if version is not None and version != old.version:
        raise VersionMismatch(_who_was_faster(old))
    new = settled(decide(old, now))
    change, saved = Changes(), old
    if new != old and is_unseen(new, old):
        saved = articles.save(change, old, kept(new, old))
    elif new != old:
        saved = articles.save(change, old, written(new, old, now, writer(actor) or old.updated_by, minor))
        articles.hold_category(change, saved, old)
        _tell(change, saved, old, actor)
    idempotency.record(change, keyed, saved)
    if len(change):
        change.commit()
    return saved


def _tell(change: Changes, saved: Article, old: Article, actor: Actor) -> None:
    if "published" in (old.state, saved.state):
        type = "article.published" if saved.state == "published" else "article.archived"
        events.add(change, event(saved, type, actor))
        unindexed_articles.mark(change, saved.id)


def _who_was_faster(article: Article) -> str:
    at, by = article.last_change
    who = writers.name(by, "en") or "somebody"
    return f"The article is at version {article.version} now: {who} changed it at {at:%Y-%m-%d %H:%M} UTC."
