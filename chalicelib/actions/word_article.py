"""Words an article: its texts by language, each with an address of its own, and whether they still hold."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.actions.edit_article import edit
from chalicelib.domain.article import LOCALES, Article, Translation, slug_of
from chalicelib.domain.article_draft import latest
from chalicelib.domain.event import Actor
from chalicelib.errors import Fault, Invalid, NotFound
from chalicelib.store import articles
from chalicelib.store.idempotency import Keyed


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
        made[locale] = replace(old, title=title, body=text.get("body", old.body), slug=wished)
    return made


def undrafted(article: Article, *, at_any_rate: bool = False) -> Article:
    """The article that says what its drafts say, and has none any more.

    Args:
        at_any_rate: whether one whose address went to another article meanwhile gets another one.

    Raises:
        Invalid: code `slug-taken`, unless `at_any_rate`.
    """
    made = latest(article)
    texts = dict(made.translations)
    for locale in article.drafts:
        slug = texts[locale].slug
        if not at_any_rate:
            _refuse_taken_slug(article.id, locale, slug)
        elif articles.id_of(locale, slug) not in (None, article.id):
            shown = article.translations.get(locale)
            slug = shown.slug if shown else _free_slug(article.id, locale, texts[locale].title)
        texts[locale] = replace(texts[locale], slug=slug)
    return replace(made, translations=texts)


def still_holds(
    article_id: str, locale: str, actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> Article:
    """Say that a translation holds although another language changed after it.

    Raises:
        NotFound: code `article-not-found`, or `translation-not-found`.
        VersionMismatch: `version` is given and not the article's: there is a text that he has not seen.
        Replayed: the idempotency key was there before.
    """

    def decide(old: Article, now: datetime) -> Article:
        if locale not in old.translations:
            raise NotFound(f"The article is not there in “{locale}”.", code="translation-not-found")
        return replace(
            old, translations={**old.translations, locale: replace(old.translations[locale], outdated=False)}
        )

    return edit(article_id, decide, actor, keyed, version)


def _free_slug(article_id: str, locale: str, title: str) -> str:
    short = article_id[-6:].lower()
    slug = slug_of(title, fallback=f"article-{short}")
    taken = articles.id_of(locale, slug)
    return slug if taken in (None, article_id) else f"{slug}-{short}"


def _refuse_taken_slug(article_id: str, locale: str, slug: str) -> None:
    if articles.id_of(locale, slug) not in (None, article_id):
        words = f"Another article has the address “{slug}”."
        raise _invalid(f"/translations/{locale}/slug", "slug-taken", words)


def _missing(pointer: str, words: str) -> Invalid:
    return Invalid(words, faults=(Fault(pointer, "new-language", words),))


def _invalid(pointer: str, code: str, words: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))
