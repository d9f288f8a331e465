"""Writes, publishes and archives articles, and keeps their categories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.article import LOCALES, Article, Category, CategoryText, Translation, slug_of
from chalicelib.domain.event import Actor, Event
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import articles, changes, events, idempotency
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


@dataclass(frozen=True)
class Draft:
    """An article to be. `translations` by locale: title, Markdown body and, if wished, a slug."""

    category_id: str
    translations: Mapping[str, Mapping[str, str]]
    visibility: str = "public"
    author_id: str | None = None
    position: int = 0
    publish: bool = False


def create(draft: Draft, actor: Actor, keyed: Keyed | None = None) -> Article:
    """Write a new article, as a draft or published at once.

    Raises:
        Invalid: no such category, no translation, or a slug that another article has.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _create(draft, actor, keyed))


def change(
    article_id: str,
    wanted: Mapping[str, Any],
    actor: Actor,
    keyed: Keyed | None = None,
    version: int | None = None,
) -> Article:
    """Set fields of an article (names as in Article; `translations` are merged by locale, and of a locale only what
    is given changes).

    Raises:
        NotFound: no such article.
        VersionMismatch: `version` is given and not the article's.
        Invalid, Replayed: as `create`.
    """

    def decide(old: Article, now: datetime) -> Article:
        fields = dict(wanted)
        given = fields.pop("translations", {})
        if fields.get("category_id", old.category_id) != old.category_id:
            _refuse_unknown_category(fields["category_id"])
        texts = {**old.translations, **translated(old.id, given, old.translations)}
        return replace(old, **fields, translations=texts)

    return changes.again(lambda: _change(article_id, decide, actor, keyed, version))


def publish(article_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None) -> Article:
    """Show the article to whom its visibility allows.

    Raises:
        NotFound, VersionMismatch, Replayed: as `change`.
        Invalid: code `unknown-category`, its category was deleted since.
    """

    def decide(old: Article, now: datetime) -> Article:
        _refuse_unknown_category(old.category_id)
        return replace(old, state="published")

    return changes.again(lambda: _change(article_id, decide, actor, keyed, version))


def archive(article_id: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None) -> Article:
    """Take the article out of pages and search; its text is kept. Raises NotFound, VersionMismatch, Replayed."""
    return changes.again(
        lambda: _change(article_id, lambda old, _: replace(old, state="archived"), actor, keyed, version)
    )


def delete(article_id: str, actor: Actor, version: int | None = None) -> None:
    """Take the article away for good: no call and no page finds it any more. Raises NotFound, VersionMismatch."""
    changes.again(lambda: _change(article_id, lambda old, _: replace(old, state="deleted"), actor, None, version))


def create_category(
    translations: Mapping[str, Mapping[str, str]],
    position: int = 0,
    icon: str = "book-open",
    keyed: Keyed | None = None,
) -> Category:
    """A new category; `translations` by locale: name and, if wished, description and slug."""
    return changes.again(lambda: _create_category(translations, position, icon, keyed))


def change_category(
    category_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None
) -> Category:
    """Set fields of a category (`translations` are merged by locale).

    Raises:
        NotFound: no such category.
        VersionMismatch: `version` is given and not the category's.
        Invalid: a new language without a name, or a slug that another category has.
    """
    return changes.again(lambda: _change_category(category_id, wanted, keyed, version))


def delete_category(category_id: str) -> None:
    """Take an empty category away.

    Raises:
        NotFound: no such category.
        Conflict: it still holds published articles.
    """
    changes.again(lambda: _delete_category(category_id))


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
    edit = Changes()
    saved = articles.add(edit, article)
    if draft.publish:
        events.add(edit, _event(saved, "article.published", actor))
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _change(
    article_id: str,
    decide: Callable[[Article, datetime], Article],
    actor: Actor,
    keyed: Keyed | None,
    version: int | None = None,
) -> Article:
    old, now = articles.get(article_id), clock.now()
    if old is None or old.is_deleted:
        raise NotFound(f"There is no article {article_id}.", code="article-not-found")
    if version is not None and version != old.version:
        raise VersionMismatch(f"The article is at version {old.version} now.")
    new = decide(old, now)
    edit, saved = Changes(), old
    if new != old:
        saved = articles.save(edit, old, replace(new, updated_at=now))
        if "published" in (old.state, saved.state):
            type = "article.published" if saved.state == "published" else "article.archived"
            events.add(edit, _event(saved, type, actor))
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def translated(
    article_id: str, given: Mapping[str, Mapping[str, str]], before: Mapping[str, Translation]
) -> dict[str, Translation]:
    """An article's texts as `given` by locale (title, body, slug), each with an address of its own.

    Raises:
        Invalid: a language that we do not speak, one without a title, or a slug that another article has.
    """
    made = {}
    for locale, text in given.items():
        if locale not in LOCALES:
            words = f"There is no language “{locale}”; it is one of {', '.join(LOCALES)}."
            raise _invalid(f"/translations/{locale}", "unknown-locale", words)
        old = before.get(locale, Translation("", "", ""))
        title = text.get("title") or old.title
        if not title:
            raise _missing(f"/translations/{locale}/title", "A new language needs a title.")
        wished = text.get("slug") or old.slug or _free_slug(article_id, locale, title)
        _refuse_taken_slug(article_id, locale, wished)
        made[locale] = Translation(title, text.get("body", old.body), wished)
    return made


def _free_slug(article_id: str, locale: str, title: str) -> str:
    short = article_id[-6:].lower()
    slug = slug_of(title, fallback=f"article-{short}")
    taken = articles.id_of(locale, slug)
    return slug if taken in (None, article_id) else f"{slug}-{short}"


def _refuse_taken_slug(article_id: str, locale: str, slug: str) -> None:
    if articles.id_of(locale, slug) not in (None, article_id):
        words = f"Another article has the address “{slug}”."
        raise _invalid(f"/translations/{locale}/slug", "slug-taken", words)


def _refuse_unknown_category(category_id: str) -> None:
    if articles.category(category_id) is None:
        raise _invalid("/category_id", "unknown-category", f"There is no category {category_id}.")


def _create_category(
    translations: Mapping[str, Mapping[str, str]], position: int, icon: str, keyed: Keyed | None
) -> Category:
    if not translations:
        raise _invalid("/translations", "no-translation", "Give the category a name in at least one language.")
    now, category_id, edit = clock.now(), ids.new("cat"), Changes()
    texts = named(category_id, translations, {})
    saved = articles.add_category(edit, Category(category_id, texts, now, now, position, icon))
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _change_category(category_id: str, wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> Category:
    old, edit = _category(category_id), Changes()
    if version is not None and version != old.version:
        raise VersionMismatch(f"The category is at version {old.version} now.")
    fields = dict(wanted)
    texts = {**old.translations, **named(old.id, fields.pop("translations", {}), old.translations)}
    saved = articles.save_category(edit, old, replace(old, **fields, translations=texts, updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _delete_category(category_id: str) -> None:
    category = _category(category_id)
    if articles.listings(category_id):
        raise Conflict("Move or archive the articles of this category first.", code="category-not-empty")
    edit = Changes()
    articles.delete_category(edit, category)
    edit.commit()


def _category(category_id: str) -> Category:
    found = articles.category(category_id)
    if found is None:
        raise NotFound(f"There is no category {category_id}.", code="category-not-found")
    return found


def named(
    category_id: str, given: Mapping[str, Mapping[str, str]], before: Mapping[str, CategoryText]
) -> dict[str, CategoryText]:
    """A category's names as `given` by locale (name, description, slug), each with an address of its own.

    Raises:
        Invalid: a new language without a name, or a slug that another category has.
    """
    made = {}
    for locale, text in given.items():
        old = before.get(locale, CategoryText(""))
        name = text.get("name") or old.name
        if not name:
            raise _missing(f"/translations/{locale}/name", "A new language needs a name.")
        slug = _category_slug(category_id, locale, text.get("slug"), old.slug, name)
        made[locale] = CategoryText(name, text.get("description", old.description), slug)
    return made


def _category_slug(category_id: str, locale: str, wished: str | None, kept: str, name: str) -> str:
    short = category_id[-6:].lower()
    others = [c.translations[locale] for c in articles.categories() if c.id != category_id and locale in c.translations]
    taken = {text.slug for text in others}
    if wished in taken:
        words = f"Another category has the address “{wished}”."
        raise _invalid(f"/translations/{locale}/slug", "slug-taken", words)
    slug = wished or kept or slug_of(name, fallback=f"category-{short}")
    return f"{slug}-{short}" if slug in taken else slug


def _event(article: Article, type: str, actor: Actor) -> Event:
    return Event(
        ids.new("evt"), type, article.updated_at, actor, article.id, article_id=article.id, version=article.version
    )


def _missing(pointer: str, words: str) -> Invalid:
    return Invalid(words, faults=(Fault(pointer, "new-language", words),))


def _invalid(pointer: str, code: str, words: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))
