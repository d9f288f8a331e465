"""What the article editor's form holds: read, checked and turned into what the action is told.

Nothing typed is thrown away: whatever is wrong, the form comes again as it was.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from chalicelib import clock, i18n
from chalicelib.domain.article import LOCALES, MAX_BODY, MAX_TITLE, VISIBILITIES, Article
from chalicelib.domain.article_draft import latest
from chalicelib.store import articles, shop
from chalicelib.web.visit import Visit

# A text lies in one row of at most 400 KB.
MAX_BODY_OCTETS = 380_000
MAX_SLUG = 80
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?")


@dataclass(frozen=True)
class Form:
    """`typed` as it stands in the fields; `wrong` names faults by field; `publish_at` is when it shall come out."""

    typed: Mapping[str, str]
    wrong: Mapping[str, str] = field(default_factory=dict)
    publish_at: datetime | None = None

    @property
    def minor(self) -> bool:
        """Whether votes on the words go on counting."""
        return self.typed["minor"] == "yes"

    @property
    def texts(self) -> dict[str, dict[str, str]]:
        """By language, what the action is told: title, Markdown, and a slug where one was wished."""
        found = {}
        for locale in LOCALES:
            title, body, slug = (self.typed[f"{name}_{locale}"] for name in ("title", "body", "slug"))
            if title:
                found[locale] = {"title": title, "body": body} | ({"slug": slug} if slug else {})
        return found

    @property
    def fields(self) -> dict[str, Any]:
        """What else it is told."""
        return {"category_id": self.typed["category_id"], "visibility": self.typed["visibility"]}


def read(visit: Visit, action: str, before: Article | None) -> Form:
    """The form as it was sent. `action` is what its button wants done, `before` the article as it stands."""
    typed = _typed(visit)
    wrong = {name: code for locale in LOCALES for name, code in _wrong_text(typed, locale, before).items()}
    if not (wrong or any(typed[f"title_{locale}"] for locale in LOCALES)):
        wrong["title_en"] = "article-wordless"
    if typed["category_id"] not in [one.id for one in articles.categories()]:
        wrong["category_id"] = "unknown-category" if typed["category_id"] else "category-missing"
    if typed["visibility"] not in VISIBILITIES:
        wrong["visibility"] = "no-visibility"
    if action in ("save", "schedule"):
        wrong |= _wrong_moment(typed["publish_on"], action, before) | _wrong_place(typed, before)
    return Form(typed, wrong, _moment(typed["publish_on"]))


def of(article: Article) -> Form:
    """The form as it stands for an article that nobody has touched: with its drafts' words, where it has drafts."""
    texts: dict[str, str] = {}
    for locale in LOCALES:
        text = latest(article).translations.get(locale)
        texts |= {f"{name}_{locale}": getattr(text, name, "") for name in ("title", "body", "slug")}
    when, minor = local(article.publish_at), any(one.minor for one in article.drafts.values())
    typed = {"category_id": article.category_id, "visibility": article.visibility, "publish_on": when}
    typed["minor"] = "yes" if minor else ""
    return Form({**texts, **typed})


def empty(category_id: str, words: str, locale: str) -> Form:
    """The form of a new article; `words` that somebody searched for stand as its title."""
    texts = {f"{name}_{one}": "" for one in LOCALES for name in ("title", "body", "slug")}
    given = {"category_id": category_id, "visibility": "public", "publish_on": "", "minor": ""}
    return Form(texts | {f"title_{locale}": words} | given)


def local(moment: datetime | None) -> str:
    """A time as its field holds it: on the shop's own clock."""
    return f"{moment.astimezone(i18n.zone(shop.read().time_zone)):%Y-%m-%dT%H:%M}" if moment else ""


def _typed(visit: Visit) -> dict[str, str]:
    """What the form holds, cut to little more than what may be kept of it."""
    texts: dict[str, str] = {}
    for locale in LOCALES:
        texts[f"title_{locale}"] = visit.line(f"title_{locale}")[: MAX_TITLE + 1]
        texts[f"slug_{locale}"] = visit.line(f"slug_{locale}")[: MAX_SLUG + 1]
        texts[f"body_{locale}"] = visit.text(f"body_{locale}").replace("\0", "")[: MAX_BODY + 1]
    return texts | {name: visit.line(name)[:64] for name in ("category_id", "visibility", "publish_on", "minor")}


def _wrong_text(typed: Mapping[str, str], locale: str, before: Article | None) -> dict[str, str]:
    title, body, slug = (typed[f"{name}_{locale}"] for name in ("title", "body", "slug"))
    had = before is not None and locale in before.translations
    wrong = {}
    if len(title) > MAX_TITLE or not title.replace("\0", "").isprintable():
        wrong[f"title_{locale}"] = "title-too-long" if len(title) > MAX_TITLE else "title-unreadable"
    if not title and (body or slug or had):
        wrong[f"title_{locale}"] = "title-missing"
    if len(body) > MAX_BODY or len(body.encode()) > MAX_BODY_OCTETS:
        wrong[f"body_{locale}"] = "article-too-long"
    if slug and (len(slug) > MAX_SLUG or not _SLUG.fullmatch(slug)):
        wrong[f"slug_{locale}"] = "slug-invalid"
    return wrong


def _wrong_place(typed: Mapping[str, str], before: Article | None) -> dict[str, str]:
    """A draft of a published article holds words alone: the rest would change for readers at once."""
    if before is None or before.state != "published":
        return {}
    return {name: "not-in-draft" for name in ("category_id", "visibility") if typed[name] != getattr(before, name)}


def _wrong_moment(typed: str, action: str, before: Article | None) -> dict[str, str]:
    """A time that has passed is none to wait for, unless the article waits for it already."""
    if not typed:
        return {"publish_on": "date-missing"} if action == "schedule" else {}
    moment = _moment(typed)
    if moment is None:
        return {"publish_on": "date-missing"}
    stands = before is not None and typed == local(before.publish_at)
    return {"publish_on": "date-past"} if moment <= clock.now() and not stands else {}


def _moment(typed: str) -> datetime | None:
    """The time in the field, which is one of the shop's clock."""
    if not _WHEN.fullmatch(typed):
        return None
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=i18n.zone(shop.read().time_zone)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
