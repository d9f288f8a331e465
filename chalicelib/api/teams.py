"""Groups of agents, each with a queue of its own. One that was dissolved stays listed, and its tickets stay found."""

from typing import Any

from chalicelib import ids
from chalicelib.actions import change_staff
from chalicelib.api import fields, lists, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import staff as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.agent import Team
from chalicelib.domain.contact import sendable_email
from chalicelib.errors import NotFound
from chalicelib.store import staff


@operation(
    "Make a team",
    body=schemas.NewTeam,
    gives=schemas.Team,
    status=201,
    refuses=("no-translation", "limit-reached", "email-taken", "email-blocked", "invalid-email"),
)
def create(call: Call, body: schemas.NewTeam) -> Answer:
    """Agents are put into it by their own `team_ids`."""
    fields.refuse_nameless(body.names, call.locale)

    def made(team: Team) -> Answer:
        return Answer(shapes.team(team, call.locale), 201, team.version, f"/v1/teams/{team.id}")

    return made(change_staff.create_team(_settled(body), call.keyed(made)))


@operation("List teams", query=schemas.ListQuery, gives=Page[schemas.Team])
def index(call: Call, query: schemas.ListQuery) -> Answer:
    """In the order they came, those that were dissolved too (`active` is false)."""
    shown = [shapes.team(one, call.locale) for one in staff.read().teams.values()]
    return lists.piece(call, shown, query.limit)


@operation("Read a team", gives=schemas.Team, refuses=("team-not-found",))
def show(call: Call) -> Answer:
    """One of them; `name` is in the language of Accept-Language."""
    found = staff.read().teams.get(call.id)
    if found is None:
        raise _not_found(call.id)
    return Answer(shapes.team(found, call.locale), version=found.version)


@operation(
    "Change a team",
    body=schemas.TeamChange,
    gives=schemas.Team,
    refuses=("team-not-found", "version-mismatch", "email-taken", "email-blocked", "invalid-email"),
)
def update(call: Call, body: schemas.TeamChange) -> Answer:
    """Only what is given changes; languages that `names` and `signatures` leave out stay."""

    def shown(team: Team) -> Answer:
        return Answer(shapes.team(team, call.locale), version=team.version)

    return shown(change_staff.change_team(_id(call), _settled(body), call.keyed(shown), call.version))


@operation("Dissolve a team", status=204, refuses=("team-not-found", "version-mismatch"))
def delete(call: Call) -> Answer:
    """No ticket can be given to it any more; those that it has stay its own, and every list finds them."""
    change_staff.change_team(_id(call), {"active": False}, version=call.version)
    return Answer(status=204)


def _settled(told: schemas.NewTeam | schemas.TeamChange) -> dict[str, Any]:
    made = fields.given(told)
    for name in ("names", "signatures"):
        if name in made:
            made[name] = fields.given(made[name])
    if made.get("email") is not None:
        made["email"] = sendable_email(made["email"])
    return made


def _id(call: Call) -> str:
    if not ids.is_id(call.id, "tea"):
        raise _not_found(call.id)
    return call.id


def _not_found(given: str) -> NotFound:
    return NotFound(f"There is no team {given[:100]}.", code="team-not-found")
