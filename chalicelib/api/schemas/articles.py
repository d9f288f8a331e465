"""Articles, their categories, and what a search finds."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.values import NO_NUL, ONE_LINE, Cursor, Id, Limit, Locale, Time
from chalicelib.domain.article import MAX_BODY, MAX_TITLE

Audience = Literal["public", "customers", "agents"]
State = Literal["draft", "published", "archived"]
Title = Annotated[str, Meta(max_length=MAX_TITLE, pattern=ONE_LINE)]
Body = Annotated[str, Meta(max_length=MAX_BODY, pattern=NO_NUL, description="Markdown; up to 380,000 octets in UTF-8.")]
Slug = Annotated[str, Meta(max_length=80, pattern=r"^[a-z0-9]+(-[a-z0-9]+)*(?![\s\S])", description="Made if absent.")]
Description = Annotated[str, Meta(max_length=500, pattern=NO_NUL)]
Position = Annotated[int, Meta(ge=0, le=1_000_000, description="Lower comes first.")]


class ArticleText(Struct, kw_only=True):
    """An article in one language. It is `outdated` while another language changed after it and nobody said that this
    one still holds."""

    title: str
    body: str
    slug: str
    url: str
    updated_at: Time
    outdated: bool


class ArticleTexts(Struct, kw_only=True, omit_defaults=True):
    """By language."""

    en: ArticleText | UnsetType = UNSET
    ar: ArticleText | UnsetType = UNSET


class ArticleDraft(Struct, kw_only=True):
    """What one language of a published article is to become; no reader sees it yet. It is `outdated` when what readers
    see was changed after the draft was made of it."""

    title: str
    body: str
    slug: str
    minor: bool
    updated_at: Time
    updated_by: str | None
    outdated: bool


class ArticleDrafts(Struct, kw_only=True, omit_defaults=True):
    """By language; one without a draft is not there."""

    en: ArticleDraft | UnsetType = UNSET
    ar: ArticleDraft | UnsetType = UNSET


class Article(Struct, kw_only=True):
    """`url` of a text is where its readers find it once it is published. A draft may have a time (`publish_at`) at
    which it is published by itself. A published article may have `drafts` beside its `translations`: what is to be
    published next, and then by `publish_at` too."""

    id: str
    category_id: str
    visibility: Audience
    state: State
    translations: ArticleTexts
    drafts: ArticleDrafts
    position: int
    author_id: str | None
    updated_by: str | None
    publish_at: Time | None
    created_at: Time
    updated_at: Time
    version: int


class NewArticleText(Struct, forbid_unknown_fields=True, kw_only=True):
    """A text to write. Without a `slug` one is made of the title."""

    title: Title
    body: Body = ""
    slug: Slug | UnsetType = UNSET


class NewArticleTexts(Struct, forbid_unknown_fields=True, kw_only=True):
    """At least one language."""

    en: NewArticleText | UnsetType = UNSET
    ar: NewArticleText | UnsetType = UNSET


class NewArticle(Struct, forbid_unknown_fields=True, kw_only=True):
    """An article to write; a draft, unless `publish` is true. A draft may be published later, by `publish_at`."""

    category_id: Id
    translations: NewArticleTexts
    visibility: Audience = "public"
    position: Position = 0
    publish: bool = False
    publish_at: Time | None = None


class ArticleTextChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change of a text; what is left out stays."""

    title: Title | UnsetType = UNSET
    body: Body | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET


class ArticleTextChanges(Struct, forbid_unknown_fields=True, kw_only=True):
    """By language; a language that the article does not have yet is added."""

    en: ArticleTextChange | UnsetType = UNSET
    ar: ArticleTextChange | UnsetType = UNSET


class ArticleChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays, within each language too. With `draft` a published article keeps the
    texts beside those that readers see, until it is published (or `publish_at` comes)."""

    category_id: Id | UnsetType = UNSET
    visibility: Audience | UnsetType = UNSET
    translations: ArticleTextChanges | UnsetType = UNSET
    position: Position | UnsetType = UNSET
    publish_at: Time | UnsetType | None = UNSET
    draft: bool = False
    minor: bool = False


class ArticleMove(Struct, forbid_unknown_fields=True, kw_only=True):
    """Where an article goes within its category."""

    after: Id | None


class ArticleQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    category_id: Id | UnsetType = UNSET
    state: State | UnsetType = UNSET
    visibility: Audience | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    outdated: Literal["en", "ar", "any"] | UnsetType = UNSET
    drafts: Literal["en", "ar", "any"] | UnsetType = UNSET
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET


class CategoryText(Struct, kw_only=True):
    """A category in one language."""

    name: str
    description: str
    slug: str
    url: str


class CategoryTexts(Struct, kw_only=True, omit_defaults=True):
    """By language."""

    en: CategoryText | UnsetType = UNSET
    ar: CategoryText | UnsetType = UNSET


class Category(Struct, kw_only=True):
    """A subject of the help centre, which holds articles."""

    id: str
    translations: CategoryTexts
    position: int
    created_at: Time
    updated_at: Time
    version: int


class NewCategoryText(Struct, forbid_unknown_fields=True, kw_only=True):
    """A text to write. Without a `slug` one is made of the name."""

    name: Title
    description: Description = ""
    slug: Slug | UnsetType = UNSET


class NewCategoryTexts(Struct, forbid_unknown_fields=True, kw_only=True):
    """At least one language."""

    en: NewCategoryText | UnsetType = UNSET
    ar: NewCategoryText | UnsetType = UNSET


class NewCategory(Struct, forbid_unknown_fields=True, kw_only=True):
    """A category to make."""

    translations: NewCategoryTexts
    position: Position = 0


class CategoryTextChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change of a text; what is left out stays."""

    name: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    slug: Slug | UnsetType = UNSET


class CategoryTextChanges(Struct, forbid_unknown_fields=True, kw_only=True):
    """By language; a language that the category does not have yet is added."""

    en: CategoryTextChange | UnsetType = UNSET
    ar: CategoryTextChange | UnsetType = UNSET


class CategoryChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays, within each language too."""

    translations: CategoryTextChanges | UnsetType = UNSET
    position: Position | UnsetType = UNSET


class CategoryMove(Struct, forbid_unknown_fields=True, kw_only=True):
    """Where a category goes among the others."""

    after: Id | None


class SearchQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """`audience` says whose articles are looked through; without it, those that everybody may read."""

    q: Annotated[str, Meta(max_length=10_000)]
    locale: Locale | UnsetType = UNSET
    category_id: Id | UnsetType = UNSET
    audience: Audience = "public"
    limit: Limit = 25


class Hit(Struct, kw_only=True):
    """`snippet` is safe HTML, with the words found in `<mark>`."""

    article_id: str
    locale: Locale
    title: str
    url: str
    snippet: str
    score: float


class SearchResults(Struct, kw_only=True):
    """Best first. `did_you_mean` is the query spelled right, when it was not: `data` already holds what that finds."""

    data: list[Hit]
    did_you_mean: str | None
    total: int
