"""The inbox by view, and the desk's own switches: theme and language."""

from collections.abc import Iterable

from chalice import Response

from chalicelib import i18n, signing
from chalicelib.agent import pages, search
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.agent import Agent
from chalicelib.store import counters, ticket_lists
from chalicelib.store.ticket_lists import Wanted
from chalicelib.web import answer, cookies
from chalicelib.web import visit as visits
from chalicelib.web.doors import Doors
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)

VIEWS = ("mine", "unassigned", "open", "all")
UNDONE = ("new", "open", "pending", "on_hold")
WAITING_FOR_US = ("new", "open")
UNDONE_GROUPS = ("open", "waiting")
PAGE = 25


@doors.get("/agent")
@for_agents
def root(desk: Desk) -> Response:
    return answer.redirect(desk.visit, "/agent/tickets")


@doors.get("/agent/tickets")
@for_agents
def inbox(desk: Desk) -> Response:
    query = desk.visit.query
    if search.is_asked(query):
        return search.found(desk)
    view = query["view"] if query.get("view") in VIEWS else "mine"
    team = desk.staff.teams.get(query.get("team", ""))
    after = signing.unseal("desk-inbox", query.get("after", ""))
    page = ticket_lists.page(_wanted(view, desk.agent, team.id if team else None), PAGE, after)
    here = f"/agent/tickets?view={view}" + (f"&team={team.id}" if team else "")
    return pages.show(
        desk,
        "inbox",
        view=view,
        views=VIEWS,
        counts=_counts(desk.agent, desk.staff.teams),
        team=team.id if team else None,
        team_name=team.name_in(desk.lang) if team else "",
        people={one.id: one.name_in(desk.lang) for one in desk.staff.agents.values()},
        tickets=page.tickets,
        first_page=here if after else None,
        next_page=f"{here}&after={signing.seal('desk-inbox', page.after)}" if page.after else None,
    )


@doors.post("/agent/theme")
def theme(visit: Visit) -> Response:
    visit.refuse_forged()
    chosen = "dark" if visit.line("theme") == "dark" else "light"
    return answer.redirect(visit, _back(visit), [cookies.write("theme", chosen, cookies.YEAR, readable=True)])


@doors.post("/agent/language")
def language(visit: Visit) -> Response:
    visit.refuse_forged()
    chosen = visit.line("locale") if visit.line("locale") in i18n.LOCALES else "en"
    return answer.redirect(visit, _back(visit), [cookies.write("locale", chosen, cookies.YEAR, readable=True)])


def _wanted(view: str, agent: Agent, team_id: str | None) -> Wanted:
    if team_id:
        return Wanted(statuses=WAITING_FOR_US, team_id=team_id)
    return {
        "mine": Wanted(statuses=UNDONE, assignee_id=agent.id),
        "unassigned": Wanted(statuses=UNDONE, assignee_id=None),
        "open": Wanted(statuses=WAITING_FOR_US),
        "all": Wanted(),
    }[view]


def _counts(agent: Agent, team_ids: Iterable[str]) -> dict[str, int]:
    """How many tickets each view holds, from the counters; `all` has none, since nobody is helped by it."""
    views = {
        "mine": [f"assignee:{agent.id}:{group}" for group in UNDONE_GROUPS],
        "unassigned": [f"assignee:none:{group}" for group in UNDONE_GROUPS],
        "open": [f"team:{team_id}:open" for team_id in ("none", *team_ids)],
    }
    counted = counters.read_these([name for names in views.values() for name in names])
    return {view: sum(counted.get(name, 0) for name in names) for view, names in views.items()}


def _back(visit: Visit) -> str:
    return visits.local_path(visit.form.get("next", "")) or "/agent/tickets"
