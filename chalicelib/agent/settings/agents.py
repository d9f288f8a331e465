"""Agents: who answers here, in which teams, with which role. One who left stays listed, since history names him."""

from typing import Any

from chalice import Response

from chalicelib import i18n, ids, settings
from chalicelib.actions import change_staff
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm, make_once
from chalicelib.agent.settings import pages
from chalicelib.domain.agent import NOTIFICATIONS, ROLES, Agent
from chalicelib.domain.contact import sendable_email
from chalicelib.errors import Invalid, NotFound
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/agents"
NEW = "/agent/settings/new-agent"
MAX_NAME = 200
FORM = RecordForm(
    "name",
    "agent-changed-meanwhile",
    beside={"last-admin": "role", "email-taken": "email", "email-blocked": "email"},
)


@doors.get(HERE)
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    listed = sorted(desk.staff.agents.values(), key=lambda agent: not agent.active)
    return pages.show(desk, "agents", listed=listed, team_of=desk.staff.teams, sign_in=_sign_in_page())


@doors.get(NEW)
@for_agents
@pages.for_admins
def new(desk: Desk) -> Response:
    return _form(desk, None, {"role": "agent", "locale": desk.lang, "notifications": "assigned"})


@doors.post(NEW)
@for_agents
@pages.for_admins
def create(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: make_once(desk, "agent", lambda keyed: change_staff.create_agent(_wanted(typed), keyed))
    )
    return _form(desk, None, typed, wrong) if wrong else pages.done(desk, HERE, "agent-made")


@doors.get(HERE + "/{id}")
@for_agents
@pages.for_admins
def one(desk: Desk) -> Response:
    agent = _named(desk)
    return _form(desk, agent, _as_typed(agent))


@doors.post(HERE + "/{id}")
@for_agents
@pages.for_admins
def change(desk: Desk) -> Response:
    agent, typed = _named(desk), _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: change_staff.change_agent(agent.id, _wanted(typed), desk.actor, version=desk.version)
    )
    return _form(desk, agent, typed, wrong) if wrong else pages.done(desk, HERE)


@doors.post(HERE + "/{id}/active")
@for_agents
@pages.for_admins
def set_active(desk: Desk) -> Response:
    """Let him go (only where that was said once more), or take him back."""
    agent, active = _named(desk), desk.visit.line("active") == "yes"
    if not active and desk.visit.line("sure") != "yes":
        return _form(desk, agent, _as_typed(agent), {"sure": "not-sure"})
    wrong = FORM.refusal(lambda: change_staff.change_agent(agent.id, {"active": active}, desk.actor))
    if wrong:
        return _form(desk, agent, _as_typed(agent), {"sure": next(iter(wrong.values()))})
    return pages.done(desk, HERE, "agent-back" if active else "agent-gone")


def _named(desk: Desk) -> Agent:
    wanted = desk.visit.params["id"]
    agent = desk.staff.agents.get(wanted) if ids.is_id(wanted, "agt") else None
    if agent is None:
        raise NotFound("There is no such agent.")
    return agent


def _sign_in_page() -> str:
    return f"{settings.public_url()}/agent/sign-in"


def _typed(desk: Desk) -> dict[str, str]:
    names = {"name": MAX_NAME, **{f"name_{lang}": MAX_NAME for lang in i18n.LOCALES}}
    teams = {f"team_{id}": 3 for id in desk.staff.teams}
    return pages.lines(desk, {**names, "email": 320, "role": 10, "locale": 10, "notifications": 10, **teams})


def _as_typed(agent: Agent) -> dict[str, str]:
    names = {f"name_{lang}": agent.names.get(lang, "") for lang in i18n.LOCALES}
    teams = {f"team_{id}": "yes" for id in agent.team_ids}
    about = {name: getattr(agent, name) for name in ("name", "email", "role", "locale", "notifications")}
    return {**about, **names, **teams}


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    wrong = {name: "name-too-long" for name in typed if name.startswith("name") and len(typed[name]) > MAX_NAME}
    if not typed["name"]:
        wrong["name"] = "agent-nameless"
    try:
        sendable_email(typed["email"])
    except Invalid:
        wrong["email"] = "email-invalid" if typed["email"] else "agent-no-email"
    return wrong


def _wanted(typed: dict[str, str]) -> dict[str, Any]:
    """What no option stands for is what an agent has at first."""
    options = {"role": ROLES[::-1], "locale": i18n.LOCALES, "notifications": NOTIFICATIONS}
    chosen = {name: typed[name] if typed[name] in known else known[0] for name, known in options.items()}
    return {
        **chosen,
        "name": typed["name"],
        "names": {lang: name for lang in i18n.LOCALES if (name := typed[f"name_{lang}"])},
        "email": sendable_email(typed["email"]),
        "team_ids": tuple(name.removeprefix("team_") for name in typed if name.startswith("team_") and typed[name]),
    }


def _form(desk: Desk, agent: Agent | None, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return pages.show(
        desk,
        "agent",
        errors=errors,
        edited=agent,
        typed=typed,
        version=FORM.version(desk, agent, errors),
        roles=ROLES,
        team_choices=[one for one in desk.staff.teams.values() if one.active or typed.get(f"team_{one.id}")],
    )
