"""A version is what an article said from one save on. Every save of its texts, category or visibility makes one.

Its number is the one that the article's own `version` had by it; publishing and the like count there, too, so that
there are gaps.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.article import Article, Translation
from chalicelib.domain.article_draft import is_minor, latest


@dataclass(frozen=True)
class Version:
    """`texts` says by language which version brought the words; `changed` what this one brought: languages,
    `category_id`, `visibility`. `by` is the id of an agent or an API key; None: the system, or not known. One that is
    not `published` was a draft: no reader ever saw it."""

    article_id: str
    number: int
    at: datetime
    by: str | None
    category_id: str
    visibility: str
    titles: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    published: bool = True


def written(new: Article, old: Article | None, now: datetime, by: str | None, minor: bool | None = None) -> Article:
    """The article as it is to be saved in place of `old` (None: it is new), at that time, by that one.

    A language whose words change makes the others outdated, unless it was outdated itself: then it catches up. Votes on
    it count afresh, unless the change is `minor` (None: as its draft says).
    """
    number, before = (old.version if old else 0) + 1, old.translations if old else {}
    reworded = [locale for locale, text in new.translations.items() if not text.says_as(before.get(locale))]
    leading = [locale for locale in reworded if locale in before and not before[locale].outdated]
    texts = {
        locale: replace(
            text, updated_at=now, outdated=False, since=number, judged_since=_judged(old, locale, text, minor)
        )
        if locale in reworded
        else _left(text, old, bool(leading))
        for locale, text in new.translations.items()
    }
    made = replace(new, translations=texts, updated_at=now, updated_by=by)
    return replace(made, text_version=number) if changes_of(made, old) else made


def kept(new: Article, old: Article) -> Article:
    """The article as it is to be saved when only its drafts, or their time, changed."""
    texts = {locale: _left(text, old, False) for locale, text in new.translations.items()}
    return replace(new, translations=texts, text_version=old.text_version or old.version)


def version_of(article: Article, changed: tuple[str, ...] = ()) -> Version:
    """The version that the article is as it stands; `changed` is what it brought, as far as that is known."""
    return Version(
        article_id=article.id,
        number=article.text_version or article.version,
        at=article.updated_at,
        by=article.updated_by or (None if article.text_version else article.author_id),
        category_id=article.category_id,
        visibility=article.visibility,
        titles={locale: text.title for locale, text in article.translations.items()},
        texts={locale: text.since or article.version for locale, text in article.translations.items()},
        changed=changed,
        published=article.state == "published",
    )


def version_of_drafts(new: Article, old: Article) -> Version | None:
    """The version that the drafts of `new` are; None if `old` had the same words."""
    if all(one.since != new.version for one in new.drafts.values()):
        return None
    at, by = new.last_change
    made = version_of(replace(latest(new), text_version=new.version), changes_of(latest(new), latest(old)))
    texts = {**made.texts, **{locale: one.since for locale, one in new.drafts.items()}}
    return replace(made, at=at, by=by, texts=texts, published=False)


def changes_of(new: Article, old: Article | None) -> tuple[str, ...]:
    """What of a version is another one than before; all languages of a new article."""
    if old is None:
        return tuple(new.translations)
    locales = [one for one, text in new.translations.items() if not text.says_as(old.translations.get(one))]
    fields = [name for name in ("category_id", "visibility") if getattr(new, name) != getattr(old, name)]
    return (*locales, *fields)


def _left(text: Translation, old: Article | None, fell_behind: bool) -> Translation:
    """A translation whose words stay."""
    known = text.updated_at or (old.updated_at if old else None)
    return replace(
        text,
        updated_at=known,
        outdated=text.outdated or fell_behind,
        since=text.since or (old.version if old else 0),
    )


def _judged(old: Article | None, locale: str, text: Translation, minor: bool | None) -> int:
    """From which version on votes tell of these words."""
    if old is None or locale not in old.translations:
        return 0
    stays = is_minor(old, locale, text) if minor is None else minor
    return text.judged_since if stays else old.version + 1
