"""A card says of an article what a list of articles shows: its titles, its state, who changed it last. No text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from chalicelib.domain.article import LOCALES, Article

# Where a card lies: a draft with a time to come out lies with the scheduled ones.
SHELVES = ("draft", "scheduled", "published", "archived")


@dataclass(frozen=True)
class Card:
    """`outdated` names the languages in which the article has fallen behind another one, `drafts` those in which there
    is a draft beside what readers see."""

    article_id: str
    category_id: str
    visibility: str
    shelf: str
    position: int
    updated_at: datetime
    titles: Mapping[str, str] = field(default_factory=dict)
    outdated: tuple[str, ...] = ()
    updated_by: str | None = None
    publish_at: datetime | None = None
    drafts: tuple[str, ...] = ()
    author_id: str | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """The languages that the article does not speak yet."""
        return tuple(locale for locale in LOCALES if locale not in self.titles)

    def title_in(self, locale: str) -> tuple[str, str]:
        """The title to show, and its language: the wanted one, else any there is."""
        found = locale if locale in self.titles else next(iter(self.titles))
        return found, self.titles[found]


def card_of(article: Article) -> Card:
    """The card of an article as it stands."""
    changed_at, changed_by = article.last_change
    return Card(
        article_id=article.id,
        category_id=article.category_id,
        visibility=article.visibility,
        shelf="scheduled" if article.state == "draft" and article.publish_at else article.state,
        position=article.position,
        updated_at=changed_at,
        titles={locale: text.title for locale, text in article.translations.items()},
        outdated=tuple(locale for locale, text in article.translations.items() if text.outdated),
        updated_by=changed_by or article.author_id,
        publish_at=article.publish_at,
        drafts=tuple(sorted(article.drafts)),
        author_id=article.author_id,
    )
