"""The desk's settings, macros: their words, and for whose tickets. Admins change them, who works here sees them."""

from typing import Any

from chalice import Response

from chalicelib import i18n
from chalicelib.actions import change_macro
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm, make_once
from chalicelib.agent.teams import for_admins_at
from chalicelib.domain import macro as rules
from chalicelib.domain.macro import MAX_NAME, MAX_POSITION, MAX_TEXT, PLACEHOLDERS, Macro
from chalicelib.store import macros
from chalicelib.web import answer, numbers
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = "/agent/settings/macros"
NEW = "/agent/settings/new-macro"
DONE = {"made": "macro-made", "saved": "saved", "deleted": "macro-deleted"}
FORM = RecordForm(
    "name",
    "macro-changed-meanwhile",
    beside={"unknown-team": "team_id", **{f"/texts/{lang}": f"text_{lang}" for lang in i18n.LOCALES}},
)

for_admins = for_admins_at(HERE)


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    done = DONE.get(desk.visit.query.get("done", ""), "")
    return pages.show(
        desk, "settings_macros", area="settings", listed=macros.read(), team_of=desk.staff.teams, done=done
    )


@doors.get(NEW)
@for_agents
@for_admins
def new(desk: Desk) -> Response:
    return _form(desk, None, {"position": "0"})


@doors.post(NEW)
@for_agents
@for_admins
def create(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: make_once(desk, "macro", lambda keyed: change_macro.create(_wanted(typed), keyed))
    )
    return _form(desk, None, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=made")


@doors.get(HERE + "/{id}")
@for_agents
@for_admins
def one(desk: Desk) -> Response:
    macro = change_macro.named(desk.visit.params["id"])
    return _form(desk, macro, _as_typed(macro))


@doors.post(HERE + "/{id}")
@for_agents
@for_admins
def change(desk: Desk) -> Response:
    macro, typed = change_macro.named(desk.visit.params["id"]), _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(lambda: change_macro.change(macro.id, _wanted(typed), version=desk.version))
    return _form(desk, macro, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=saved")


@doors.post(HERE + "/{id}/delete")
@for_agents
@for_admins
def delete(desk: Desk) -> Response:
    change_macro.delete(change_macro.named(desk.visit.params["id"]).id)
    return answer.redirect(desk.visit, f"{HERE}?done=deleted")


def _typed(desk: Desk) -> dict[str, str]:
    """What the form holds, cut to little more than what may be kept of it, so that a refusal can show it again."""
    visit = desk.visit
    texts = {f"text_{lang}": visit.text(f"text_{lang}")[: MAX_TEXT + 1] for lang in i18n.LOCALES}
    lines = {name: visit.line(name)[: MAX_NAME + 1] for name in ("name", "position", "team_id")}
    return {**texts, **lines}


def _as_typed(macro: Macro) -> dict[str, str]:
    texts = {f"text_{lang}": macro.texts.get(lang, "") for lang in i18n.LOCALES}
    return {**texts, "name": macro.name, "position": str(macro.position), "team_id": macro.team_id or ""}


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    """What is wrong with the form, by field."""
    wrong = {f"text_{lang}": "text-too-long" for lang in i18n.LOCALES if len(typed[f"text_{lang}"]) > MAX_TEXT}
    if not any(typed[f"text_{lang}"] for lang in i18n.LOCALES):
        wrong["text_en"] = "macro-wordless"
    if not typed["name"] or len(typed["name"]) > MAX_NAME:
        wrong["name"] = "name-too-long" if typed["name"] else "macro-nameless"
    position = numbers.whole(typed["position"] or "0")
    if position is None or position > MAX_POSITION:
        wrong["position"] = "no-position"
    return wrong


def _wanted(typed: dict[str, str]) -> dict[str, Any]:
    return {
        "name": typed["name"],
        "texts": {lang: typed[f"text_{lang}"] for lang in i18n.LOCALES},
        "position": numbers.whole(typed["position"] or "0"),
        "team_id": typed["team_id"] or None,
    }


def _form(desk: Desk, macro: Macro | None, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    teams = [
        (one.id, one.name_in(desk.lang))
        for one in desk.staff.teams.values()
        if one.active or one.id == typed.get("team_id")
    ]
    return pages.show(
        desk,
        "settings_macro",
        status=422 if errors else 200,
        area="settings",
        edited=macro,
        version=FORM.version(desk, macro, errors),
        typed=typed,
        errors=errors or {},
        team_choices=teams,
        placeholders=PLACEHOLDERS,
        unfilled={lang: rules.unknown(typed.get(f"text_{lang}", "")) for lang in i18n.LOCALES},
    )
