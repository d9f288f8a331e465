"""The article editor: both languages side by side, each with its preview, and what is done with the article.

What stands in it of a published article is its draft, where it has one; saving makes one, which readers do not see.
One form, one address: which button was pressed says what happens. What was typed comes back whatever was refused; when
somebody else saved meanwhile, it comes back beside what he wrote.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalice import Response

from chalicelib import i18n, ids, markdown
from chalicelib.actions import order_articles, publish_article, word_article
from chalicelib.actions.publish_article import Draft
from chalicelib.agent import articles_form, pages
from chalicelib.agent.articles import HERE, helped
from chalicelib.agent.articles_drafts import beside, whole
from chalicelib.agent.articles_form import Form
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.article import LOCALES, VISIBILITIES, Article
from chalicelib.domain.article_card import card_of
from chalicelib.domain.article_draft import latest
from chalicelib.domain.difference import Block, difference, is_same
from chalicelib.errors import Conflict, Forbidden, Invalid, NotFound, VersionMismatch
from chalicelib.store import article_versions, articles, votes, writers
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once
from chalicelib.web.uploading import let_upload

doors = Doors(pages.refuse)

NEW = f"{HERE}/new"
ACTIONS = {"save": "saved", "publish": "published", "schedule": "scheduled", "archive": "archived"}
DONE = (*ACTIONS.values(), "drafted", "discarded", "restored")
# What becomes of a published article's words without its readers.
UNSEEN = ("save", "schedule")
HOLDS = {f"holds-{locale}": locale for locale in LOCALES}
_ID = re.compile(r' id="[^"]*"')
_ANCHOR = re.compile(r'<a class="anchor"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Meanwhile:
    """What somebody else saved while the form was open: who, when, and what he did to each language."""

    article: Article
    by: str
    changed: Mapping[str, list[Block]]


@doors.get(NEW)
@for_agents
def new(desk: Desk) -> Response:
    """An empty article; a category, or words that people searched for in vain, may be named in the address."""
    query = desk.visit.query
    words = " ".join(query.get("q", "").split())[:200]
    locale = query["locale"] if query.get("locale") in LOCALES else desk.lang
    return _page(desk, None, articles_form.empty(query.get("category", ""), words, locale))


@doors.post(NEW)
@for_agents
def create(desk: Desk) -> Response:
    action = _action(desk)
    form = articles_form.read(desk.visit, action, None)
    if action == "preview":
        return _page(desk, None, form, previewed=True)
    if form.wrong:
        return _page(desk, None, form, form.wrong)
    try:
        made = Once(desk.visit, "article").do(lambda keyed: _told(_create(desk, form, action, keyed)), _told)
    except Invalid as error:
        return _page(desk, None, form, _fault(error))
    return answer.redirect(desk.visit, f"{HERE}/{made['id']}?done={ACTIONS.get(action, 'saved')}")


@doors.get(HERE + "/{id}")
@for_agents
def one(desk: Desk) -> Response:
    article = named(desk)
    return _page(desk, article, articles_form.of(article), previewed=True)


@doors.post(HERE + "/{id}")
@for_agents
def change(desk: Desk) -> Response:
    article, action = named(desk), _action(desk)
    form = articles_form.read(desk.visit, action, article)
    if action == "preview":
        return _page(desk, article, form, previewed=True)
    if action == "delete":
        return _delete(desk, article, form)
    if action in HOLDS:
        return _holds(desk, article, form, HOLDS[action])
    if action == "place":
        return _place(desk, article, form)
    if form.wrong and action != "discard":
        return _page(desk, article, form, form.wrong)
    try:
        done = _discard(desk, article) if action == "discard" else _save(desk, article, form, action)
    except VersionMismatch as error:
        return _conflict(desk, form, error.status)
    except (Conflict, Invalid) as error:
        return _page(desk, article, form, _fault(error))
    return answer.redirect(desk.visit, f"{HERE}/{article.id}?done={done}")


@doors.post(f"{HERE}/preview")
@for_agents
def preview(desk: Desk) -> Response:
    """The text as the help centre shows it, for the script."""
    locale = "ar" if desk.visit.line("locale") == "ar" else "en"
    return answer.plain(desk.visit, as_shown(desk.visit.text("body")[: articles_form.MAX_BODY_OCTETS], locale))


def as_shown(body: str, locale: str) -> str:
    """Markdown as the help centre shows it. Its anchors are left out: the editor's own page has ids, too."""
    return _ID.sub("", _ANCHOR.sub(r"\1", markdown.to_html(body, locale)))


def named(desk: Desk) -> Article:
    """The article in the address, with its drafts. Raises NotFound."""
    wanted = desk.visit.params["id"]
    found = articles.with_drafts(wanted) if ids.is_id(wanted, "art") else None
    if found is None or found.is_deleted:
        raise NotFound("There is no such article.")
    return found


def _action(desk: Desk) -> str:
    """What is wanted; the keys that send a form without any button want it saved."""
    return desk.visit.line("action") or "save"


def _create(desk: Desk, form: Form, action: str, keyed: Any) -> Article:
    draft = Draft(
        category_id=form.typed["category_id"],
        translations=form.texts,
        visibility=form.typed["visibility"],
        author_id=desk.agent.id,
        position=order_articles.after_all(form.typed["category_id"]),
        publish=action == "publish",
        publish_at=form.publish_at if action in ("save", "schedule") else None,
    )
    return publish_article.create(draft, desk.actor, keyed)


def _save(desk: Desk, article: Article, form: Form, action: str) -> str:
    """What was done. All words are in the form, so they take the place of every draft."""
    unseen = article.state == "published" and action in UNSEEN
    wanted = {"translations": form.texts} | ({} if unseen else form.fields) | _state(article, form, action)
    publish_article.change(
        article.id, wanted, desk.actor, version=_version(desk), draft=unseen, whole=True, minor=form.minor
    )
    return "drafted" if unseen and action == "save" else ACTIONS.get(action, "saved")


def _discard(desk: Desk, article: Article) -> str:
    publish_article.discard_drafts(article.id, desk.actor, version=_version(desk))
    return "discarded"


def _state(article: Article, form: Form, action: str) -> dict[str, Any]:
    """What becomes of the article beside its words. A draft waits for the time in the form, if there is one."""
    if action in ("publish", "archive"):
        return {"state": "published" if action == "publish" else "archived", "publish_at": None}
    if action == "schedule" and article.state != "published":
        return {"state": "draft", "publish_at": form.publish_at}
    return {"publish_at": form.publish_at} if article.state != "archived" else {}


def _holds(desk: Desk, article: Article, form: Form, locale: str) -> Response:
    """A language is said to hold as it is. What was typed beside that is kept, and saved by its own button only."""
    try:
        held = word_article.still_holds(article.id, locale, desk.actor, version=_version(desk))
    except VersionMismatch as error:
        return _conflict(desk, form, error.status)
    return _page(desk, held, form, previewed=True, done="holds")


def _place(desk: Desk, article: Article, form: Form) -> Response:
    """Category and readers change at once, and no words. Those that were typed are kept, as with `_holds`."""
    wrong = {name: code for name, code in form.wrong.items() if name in form.fields}
    if wrong:
        return _page(desk, article, form, wrong)
    try:
        placed = publish_article.change(article.id, form.fields, desk.actor, version=_version(desk))
    except VersionMismatch as error:
        return _conflict(desk, form, error.status)
    except Invalid as error:
        return _page(desk, article, form, _fault(error))
    return _page(desk, placed, form, previewed=True, done="placed")


def _delete(desk: Desk, article: Article, form: Form) -> Response:
    """Only admins take an article away for good, and only one that no reader finds."""
    if not desk.agent.is_admin or article.state not in ("draft", "archived"):
        raise Forbidden("Only admins delete articles, and only drafts and archived ones.")
    try:
        publish_article.delete(article.id, desk.actor, version=_version(desk))
    except VersionMismatch as error:
        return _conflict(desk, form, error.status)
    return answer.redirect(desk.visit, f"{HERE}?done=deleted")


def _told(article: Article) -> dict[str, Any]:
    return {"id": article.id}


def _version(desk: Desk) -> int:
    """The version that the form was made of; one that is none holds for no article."""
    return -1 if desk.version is None else desk.version


def _fault(error: Conflict | Invalid) -> dict[str, str]:
    """What the action refused, by the field it is told beside."""
    if error.code == "not-a-draft":
        return {"publish_on": "nothing-to-publish"}
    pointer = error.faults[0].pointer if error.faults else ""
    parts = pointer.strip("/").split("/")
    if parts[0] == "translations" and len(parts) == 3:
        return {f"{parts[2]}_{parts[1]}": error.code}
    return {"category_id" if parts[0] == "category_id" else "title_en": error.code}


def _conflict(desk: Desk, form: Form, status: int) -> Response:
    """Both texts: what was typed stands in the fields, what somebody else saved beside them. Saving again decides."""
    theirs = named(desk)
    known = article_versions.page(theirs, 1, _version(desk) + 1).versions
    base = article_versions.get(theirs, known[0].number) if known else None
    changed = {}
    for locale, text in latest(theirs).translations.items():
        was = base.texts.get(locale) if base else None
        blocks = difference(whole(was.title, was.body) if was else "", whole(text.title, text.body))
        if not is_same(blocks):
            changed[locale] = blocks
    by = writers.name(theirs.last_change[1], desk.lang)
    return _page(desk, theirs, form, status=status, meanwhile=Meanwhile(theirs, by, changed), previewed=True)


def _page(
    desk: Desk,
    article: Article | None,
    form: Form,
    errors: Mapping[str, str] | None = None,
    *,
    status: int = 200,
    meanwhile: Meanwhile | None = None,
    previewed: bool = False,
    done: str = "",
) -> Response:
    shown = pages.show(
        desk,
        "article_editor",
        status=422 if errors else status,
        area="articles",
        typed=form.typed,
        errors=errors or {},
        version=_shown_version(desk, article, bool(errors)),
        locales=[(locale, i18n.direction(locale)) for locale in _in_order(desk.lang)],
        previews=_previews(form, previewed),
        category_choices=[(one.id, one.in_locale(desk.lang).name) for one in articles.categories()],
        visibilities=VISIBILITIES,
        meanwhile=meanwhile,
        **_about(article, desk.lang),
        done=done or (asked if (asked := desk.visit.query.get("done", "")) in DONE else ""),
    )
    return let_upload(shown)


def _previews(form: Form, previewed: bool) -> dict[str, str]:
    from markupsafe import Markup

    return {locale: Markup(as_shown(form.typed[f"body_{locale}"], locale)) if previewed else "" for locale in LOCALES}


def _about(article: Article | None, lang: str) -> dict[str, Any]:
    """What the page tells of an article beside what is in its form."""
    card = card_of(article) if article else None
    return {
        "edited": article,
        "card": card,
        "saved_by": writers.name(card.updated_by, lang) if card else "",
        "helped": helped([article.id]).get(article.id) if article else None,
        "judged": _judged(article),
        "beside": beside(article),
        "behind": _behind(article),
    }


def _judged(article: Article | None) -> dict[str, tuple[float, int]]:
    """Of each language that was rewritten: which part of the votes since then says that it helped, and how many."""
    rewritten = [locale for locale, text in article.translations.items() if text.judged_since] if article else []
    found = votes.judged(article) if article and rewritten else {}
    return {locale: (found[locale].share, found[locale].votes) for locale in rewritten}


def _behind(article: Article | None) -> dict[str, list[Block]]:
    """Of each language that is outdated, what happened to the other one since its own words were written."""
    found = {}
    for locale, text in article.translations.items() if article else ():
        other = next((one for one in LOCALES if one != locale and article and one in article.translations), None)
        if article and text.outdated and other:
            base = article_versions.get(article, text.since)
            was = base.texts.get(other) if base else None
            now = article.translations[other]
            found[locale] = difference(whole(was.title, was.body) if was else "", whole(now.title, now.body))
    return found


def _shown_version(desk: Desk, article: Article | None, refused: bool) -> str:
    """The version that a further press of the button builds on; after a refusal still the one the form was made of."""
    return desk.visit.line("version") if refused else str(article.version if article else "")


def _in_order(lang: str) -> list[str]:
    """The reader's own language first."""
    return sorted(LOCALES, key=lambda locale: locale != lang)
