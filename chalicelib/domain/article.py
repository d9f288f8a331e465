"""An article answers a question before it is asked; a category gathers articles. Both speak several languages."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.transliteration import latin
from chalicelib.errors import Conflict, Fault, Invalid

VISIBILITIES = ("public", "customers", "agents")
STATES = ("draft", "published", "archived", "deleted")
LOCALES = ("en", "ar")
MAX_TITLE = 250
MAX_BODY = 200_000


@dataclass(frozen=True)
class Translation:
    """One language of an article; `body` is Markdown, `slug` its Latin name in addresses.

    `updated_at` is when its title or body changed last (None: not known), `since` the version of the article that
    brought them (0: it is older than versions are). It is `outdated` when another language changed after it, and
    nobody said that it still holds. `judged_since` is the version whose change was more than a minor one: votes count
    afresh from there (0: from the first one on).
    """

    title: str
    body: str
    slug: str
    updated_at: datetime | None = None
    outdated: bool = False
    since: int = 0
    judged_since: int = 0

    def says_as(self, other: "Translation | None") -> bool:
        """Whether it has the same title and body."""
        return other is not None and (self.title, self.body) == (other.title, other.body)


@dataclass(frozen=True)
class DraftText:
    """What one language of a published article is to become, and which no reader sees yet.

    `since` is the version that brought its words, `base` that of the published ones it was made of (0: of none). A
    `minor` change leaves the votes as they are.
    """

    title: str
    body: str
    slug: str
    updated_at: datetime
    updated_by: str | None = None
    since: int = 0
    base: int = 0
    minor: bool = False


@dataclass(frozen=True)
class Article:
    """`updated_by` is the id of the agent or API key that changed it last; None: the system, or not known.

    A draft with a `publish_at` is published then. So are the `drafts` of a published article (see
    domain.article_draft), of which `updated_at` and `updated_by` tell nothing. `text_version` is the version that it is
    (see domain.article_version); 0 while it has none, being older than versions are.
    """

    id: str
    category_id: str
    visibility: str
    state: str
    translations: Mapping[str, Translation]
    created_at: datetime
    updated_at: datetime
    author_id: str | None = None
    position: int = 0
    version: int = 0
    updated_by: str | None = None
    publish_at: datetime | None = None
    text_version: int = 0
    drafts: Mapping[str, DraftText] = field(default_factory=dict)

    @property
    def is_deleted(self) -> bool:
        """Whether nobody finds it any more; its texts are kept, since an address never comes to mean something else."""
        return self.state == "deleted"

    @property
    def last_change(self) -> tuple[datetime, str | None]:
        """When it, or a draft of it, was changed last, and by whom."""
        of_drafts = [(one.updated_at, one.updated_by) for one in self.drafts.values()]
        return max([(self.updated_at, self.updated_by), *of_drafts], key=lambda change: change[0])

    def in_locale(self, locale: str) -> tuple[str, Translation]:
        """The translation to show, and which it is: the wanted language, else any there is."""
        found = locale if locale in self.translations else next(iter(self.translations))
        return found, self.translations[found]


@dataclass(frozen=True)
class CategoryText:
    """One language of a category. `former` are the slugs that it had before, and which lead to it for good."""

    name: str
    description: str = ""
    slug: str = ""
    former: tuple[str, ...] = ()

    @property
    def slugs(self) -> tuple[str, ...]:
        return self.slug, *self.former


@dataclass(frozen=True)
class Category:
    id: str
    translations: Mapping[str, CategoryText]
    created_at: datetime
    updated_at: datetime
    position: int = 0
    icon: str = "book-open"
    version: int = 0

    def in_locale(self, locale: str) -> CategoryText:
        return self.translations.get(locale) or next(iter(self.translations.values()))


@dataclass(frozen=True)
class Listing:
    """An article as its category's page and the site map list it, with a title and slug a language.

    `updated_at` is when the article changed last; None: the listing is older than it is told.
    """

    article_id: str
    category_id: str
    visibility: str
    position: int
    titles: Mapping[str, str] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)
    updated_at: datetime | None = None


def scheduled(article: Article, at: datetime | None, now: datetime) -> Article:
    """The draft, or the article with its drafts, to be published at that time; None: not by itself any more.

    Raises:
        Invalid: code `in-past`, the time has come already.
        Conflict: code `not-a-draft`, it is archived, or published and without a draft.
    """
    if at is None:
        return replace(article, publish_at=None)
    if not _is_to_come(article):
        raise Conflict("Only a draft can be published later.", code="not-a-draft")
    if at <= now:
        words = "This time is past; publish the article now, or name a time to come."
        raise Invalid(words, code="in-past", faults=(Fault("/publish_at", "in-past", words),))
    return replace(article, publish_at=at)


def is_due(article: Article, now: datetime) -> bool:
    """Whether it is a draft, or has some, whose time to be published has come."""
    return _is_to_come(article) and article.publish_at is not None and article.publish_at <= now


def may_read(visibility: str, audience: str) -> bool:
    """Whether a reader of that audience (public, customers, agents) may see what has that visibility."""
    return VISIBILITIES.index(visibility) <= VISIBILITIES.index(audience)


def category_at(categories: Sequence[Category], slug: str) -> Category | None:
    """The category that has this address in any language, else the one that had it."""
    texts = [(one, text) for one in categories for text in one.translations.values()]
    now = next((one for one, text in texts if text.slug == slug), None)
    return now or next((one for one, text in texts if slug in text.former), None)


def slug_of(title: str, fallback: str) -> str:
    """A Latin name for addresses made from a title, Arabic transliterated; `fallback` when no letters are left."""
    plain = latin(title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].strip("-")
    return slug if len(slug) >= 3 else fallback


def _is_to_come(article: Article) -> bool:
    return article.state == "draft" or bool(article.drafts)
