"""Makes an article say again what it said before. That is a change like any other, so nothing of it is lost either."""

from dataclasses import replace
from datetime import datetime

from chalicelib.actions.edit_article import edit, writer
from chalicelib.actions.word_article import translated
from chalicelib.domain.article import Article
from chalicelib.domain.article_draft import drafted, latest
from chalicelib.domain.event import Actor
from chalicelib.errors import NotFound
from chalicelib.store import article_versions
from chalicelib.store.article_versions import Whole
from chalicelib.store.idempotency import Keyed


def restore(
    article_id: str,
    number: int,
    actor: Actor,
    keyed: Keyed | None = None,
    version: int | None = None,
    *,
    draft: bool = False,
) -> Article:
    """Give the article the titles and texts of that version; with `draft`, a published one has them as its drafts.

    Its addresses, its category and who may see it stay as they are, and so does a language that came later: an old
    text must not be shown to people, or under an address, that nobody thought of.

    Raises:
        NotFound: code `article-not-found`, or `version-not-found`.
        VersionMismatch: `version` is given and not the article's.
        Replayed: the idempotency key was there before.
    """

    def decide(old: Article, now: datetime) -> Article:
        texts = {locale: vars(text) for locale, text in found(old, number).texts.items()}
        if draft and old.state == "published":
            return drafted(old, translated(old.id, texts, latest(old).translations), now, writer(actor))
        return replace(old, translations={**old.translations, **translated(old.id, texts, old.translations)})

    return edit(article_id, decide, actor, keyed, version)


def found(article: Article, number: int) -> Whole:
    """That version of the article. Raises NotFound: code `version-not-found`."""
    whole = article_versions.get(article, number)
    if whole is None:
        raise NotFound(f"The article has no version {number}.", code="version-not-found")
    return whole
