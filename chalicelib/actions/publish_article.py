"""Writes, publishes and archives articles, at once or when their time comes.

A published article can be written on without its readers: what `change` is told to keep as a draft they see only once
it is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import clock, ids, log
from chalicelib.actions.edit_article import edit, event, writer
from chalicelib.actions.word_article import translated, undrafted
from chalicelib.domain.article import Article, Translation, is_due, scheduled
from chalicelib.domain.article_draft import drafted, latest
from chalicelib.domain.article_version import written
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.errors import Fault, Invalid
from chalicelib.store import articles, changes, events, idempotency, unindexed_articles
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

# What a draft does not hold: it is for everybody at once.
NOT_IN_DRAFTS = ("category_id", "visibility", "position")


@dataclass(frozen=True)
class Draft:
    """An article to be. `translations` by locale: title, Markdown body and, if wished, a slug.

    One that is not to `publish` at once may have a `publish_at`, when it is published by itself.
    """

    category_id: str
    translations: Mapping[str, Mapping[str, str]]
    visibility: str = "public"
    author_id: str | None = None
    position: int = 0
    publish: bool = False
    publish_at: datetime | None = None


def create(draft: Draft, actor: Actor, keyed: Keyed | None = None) -> Article:
    """Write a new article, as a draft or published at once.

    Raises:
        Invalid: no such category, no translation, a slug that another article has, or a `publish_at` that is past.
        Conflict: it is to be published at once, and later.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _create(draft, actor, keyed))


def change(
    article_id: str,
    wanted: Mapping[str, Any],
    actor: Actor,
    keyed: Keyed | None = None,
    version: int | None = None,
    *,
    draft: bool = False,
    whole: bool = False,
    minor: bool | None = None,
) -> Article:
    """Set fields of an article (names as in Article; `translations` are merged by locale, and of a locale only what
    is given changes).

    Args:
        draft: of a published article, keep the texts as drafts, merged with those that there are.
        whole: the texts given are all there is: drafts of other languages, or beside what is published now, go.
        minor: whether the votes on it go on counting; None: as its drafts say.

    Raises:
        NotFound, VersionMismatch (of `version`), Replayed
        Conflict: code `not-a-draft`, a `publish_at` is given.
        Invalid: as `create`; code `not-in-draft`, what is given with a draft is no text.
    """

    def decide(old: Article, now: datetime) -> Article:
        fields = dict(wanted)
        publish_at = fields.pop("publish_at", old.publish_at)
        if draft and old.state == "published":
            made = drafted(old, _draft_texts(old, fields), now, writer(actor), minor=bool(minor), whole=whole)
        else:
            made = _changed(replace(old, drafts={}) if whole else old, fields)
        return scheduled(made, publish_at, now) if publish_at != old.publish_at else made

    return edit(article_id, decide, actor, keyed, version, minor=minor)


def publish(article_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None) -> Article:
    """Show the article, with what its drafts say, to whom its visibility allows.

    Raises:
        NotFound, VersionMismatch, Replayed: as `change`.
        Invalid: code `unknown-category`, its category was deleted since; `slug-taken`, another article has the address
            of a draft.
    """

    def decide(old: Article, now: datetime) -> Article:
        _refuse_unknown_category(old.category_id)
        return replace(undrafted(old), state="published", publish_at=None)

    return edit(article_id, decide, actor, keyed, version)


def publish_due(article_id: str) -> None:
    """Publish a draft, or drafts, whose time has come; what was published, changed or deleted meanwhile stays as it is.

    One whose category is gone stays a draft, and is not tried again.
    """

    def decide(old: Article, now: datetime) -> Article:
        if not is_due(old, now):
            return old
        if articles.category(old.category_id) is None:
            log.warning("article.not_published", article_id=old.id, reason="unknown-category")
            return replace(old, publish_at=None)
        return replace(undrafted(old, at_any_rate=True), state="published", publish_at=None)

    article = articles.with_drafts(article_id)
    if article and is_due(article, clock.now()):
        edit(article_id, decide, SYSTEM)


def archive(article_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None) -> Article:
    """Take the article out of pages and search; it keeps its newest texts, drafts first of all.

    Raises NotFound, VersionMismatch, Replayed.
    """

    def decide(old: Article, now: datetime) -> Article:
        return replace(undrafted(old, at_any_rate=True), state="archived", publish_at=None)

    return edit(article_id, decide, actor, keyed, version)


def discard_drafts(
    article_id: str,
    actor: Actor,
    locale: str | None = None,
    keyed: Keyed | None = None,
    version: int | None = None,
) -> Article:
    """Take the article's drafts away (or the one in that language); they stay among its versions.

    Raises NotFound, VersionMismatch, Replayed.
    """

    def decide(old: Article, now: datetime) -> Article:
        return replace(old, drafts={name: one for name, one in old.drafts.items() if locale not in (None, name)})

    return edit(article_id, decide, actor, keyed, version)


def delete(article_id: str, actor: Actor, version: int | None = None) -> None:
    """Take the article away for good: no call and no page finds it any more. Raises NotFound, VersionMismatch."""
    edit(article_id, lambda old, _: replace(old, state="deleted", publish_at=None, drafts={}), actor, None, version)


def _create(draft: Draft, actor: Actor, keyed: Keyed | None) -> Article:
    _refuse_unknown_category(draft.category_id)
    if not draft.translations:
        raise _invalid("/translations", "no-translation", "Give the article at least one language.")
    now, article_id = clock.now(), ids.new("art")
    article = Article(
        id=article_id,
        category_id=draft.category_id,
        visibility=draft.visibility,
        state="published" if draft.publish else "draft",
        translations=translated(article_id, draft.translations, {}),
        created_at=now,
        updated_at=now,
        author_id=draft.author_id,
        position=draft.position,
    )
    if draft.publish_at:
        article = scheduled(article, draft.publish_at, now)
    change = Changes()
    saved = articles.add(change, written(article, None, now, writer(actor) or draft.author_id))
    articles.hold_category(change, saved, None)
    if draft.publish:
        events.add(change, event(saved, "article.published", actor))
        unindexed_articles.mark(change, saved.id)
    idempotency.record(change, keyed, saved)
    change.commit()
    return saved


def _changed(old: Article, fields: Mapping[str, Any]) -> Article:
    """The article with those fields, and with its texts merged by locale."""
    if fields.get("category_id", old.category_id) != old.category_id:
        _refuse_unknown_category(fields["category_id"])
    texts = {**old.translations, **translated(old.id, fields.get("translations", {}), old.translations)}
    return replace(old, **{**fields, "translations": texts})


def _draft_texts(old: Article, fields: Mapping[str, Any]) -> dict[str, Translation]:
    """The texts of those fields, merged with what the drafts say so far."""
    for name in NOT_IN_DRAFTS:
        if fields.get(name, getattr(old, name)) != getattr(old, name):
            raise _invalid(f"/{name}", "not-in-draft", "A draft holds texts, and when they are published.")
    return translated(old.id, fields.get("translations", {}), latest(old).translations)


def _refuse_unknown_category(category_id: str) -> None:
    if articles.category(category_id) is None:
        raise _invalid("/category_id", "unknown-category", f"There is no category {category_id}.")


def _invalid(pointer: str, code: str, words: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))
