"""What the home page offers to search for: up to six questions, in each language, in the order that people give them.

One form holds them all, and every button of it saves what is typed: a move first, then what came of it.
"""

from chalice import Response

from chalicelib import i18n
from chalicelib.agent import moving
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import form, pages
from chalicelib.domain.shop import MAX_ASKED, MAX_OFTEN_ASKED
from chalicelib.store import shop
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/often-asked"
Row = dict[str, str]


@doors.get(HERE)
@for_agents
@pages.for_admins
def show(desk: Desk) -> Response:
    return _form(desk, [dict(words) for words in shop.load().often_asked])


@doors.post(HERE)
@for_agents
@pages.for_admins
def save(desk: Desk) -> Response:
    rows = _ordered(desk, _typed(desk))
    wrong = form.save(desk, {"often_asked": tuple(rows)}, _named(rows) or {"often_asked_0_en": ""})
    return _form(desk, rows, wrong) if wrong else pages.done(desk, HERE)


def _typed(desk: Desk) -> list[Row]:
    """What stands in the form, a row each; empty ones too, since buttons name rows by their number."""
    names = [[(lang, f"often_asked_{at}_{lang}") for lang in i18n.LOCALES] for at in range(MAX_OFTEN_ASKED)]
    return [
        {lang: text for lang, name in row if (text := desk.visit.line(name)[: MAX_ASKED + 1].strip())} for row in names
    ]


def _ordered(desk: Desk, rows: list[Row]) -> list[Row]:
    """The rows that have words, in the order that the pressed button wishes."""
    ids = [str(at) for at in range(len(rows))]
    move, gone = moving.wished(desk.visit, ids), desk.visit.line("remove")
    order = moving.in_order(ids, move) if move else ids
    return [row for at in order if at != gone and (row := rows[int(at)])]


def _named(rows: list[Row]) -> dict[str, str]:
    """The fields of those rows."""
    return {f"often_asked_{at}_{lang}": row.get(lang, "") for at, row in enumerate(rows) for lang in i18n.LOCALES}


def _form(desk: Desk, rows: list[Row], errors: dict[str, object] | None = None) -> Response:
    """With an empty row behind the others, as long as there may be one more."""
    return pages.show(
        desk,
        "often_asked",
        errors=errors,
        rows=rows + ([{}] if len(rows) < MAX_OFTEN_ASKED else []),
        count=len(rows),
        typed=_named(rows),
        longest=MAX_ASKED,
        version=form.version_for(desk, errors),
    )
