"""The desk's settings, teams: their names, doors and signatures. Admins change them, whoever works here sees them.

Forms are plain: what was refused comes again with the reason beside the field and all that was typed.
"""

from collections.abc import Callable
from typing import Any

from chalice import Response

from chalicelib import i18n, ids, settings
from chalicelib.actions import change_staff
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.record_form import RecordForm, make_once
from chalicelib.domain.agent import MAX_SIGNATURE, Team
from chalicelib.domain.contact import sendable_email
from chalicelib.errors import Forbidden, Invalid, NotFound
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

View = Callable[[Desk], Response]

HERE = "/agent/settings/teams"
NEW = "/agent/settings/new-team"
MAX_NAME = 200
DONE = ("made", "saved", "dissolved", "taken-back")
FORM = RecordForm(
    "name_en",
    "team-changed-meanwhile",
    beside={"email-taken": "email", "email-blocked": "email"},
    reasons={"limit-reached": "too-many-teams"},
)


def for_admins_at(place: str) -> Callable[[View], View]:
    """Only an admin gets to a view; other agents are led to the list at `place`, and what they send is refused."""

    def guard(view: View) -> View:
        def guarded(desk: Desk) -> Response:
            if desk.agent.is_admin:
                return view(desk)
            if desk.visit.method == "POST":
                raise Forbidden("Only admins change settings.")
            return answer.redirect(desk.visit, place)

        guarded.__name__, guarded.__doc__ = view.__name__, view.__doc__
        return guarded

    return guard


for_admins = for_admins_at(HERE)


@doors.get(HERE)
@for_agents
def index(desk: Desk) -> Response:
    done = desk.visit.query.get("done", "")
    return pages.show(
        desk,
        "settings_teams",
        area="settings",
        listed=sorted(desk.staff.teams.values(), key=lambda team: not team.active),
        members=_members(desk),
        shops_door=settings.support_email(),
        done=done if done in DONE else "",
    )


@doors.get(NEW)
@for_agents
@for_admins
def new(desk: Desk) -> Response:
    return _form(desk, None, {})


@doors.post(NEW)
@for_agents
@for_admins
def create(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: make_once(desk, "team", lambda keyed: change_staff.create_team(_wanted(typed), keyed))
    )
    return _form(desk, None, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=made")


@doors.get(HERE + "/{id}")
@for_agents
@for_admins
def one(desk: Desk) -> Response:
    team = _named(desk)
    return _form(desk, team, _as_typed(team))


@doors.post(HERE + "/{id}")
@for_agents
@for_admins
def change(desk: Desk) -> Response:
    team, typed = _named(desk), _typed(desk)
    wrong = _wrong(typed) or FORM.refusal(
        lambda: change_staff.change_team(team.id, _wanted(typed), version=desk.version)
    )
    return _form(desk, team, typed, wrong) if wrong else answer.redirect(desk.visit, f"{HERE}?done=saved")


@doors.post(HERE + "/{id}/active")
@for_agents
@for_admins
def set_active(desk: Desk) -> Response:
    """Dissolve the team, or take it back."""
    active = desk.visit.line("active") == "yes"
    change_staff.change_team(_named(desk).id, {"active": active})
    return answer.redirect(desk.visit, f"{HERE}?done={'taken-back' if active else 'dissolved'}")


def _named(desk: Desk) -> Team:
    wanted = desk.visit.params["id"]
    team = desk.staff.teams.get(wanted) if ids.is_id(wanted, "tea") else None
    if team is None:
        raise NotFound("There is no such team.")
    return team


def _members(desk: Desk) -> dict[str, list[str]]:
    """Who answers for each team, by name."""
    active = [agent for agent in desk.staff.agents.values() if agent.active]
    return {id: [one.name_in(desk.lang) for one in active if id in one.team_ids] for id in desk.staff.teams}


def _typed(desk: Desk) -> dict[str, str]:
    """What the form holds, cut to little more than what may be kept of it, so that a refusal can show it again."""
    visit = desk.visit
    names = {f"name_{lang}": visit.line(f"name_{lang}")[: MAX_NAME + 1] for lang in i18n.LOCALES}
    signatures = {f"signature_{lang}": visit.text(f"signature_{lang}")[: MAX_SIGNATURE * 2] for lang in i18n.LOCALES}
    return {**names, **signatures, "email": visit.line("email")[:320]}


def _as_typed(team: Team) -> dict[str, str]:
    names = {f"name_{lang}": team.names.get(lang, "") for lang in i18n.LOCALES}
    signatures = {f"signature_{lang}": team.signatures.get(lang, "") for lang in i18n.LOCALES}
    return {**names, **signatures, "email": team.email or ""}


def _wrong(typed: dict[str, str]) -> dict[str, str]:
    """What is wrong with the form, by field."""
    wrong = {f"name_{lang}": "name-too-long" for lang in i18n.LOCALES if len(typed[f"name_{lang}"]) > MAX_NAME}
    if not any(typed[f"name_{lang}"] for lang in i18n.LOCALES):
        wrong["name_en"] = "team-nameless"
    long = [lang for lang in i18n.LOCALES if len(typed[f"signature_{lang}"]) > MAX_SIGNATURE]
    wrong |= {f"signature_{lang}": "signature-too-long" for lang in long}
    try:
        sendable_email(typed["email"] or "none@example.org")
    except Invalid:
        wrong["email"] = "email-invalid"
    return wrong


def _wanted(typed: dict[str, str]) -> dict[str, Any]:
    """A language without a name keeps the one it has: a team is never nameless in a language it was named in."""
    return {
        "names": {lang: name for lang in i18n.LOCALES if (name := typed[f"name_{lang}"])},
        "signatures": {lang: typed[f"signature_{lang}"] for lang in i18n.LOCALES},
        "email": sendable_email(typed["email"]) if typed["email"] else None,
    }


def _form(desk: Desk, team: Team | None, typed: dict[str, str], errors: dict[str, str] | None = None) -> Response:
    return pages.show(
        desk,
        "settings_team",
        status=422 if errors else 200,
        area="settings",
        edited=team,
        version=FORM.version(desk, team, errors),
        typed=typed,
        errors=errors or {},
        shops_door=settings.support_email(),
        mail_domain=settings.mail_domain(),
    )
