"""Groups of agents, each with a queue of its own."""

from chalicelib.api import lists, shapes
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas.staff import ListQuery, Team
from chalicelib.api.schemas.values import Page
from chalicelib.errors import NotFound
from chalicelib.store import staff


@operation("List teams", query=ListQuery, gives=Page[Team])
def index(call: Call, query: ListQuery) -> Answer:
    """In the order they came."""
    shown = [shapes.team(one, call.locale) for one in staff.read().teams.values()]
    return lists.piece(call, shown, query.limit)


@operation("Read a team", gives=Team, refuses=("team-not-found",))
def show(call: Call) -> Answer:
    """One of them; `name` is in the language of Accept-Language."""
    found = staff.read().teams.get(call.id)
    if found is None:
        raise NotFound(f"There is no team {call.id[:100]}.", code="team-not-found")
    return Answer(shapes.team(found, call.locale))
