"""Custom fields of tickets, customers and organizations: what they are called, what may be chosen, in which order."""

import re
from typing import Any

from chalice import Response

from chalicelib import i18n
from chalicelib.actions import change_field
from chalicelib.agent import moving
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm, make_once
from chalicelib.agent.settings import pages
from chalicelib.domain import ordering
from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.store import field_definitions
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/fields"
NEW = "/agent/settings/new-field"
APPLY_TO = ("ticket", "customer", "organization")
TYPES = ("text", "number", "boolean", "date", "select", "multi_select")
MAX_NAME = 200
MAX_KEY = 100
# What programs write without quotes. The API is freer: integrators may have named theirs already.
_KEY = re.compile(r"[a-z][a-z0-9_]*")
FORM = RecordForm(
    "name_en",
    "field-changed-meanwhile",
    beside={"limit-reached": "key", "field-taken": "key", "unknown-topic": "topics", "invalid-options": "options"},
)


@doors.get(HERE)
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    known = field_definitions.read()
    return pages.show(
        desk, "fields", listed={kind: [one for one in known if one.applies_to == kind] for kind in APPLY_TO}
    )


@doors.post(HERE)
@for_agents
@pages.for_admins
def move(desk: Desk) -> Response:
    """One of them, among those of the same kind of thing."""
    known = field_definitions.read()
    for kind in APPLY_TO:
        wish = moving.wished(desk.visit, [one.id for one in known if one.applies_to == kind])
        if wish:
            change_field.move(wish.id, wish.after)
            return answer.redirect(desk.visit, f"{HERE}#{wish.id}")
    return answer.redirect(desk.visit, HERE)


@doors.get(NEW)
@for_agents
@pages.for_admins
def new(desk: Desk) -> Response:
    return _form(desk, None, {"applies_to": "ticket", "type": "text"})


@doors.post(NEW)
@for_agents
@pages.for_admins
def create(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong(typed, is_new=True) or FORM.refusal(lambda: _create(desk, typed))
    return _form(desk, None, typed, wrong) if wrong else pages.done(desk, HERE, "field-made")


@doors.get(HERE + "/{id}")
@for_agents
@pages.for_admins
def one(desk: Desk) -> Response:
    definition = change_field.named(desk.visit.params["id"])
    return _form(desk, definition, _as_typed(definition))


@doors.post(HERE + "/{id}")
@for_agents
@pages.for_admins
def change(desk: Desk) -> Response:
    definition, typed = change_field.named(desk.visit.params["id"]), _typed(desk)
    wrong = _wrong(typed, is_new=False) or FORM.refusal(
        lambda: change_field.change(definition.id, _wanted(typed, definition.type), version=desk.version)
    )
    return _form(desk, definition, typed, wrong) if wrong else pages.done(desk, HERE)


@doors.post(HERE + "/{id}/delete")
@for_agents
@pages.for_admins
def delete(desk: Desk) -> Response:
    definition = change_field.named(desk.visit.params["id"])
    if desk.visit.line("sure") != "yes":
        return _form(desk, definition, _as_typed(definition), {"sure": "not-sure"})
    change_field.delete(definition.id)
    return pages.done(desk, HERE, "field-deleted")


def _create(desk: Desk, typed: dict[str, str]) -> None:
    fixed = {name: typed[name] for name in ("applies_to", "type", "key")}
    others = [one.position for one in field_definitions.read() if one.applies_to == typed["applies_to"]]
    wanted = {**fixed, **_wanted(typed, typed["type"]), "position": ordering.last(others)}
    make_once(desk, "field", lambda keyed: change_field.create(wanted, keyed))


def _typed(desk: Desk) -> dict[str, str]:
    names = {f"name_{lang}": MAX_NAME for lang in i18n.LOCALES}
    lines = pages.lines(
        desk,
        {"key": MAX_KEY, **names, "applies_to": 20, "type": 20, "required": 3, "shown_to_customers": 3},
    )
    return {**lines, **{name: desk.visit.text(name)[:20_000] for name in ("options", "topics")}}


def _as_typed(definition: FieldDefinition) -> dict[str, str]:
    names = {f"name_{lang}": definition.names.get(lang, "") for lang in i18n.LOCALES}
    about = {name: getattr(definition, name) for name in ("key", "applies_to", "type")}
    return {
        **about,
        **names,
        "options": "\n".join(_written(option) for option in definition.options),
        "required": "yes" if definition.required else "",
        "shown_to_customers": "yes" if definition.shown_to_customers else "",
        "topics": "\n".join(definition.topics),
    }


def _wrong(typed: dict[str, str], is_new: bool) -> dict[str, str]:
    wrong = {name: "name-too-long" for name in typed if name.startswith("name_") and len(typed[name]) > MAX_NAME}
    if not any(typed[f"name_{lang}"] for lang in i18n.LOCALES):
        wrong["name_en"] = "field-nameless"
    if is_new and not 0 < len(typed["key"]) <= MAX_KEY:
        wrong["key"] = "field-keyless"
    elif is_new and not _KEY.fullmatch(typed["key"]):
        wrong["key"] = "field-misnamed"
    if is_new and (typed["type"] not in TYPES or typed["applies_to"] not in APPLY_TO):
        wrong["type"] = "field-typeless"
    return wrong


def _wanted(typed: dict[str, str], type: str) -> dict[str, Any]:
    chosen = type in ("select", "multi_select")
    return {
        "names": {lang: typed[f"name_{lang}"] for lang in i18n.LOCALES if typed[f"name_{lang}"]},
        "options": _options(typed["options"]) if chosen else (),
        "required": bool(typed["required"]),
        "shown_to_customers": bool(typed["shown_to_customers"]),
        "topics": tuple(dict.fromkeys(line.strip() for line in typed["topics"].splitlines() if line.strip())),
    }


def _options(typed: str) -> tuple[Option, ...]:
    """One a line: `olive | Olive | زيتون`, its value and what it is called in English and in Arabic."""
    parted = [[part.strip() for part in line.split("|")] for line in typed.splitlines() if line.strip()]
    named = [(parts[0], dict(zip(i18n.LOCALES, parts[1:], strict=False))) for parts in parted]
    return tuple(Option(value, {lang: name for lang, name in names.items() if name}) for value, names in named)


def _written(option: Option) -> str:
    return " | ".join([option.value, *(option.names.get(lang, "") for lang in i18n.LOCALES)]).rstrip(" |")


def _form(
    desk: Desk, definition: FieldDefinition | None, typed: dict[str, str], errors: dict[str, str] | None = None
) -> Response:
    return pages.show(
        desk,
        "field",
        errors=errors,
        edited=definition,
        typed=typed,
        version=FORM.version(desk, definition, errors),
        types=TYPES,
        apply_to=APPLY_TO,
    )
