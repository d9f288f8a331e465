"""What articles said before."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from chalicelib.api.schemas.articles import Audience
from chalicelib.api.schemas.values import Cursor, Limit, Time


class VersionWriter(Struct, kw_only=True):
    """Who wrote a version, as he is called now. A `system` has no id: nobody knows who it was, or nobody was."""

    type: Literal["agent", "api_key", "system"]
    id: str | None
    name: str


class VersionTitles(Struct, kw_only=True, omit_defaults=True):
    """By language."""

    en: str | UnsetType = UNSET
    ar: str | UnsetType = UNSET


class ArticleVersion(Struct, kw_only=True):
    """What an article said from one change of its texts, category or visibility to the next.

    Numbers have gaps: they are those of the article's `version`, which publishing and the like change, too. One that is
    not `published` was a draft.
    """

    number: int
    article_id: str
    author: VersionWriter
    changed: list[str]
    category_id: str
    visibility: Audience
    titles: VersionTitles
    published: bool
    created_at: Time


class VersionText(Struct, kw_only=True):
    """An article in one language, as it was then."""

    title: str
    body: str


class VersionTexts(Struct, kw_only=True, omit_defaults=True):
    """By language."""

    en: VersionText | UnsetType = UNSET
    ar: VersionText | UnsetType = UNSET


class WholeArticleVersion(ArticleVersion, kw_only=True):
    """A version with its texts."""

    translations: VersionTexts


class ArticleVersionQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
