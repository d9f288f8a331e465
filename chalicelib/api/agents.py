"""Who answers: agents are made, changed and let go. One who left stays listed, since history names him."""

from typing import Any

from chalicelib import ids
from chalicelib.actions import change_staff
from chalicelib.api import fields, lists, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import staff as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.agent import Agent
from chalicelib.domain.contact import sendable_email
from chalicelib.errors import NotFound
from chalicelib.store import staff


@operation(
    "Make an agent",
    body=schemas.NewAgent,
    gives=schemas.Agent,
    status=201,
    refuses=("email-taken", "email-blocked", "invalid-email", "unknown-team", "limit-reached"),
)
def create(call: Call, body: schemas.NewAgent) -> Answer:
    """He signs in with a link that is mailed to his address; no invitation is sent."""
    return _made(change_staff.create_agent(_settled(fields.given(body), call.locale), call.keyed(_made)))


@operation("List agents", query=schemas.ListQuery, gives=Page[schemas.Agent])
def index(call: Call, query: schemas.ListQuery) -> Answer:
    """In the order they came, those who left too (`active` is false)."""
    return lists.piece(call, [shapes.agent(one) for one in staff.read().agents.values()], query.limit)


@operation("Read an agent", gives=schemas.Agent, refuses=("agent-not-found",))
def show(call: Call) -> Answer:
    """One of them."""
    found = staff.agent(_id(call))
    if found is None:
        raise _not_found(call.id)
    return _shown(found)


@operation(
    "Change an agent",
    body=schemas.AgentChange,
    gives=schemas.Agent,
    refuses=(
        "agent-not-found",
        "version-mismatch",
        "email-taken",
        "email-blocked",
        "invalid-email",
        "last-admin",
        "own-key",
        "unknown-team",
    ),
)
def update(call: Call, body: schemas.AgentChange) -> Answer:
    """Only what is given changes; languages that `names` leaves out stay."""
    wanted = _settled(fields.given(body), call.locale)
    return _shown(change_staff.change_agent(_id(call), wanted, call.actor, call.keyed(_shown), call.version))


@operation("Let an agent go", status=204, refuses=("agent-not-found", "version-mismatch", "last-admin", "own-key"))
def delete(call: Call) -> Answer:
    """He is signed out at once, his keys are revoked, and nobody can assign a ticket to him. His tickets stay his."""
    change_staff.change_agent(_id(call), {"active": False}, call.actor, version=call.version)
    return Answer(status=204)


def _settled(told: dict[str, Any], locale: str) -> dict[str, Any]:
    made = fields.settled(told, locale)
    if "names" in made:
        made["names"] = fields.given(made["names"])
    if "email" in made:
        made["email"] = sendable_email(made["email"])
    return made


def _id(call: Call) -> str:
    if not ids.is_id(call.id, "agt"):
        raise _not_found(call.id)
    return call.id


def _not_found(given: str) -> NotFound:
    return NotFound(f"There is no agent {given[:100]}.", code="agent-not-found")


def _made(agent: Agent) -> Answer:
    return Answer(shapes.agent(agent), 201, agent.version, f"/v1/agents/{agent.id}")


def _shown(agent: Agent) -> Answer:
    return Answer(shapes.agent(agent), version=agent.version)
