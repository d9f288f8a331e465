"""Who answers."""

from chalicelib import ids
from chalicelib.api import lists, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas.staff import Agent, ListQuery
from chalicelib.api.schemas.values import Page
from chalicelib.errors import NotFound
from chalicelib.store import staff


@operation("List agents", query=ListQuery, gives=Page[Agent])
def index(call: Call, query: ListQuery) -> Answer:
    """In the order they came, those who left too (`active` is false)."""
    return lists.piece(call, [shapes.agent(one) for one in staff.read().agents.values()], query.limit)


@operation("Read an agent", gives=Agent, refuses=("agent-not-found",))
def show(call: Call) -> Answer:
    """One of them."""
    found = staff.agent(call.id) if ids.is_id(call.id, "agt") else None
    if found is None:
        raise NotFound(f"There is no agent {call.id[:100]}.", code="agent-not-found")
    return Answer(shapes.agent(found))
