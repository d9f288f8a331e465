"""What goes into the article index and what comes out of it. Texts are plain: Markdown is stripped before."""

from dataclasses import dataclass, field
from typing import Literal

Visibility = Literal["public", "customers", "agents"]

# Who may find an article of each visibility. Each audience has an index of its own, so that neither a count nor a
# spelling ever speaks of an article its reader may not open.
AUDIENCES: dict[str, tuple[str, ...]] = {
    "public": ("public", "customers", "agents"),
    "customers": ("customers", "agents"),
    "agents": ("agents",),
}


@dataclass(frozen=True, slots=True)
class Document:
    """One article in one language. `updated_at` is in epoch seconds; `body` is plain text."""

    article_id: str
    locale: str
    visibility: Visibility
    category_id: str
    slug: str
    title: str
    body: str
    updated_at: int


@dataclass(frozen=True, slots=True)
class SynonymSet:
    """Words (each of one word or several) that stand for each other in one language, for whoever may know of them."""

    locale: str
    words: tuple[str, ...]
    visibility: Visibility = "public"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An article whose title may be meant by what is being typed; `title_html` is safe, with what was typed marked."""

    article_id: str
    locale: str
    visibility: str
    title: str
    title_html: str
    slug: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The likeliest first. `did_you_mean` is what was typed with its misspelt words mended, if it had to be."""

    found: tuple[Suggestion, ...] = ()
    did_you_mean: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. `title_html` and `snippet` are safe HTML: escaped text with the found words in `<mark>`."""

    article_id: str
    locale: str
    visibility: str
    title: str
    title_html: str
    snippet: str
    slug: str
    category_id: str
    updated_at: int
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits, best first.

    `total` counts all hits; `categories` counts them by category id as they would be without the category filter;
    `did_you_mean` is the query with its misspelt words mended (`hits` already holds what that finds), or None.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    did_you_mean: str | None = None
    categories: dict[str, int] = field(default_factory=dict)
