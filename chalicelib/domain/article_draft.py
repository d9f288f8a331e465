"""The drafts of a published article: what its texts are to become, a language each, and which no reader sees yet.

Only a published article has them; what any other says is no more than a draft itself.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.article import Article, DraftText, Translation

_NOTHING = Translation("", "", "")


def latest(article: Article) -> Article:
    """The article as its authors see it: its drafts' words in place of those that readers see."""
    laid = {
        locale: replace(article.translations.get(locale, _NOTHING), title=one.title, body=one.body, slug=one.slug)
        for locale, one in article.drafts.items()
    }
    return replace(article, translations={**article.translations, **laid}, drafts={})


def drafted(
    article: Article,
    texts: Mapping[str, Translation],
    now: datetime,
    by: str | None,
    *,
    minor: bool = False,
    whole: bool = False,
) -> Article:
    """The published article with those texts as drafts; the next version of it brings them.

    Args:
        texts: by language; what they say as readers see it already is no draft.
        minor: whether votes go on counting once they are published.
        whole: whether they are all there is, so that drafts of other languages go.
    """
    kept = {} if whole else dict(article.drafts)
    made = {locale: _draft(article, locale, text, now, by) for locale, text in texts.items()}
    return settled(replace(article, drafts=kept | {name: replace(one, minor=minor) for name, one in made.items()}))


def settled(article: Article) -> Article:
    """Without drafts that say what readers see already, and without a time at which nothing would be published."""
    drafts = {
        locale: one
        for locale, one in article.drafts.items()
        if not _is_same(one, article.translations.get(locale, _NOTHING))
    }
    waits = article.state == "draft" or drafts
    return replace(article, drafts=drafts, publish_at=article.publish_at if waits else None)


def is_unseen(new: Article, old: Article) -> bool:
    """Whether readers of a published article see nothing of the change."""
    return old.state == "published" and replace(new, drafts=old.drafts, publish_at=old.publish_at) == old


def is_outdated(article: Article, locale: str) -> bool:
    """Whether what readers see in that language was changed after its draft was made of it."""
    return article.translations.get(locale, _NOTHING).since != article.drafts[locale].base


def is_minor(old: Article, locale: str, text: Translation) -> bool:
    """Whether those words are the ones of a draft that its author called a minor change."""
    draft = old.drafts.get(locale)
    return draft is not None and draft.minor and (draft.title, draft.body) == (text.title, text.body)


def _draft(article: Article, locale: str, text: Translation, now: datetime, by: str | None) -> DraftText:
    shown, old = article.translations.get(locale), article.drafts.get(locale)
    before = latest(article).translations.get(locale)
    base = shown.since or article.version if shown else 0
    if old and _is_same(old, text):
        return replace(old, base=base)
    known = (old.since if old else base) if text.says_as(before) else article.version + 1
    return DraftText(text.title, text.body, text.slug, now, by, known, base)


def _is_same(one: DraftText, text: Translation) -> bool:
    return (one.title, one.body, one.slug) == (text.title, text.body, text.slug)
