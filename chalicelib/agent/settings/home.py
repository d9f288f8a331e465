"""The first page of the settings: what there is, in groups. Who is no admin sees what every agent may see."""

from chalice import Response

from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import pages
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)


@doors.get(pages.HOME)
@for_agents
def index(desk: Desk) -> Response:
    return pages.show(desk, "home")
