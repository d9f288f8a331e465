"""What the editor says of the draft that it shows: what readers see in its place, and what will change for them."""

from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.article import Article
from chalicelib.domain.article_draft import is_outdated
from chalicelib.domain.difference import Block, difference, is_same


@dataclass(frozen=True)
class Beside:
    """By language: what becomes of its words once they are published. `outdated` are those of which readers see words
    that are newer than what the draft was made of."""

    changes: Mapping[str, list[Block]]
    outdated: tuple[str, ...]


def beside(article: Article | None) -> Beside | None:
    """What stands beside the article's draft; None when it has none."""
    if article is None or not article.drafts:
        return None
    changes = {locale: _change(article, locale) for locale in sorted(article.drafts, reverse=True)}
    outdated = tuple(locale for locale in changes if locale in article.translations and is_outdated(article, locale))
    return Beside({locale: [] if is_same(blocks) else blocks for locale, blocks in changes.items()}, outdated)


def whole(title: str, body: str) -> str:
    """An article in one language as one text: what is compared."""
    return f"{title}\n\n{body}"


def _change(article: Article, locale: str) -> list[Block]:
    shown, draft = article.translations.get(locale), article.drafts[locale]
    return difference(whole(shown.title, shown.body) if shown else "", whole(draft.title, draft.body))
