"""The categories of the help centre: their names in both languages, their order, their icons. Admins change them.

Who writes articles may be any agent; how the help centre is divided is for those who answer for all of it.
"""

from concurrent.futures import ThreadPoolExecutor

from chalice import Response

from chalicelib import i18n, ids
from chalicelib.actions import change_category
from chalicelib.agent import pages
from chalicelib.agent.articles import HERE as ARTICLES
from chalicelib.agent.articles import MOST_COUNTED
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm, make_once
from chalicelib.agent.teams import for_admins_at
from chalicelib.domain import ordering
from chalicelib.domain.article import MAX_TITLE, Category
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import article_cards, articles
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = f"{ARTICLES}/categories"
NEW = f"{HERE}/new"
MAX_DESCRIPTION = 500
AT_ONCE = 8
ICONS = (
    "book-open", "package", "truck", "undo-2", "credit-card", "leaf", "star", "user-round", "users-round", "smartphone",
    "mail", "globe", "lock", "clock", "tag", "settings", "languages", "image", "file-text", "message-circle",
)  # fmt: skip
DONE = {"made": "category-made", "saved": "saved", "deleted": "category-deleted"}
FORM = RecordForm("name_en", "category-changed-meanwhile")

for_admins = for_admins_at(HERE)


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    return _list(desk)


@doors.get(NEW)
@for_agents
@for_admins
def new(desk: Desk) -> Response:
    return _form(desk, None, {"icon": ICONS[0]})


@doors.post(NEW)
@for_agents
@for_admins
def create(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(lambda: _create(desk, typed))
    return _form(desk, None, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=made")


@doors.get(HERE + "/{id}")
@for_agents
@for_admins
def one(desk: Desk) -> Response:
    category = _named(desk)
    return _form(desk, category, _as_typed(category))


@doors.post(HERE + "/{id}")
@for_agents
@for_admins
def change(desk: Desk) -> Response:
    category, typed = _named(desk), _typed(desk)
    wanted = {"translations": _texts(typed), "icon": typed["icon"]}
    wrong = _wrong(typed) or FORM.refusal(lambda: change_category.change(category.id, wanted, version=desk.version))
    return _form(desk, category, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=saved")


@doors.post(HERE + "/{id}/move")
@for_agents
@for_admins
def move(desk: Desk) -> Response:
    """One place up or down."""
    category = _named(desk)
    known = [one.id for one in articles.categories()]
    to = known.index(category.id) + (-1 if desk.visit.line("to") == "up" else 1)
    others = [id for id in known if id != category.id]
    if 0 <= to < len(known):
        change_category.move(category.id, others[to - 1] if to else None)
    return answer.redirect(desk.visit, f"{HERE}#{category.id}")


@doors.post(HERE + "/{id}/delete")
@for_agents
@for_admins
def delete(desk: Desk) -> Response:
    category = _named(desk)
    if article_cards.last_of(category.id):
        return _list(desk, 409, {"category": "category-not-empty"})
    try:
        change_category.delete(category.id)
    except Conflict as error:
        return _list(desk, error.status, {"category": error.code})
    return answer.redirect(desk.visit, f"{HERE}?done=deleted")


def _list(desk: Desk, status: int = 200, errors: dict[str, str] | None = None) -> Response:
    listed = articles.categories()
    return pages.show(
        desk,
        "article_categories",
        status=status,
        area="articles",
        tab="categories",
        listed=listed,
        counts=_counts([one.id for one in listed]),
        most_counted=MOST_COUNTED,
        done=DONE.get(desk.visit.query.get("done", ""), ""),
        errors=errors or {},
    )


def _counts(category_ids: list[str]) -> dict[str, int]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        counted = pool.map(lambda one: article_cards.count(one, MOST_COUNTED), category_ids)
        return dict(zip(category_ids, counted, strict=True))


def _named(desk: Desk) -> Category:
    wanted = desk.visit.params["id"]
    found = articles.category(wanted) if ids.is_id(wanted, "cat") else None
    if found is None:
        raise NotFound("There is no such category.")
    return found


def _create(desk: Desk, typed: dict[str, str]) -> None:
    position = ordering.last([one.position for one in articles.categories()])
    make_once(desk, "category", lambda keyed: change_category.create(_texts(typed), position, typed["icon"], keyed))


def _typed(desk: Desk) -> dict[str, str]:
    """What the form holds, cut to little more than what may be kept of it."""
    typed = {"icon": desk.visit.line("icon")[:40]}
    for locale in i18n.LOCALES:
        typed[f"name_{locale}"] = desk.visit.line(f"name_{locale}")[: MAX_TITLE + 1]
        typed[f"description_{locale}"] = desk.visit.line(f"description_{locale}")[: MAX_DESCRIPTION + 1]
    return typed


def _as_typed(category: Category) -> dict[str, str]:
    typed = {"icon": category.icon}
    for locale in i18n.LOCALES:
        text = category.translations.get(locale)
        typed[f"name_{locale}"] = text.name if text else ""
        typed[f"description_{locale}"] = text.description if text else ""
    return typed


def _texts(typed: dict[str, str]) -> dict[str, dict[str, str]]:
    """By language, name and description; a language without a name keeps what it has."""
    return {
        locale: {"name": typed[f"name_{locale}"], "description": typed[f"description_{locale}"]}
        for locale in i18n.LOCALES
        if typed[f"name_{locale}"]
    }


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    """What is wrong with the form, by field."""
    wrong = {f"name_{locale}": "name-too-long" for locale in i18n.LOCALES if len(typed[f"name_{locale}"]) > MAX_TITLE}
    if not any(typed[f"name_{locale}"] for locale in i18n.LOCALES):
        wrong["name_en"] = "category-nameless"
    for locale in i18n.LOCALES:
        if len(typed[f"description_{locale}"]) > MAX_DESCRIPTION:
            wrong[f"description_{locale}"] = "description-too-long"
    return wrong | ({} if typed["icon"] in ICONS else {"icon": "no-icon"})


def _form(
    desk: Desk, category: Category | None, typed: dict[str, str], errors: dict[str, str] | None = None
) -> Response:
    return pages.show(
        desk,
        "article_category",
        status=422 if errors else 200,
        area="articles",
        edited=category,
        version=FORM.version(desk, category, errors),
        typed=typed,
        errors=errors or {},
        icons=ICONS,
    )
