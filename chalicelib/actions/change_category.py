"""Makes and changes the categories of the help centre, which are few: a list of them is one read."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain import ordering
from chalicelib.domain.article import Category, CategoryText, slug_of
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import article_cards, articles, changes, former_layout, idempotency
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def create(
    translations: Mapping[str, Mapping[str, str]],
    position: int = 0,
    icon: str = "book-open",
    keyed: Keyed | None = None,
) -> Category:
    """A new category; `translations` by locale: name and, if wished, description and slug."""
    return changes.again(lambda: _create(translations, position, icon, keyed))


def change(
    category_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None
) -> Category:
    """Set fields of a category (`translations` are merged by locale).

    Raises:
        NotFound: no such category.
        VersionMismatch: `version` is given and not the category's.
        Invalid: a new language without a name, or a slug that another category has.
    """
    return changes.again(lambda: _change(category_id, wanted, keyed, version))


def move(category_id: str, after: str | None, keyed: Keyed | None = None) -> Category:
    """Put a category behind another one; None: before all others.

    Raises:
        NotFound: no such category.
        Invalid: code `unknown-neighbour`, there is no other category of that id.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _move(category_id, after, keyed))


def delete(category_id: str) -> None:
    """Take an empty category away.

    Raises:
        NotFound: no such category.
        Conflict: it still holds articles that are published, or will be by themselves; or some of an earlier Diwan,
            which the next night lays anew.
    """
    changes.again(lambda: _delete(category_id))


def named(
    category_id: str, given: Mapping[str, Mapping[str, str]], before: Mapping[str, CategoryText]
) -> dict[str, CategoryText]:
    """A category's names as `given` by locale (name, description, slug), each with an address of its own.

    A former slug goes on leading to the category, so that no other one can have it.

    Raises:
        Invalid: a new language without a name, or a slug that another category has, or had.
    """
    made = {}
    for locale, text in given.items():
        old = before.get(locale, CategoryText(""))
        name = text.get("name") or old.name
        if not name:
            raise _missing(f"/translations/{locale}/name", "A new language needs a name.")
        slug = _slug(category_id, locale, text.get("slug"), old.slug, name)
        former = tuple(one for one in dict.fromkeys((*old.former, old.slug)) if one not in ("", slug))
        made[locale] = CategoryText(name, text.get("description", old.description), slug, former)
    return made


def _create(translations: Mapping[str, Mapping[str, str]], position: int, icon: str, keyed: Keyed | None) -> Category:
    if not translations:
        raise _invalid("/translations", "no-translation", "Give the category a name in at least one language.")
    now, category_id, edit = clock.now(), ids.new("cat"), Changes()
    texts = named(category_id, translations, {})
    saved = articles.add_category(edit, Category(category_id, texts, now, now, position, icon))
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _change(category_id: str, wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> Category:
    old, edit = _category(category_id), Changes()
    if version is not None and version != old.version:
        raise VersionMismatch(f"The category is at version {old.version} now.")
    fields = dict(wanted)
    texts = {**old.translations, **named(old.id, fields.pop("translations", {}), old.translations)}
    saved = articles.save_category(edit, old, replace(old, **fields, translations=texts, updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _move(category_id: str, after: str | None, keyed: Keyed | None) -> Category:
    known = {one.id: one for one in articles.categories()}
    moved = _category(category_id)
    if after is not None and after not in known.keys() - {category_id}:
        raise _invalid("/after", "unknown-neighbour", "There is no other category with this id.")
    numbers = ordering.moved([(one.id, one.position) for one in known.values()], category_id, after)
    edit, now = Changes(), clock.now()
    for id, number in numbers.items():
        saved = articles.save_category(edit, known[id], replace(known[id], position=number, updated_at=now))
        moved = saved if id == category_id else moved
    idempotency.record(edit, keyed, moved)
    if len(edit):
        edit.commit()
    return moved


def _delete(category_id: str) -> None:
    category = _category(category_id)
    _refuse_needed(category_id)
    edit = Changes()
    articles.delete_category(edit, category)
    edit.commit()
    try:
        _refuse_needed(category_id)
    except Conflict:
        # An article was published there at that very moment. From now on none is: see articles.hold_category.
        back = Changes()
        articles.add_category(back, category)
        back.commit()
        raise


def _refuse_needed(category_id: str) -> None:
    if article_cards.is_needed(category_id) or former_layout.is_in(category_id):
        raise Conflict("Move or archive the articles of this category first.", code="category-not-empty")


def _category(category_id: str) -> Category:
    found = articles.category(category_id)
    if found is None:
        raise NotFound(f"There is no category {category_id}.", code="category-not-found")
    return found


def _slug(category_id: str, locale: str, wished: str | None, kept: str, name: str) -> str:
    short = category_id[-6:].lower()
    others = [c.translations[locale] for c in articles.categories() if c.id != category_id and locale in c.translations]
    taken = {slug for text in others for slug in text.slugs}
    if wished in taken:
        words = f"Another category has the address “{wished}”."
        raise _invalid(f"/translations/{locale}/slug", "slug-taken", words)
    slug = wished or kept or slug_of(name, fallback=f"category-{short}")
    return f"{slug}-{short}" if slug in taken else slug


def _missing(pointer: str, words: str) -> Invalid:
    return Invalid(words, faults=(Fault(pointer, "new-language", words),))


def _invalid(pointer: str, code: str, words: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))
