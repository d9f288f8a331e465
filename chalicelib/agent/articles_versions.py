"""What an article said before: its versions, the difference between any two, and the way back to one of them."""

from dataclasses import dataclass

from chalice import Response

from chalicelib.actions import restore_article
from chalicelib.agent import pages
from chalicelib.agent.articles import HERE
from chalicelib.agent.articles_drafts import whole
from chalicelib.agent.articles_editor import named
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.article import LOCALES, Article
from chalicelib.domain.article_card import card_of
from chalicelib.domain.article_version import Version
from chalicelib.domain.difference import Block, difference, is_same
from chalicelib.errors import NotFound, VersionMismatch
from chalicelib.store import article_versions, writers
from chalicelib.store.article_versions import Whole
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

PAGE = 25


@dataclass(frozen=True)
class Compared:
    """Two versions, the older one first, and what became of each language between them; only those that changed."""

    old: Version
    new: Version
    languages: dict[str, list[Block]]


@doors.get(HERE + "/{id}/versions")
@for_agents
def index(desk: Desk) -> Response:
    return _page(desk, named(desk))


@doors.post(HERE + "/{id}/versions")
@for_agents
def restore(desk: Desk) -> Response:
    """Let the article, or its `draft`, say again what it said in that version. What it says now stays a version."""
    article, draft = named(desk), _number(desk.visit.line("draft"))
    number = _number(desk.visit.line("number")) if draft is None else draft
    if number is None:
        raise NotFound("There is no such version.")
    seen, by = _number(desk.visit.line("version")), desk.actor
    try:
        restore_article.restore(article.id, number, by, version=seen, draft=draft is not None)
    except VersionMismatch as error:
        return _page(desk, named(desk), error.status, errors={"version": "article-changed-meanwhile"})
    return answer.redirect(desk.visit, f"{HERE}/{article.id}?done={'restored' if draft is None else 'drafted'}")


def _page(desk: Desk, article: Article, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    query = desk.visit.query
    page = article_versions.page(article, PAGE, _number(query.get("before", "")))
    newest = page.versions[0].number if page.versions else article.version
    here = f"{HERE}/{article.id}/versions"
    return pages.show(
        desk,
        "article_versions",
        status=status,
        area="articles",
        edited=article,
        card=card_of(article),
        versions=page.versions,
        newest=article.text_version or newest,
        drafted=max((one.since for one in article.drafts.values()), default=None),
        people=writers.names([one.by for one in page.versions], desk.lang),
        compared=_compared(article, _number(query.get("from", "")), _number(query.get("to", ""))),
        errors=errors or {},
        first_page=here if "before" in query else None,
        next_page=f"{here}?before={page.after}" if page.after else None,
    )


def _compared(article: Article, first: int | None, second: int | None) -> Compared | None:
    """The difference between those two versions; None when they are not both there."""
    numbers = sorted(one for one in (first, second) if one is not None)
    wholes = [found for number in numbers if (found := article_versions.get(article, number))]
    if len(wholes) != 2:
        return None
    old, new = wholes
    told = {locale: difference(_text(old, locale), _text(new, locale)) for locale in LOCALES}
    return Compared(old.version, new.version, {name: blocks for name, blocks in told.items() if not is_same(blocks)})


def _text(version: Whole, locale: str) -> str:
    text = version.texts.get(locale)
    return whole(text.title, text.body) if text else ""


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None
