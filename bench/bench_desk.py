"""The desk with many tickets: what a page of the inbox and one ticket read, and how long they take here.

python -m bench.bench_desk [tickets, 10000 when not given]
"""

import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from infra.local.world import World, enter

ADDRESS = "http://127.0.0.1:8000"
SHOWN = 25


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        world = World(Path(place))
        world.start()
        try:
            enter(world, world.engine.endpoint, ADDRESS, "a secret of the benchmark")
            measure(count)
        finally:
            world.engine.stop()


def measure(count: int) -> None:
    """Fill the world that stands with that many tickets, and look at it as an agent."""
    from bench.counted import report

    start = time.perf_counter()
    agent_id, team_id = _fill(count)
    report("desk.fill", time.perf_counter() - start, "s", tickets=count)
    ticket = _lists(count, agent_id, team_id)
    _pages(count, agent_id, ticket)


def _fill(count: int) -> tuple[str, str]:
    """A shop with that many tickets; gives the agent and the team to look as."""
    from infra.local.seed import many
    from infra.local.seed.bulk import Bulk
    from infra.local.seed.load import load_people

    change = Bulk()
    cast = load_people(change)
    change.commit()
    many.load(count, cast)
    return next(iter(cast.agents.values())).id, next(iter(cast.teams.values())).id


def _lists(count: int, agent_id: str, team_id: str) -> int:
    """Measure each view; returns the number of a ticket on the first page."""
    from bench.counted import timed
    from chalicelib.store import ticket_lists, tickets
    from chalicelib.store.ticket_lists import Wanted

    to_do = ("new", "open")
    views = {
        "one team and group": Wanted(statuses=to_do, team_id=team_id),
        "mine": Wanted(statuses=to_do, assignee_id=agent_id),
        "unassigned": Wanted(statuses=to_do, assignee_id=None),
        "open": Wanted(statuses=to_do),
        "all": Wanted(),
        "by birth": Wanted(sort="created"),
    }
    for name, wanted in views.items():
        timed(f"desk.list.{name}", partial(ticket_lists.page, wanted, SHOWN), shown=SHOWN, tickets=count)
    first = ticket_lists.page(views["open"], 1).tickets[0]
    timed("desk.thread", lambda: tickets.thread(first.id), tickets=count)
    return first.number


def _pages(count: int, agent_id: str, number: int) -> None:
    """The same as whole pages, through the gateway."""
    from bench.counted import timed
    from bench.desk_visit import visitor
    from chalicelib.store import staff

    agent = staff.agent(agent_id)
    assert agent
    get = visitor(agent, ADDRESS)
    paths = {f"inbox, {view}": f"/agent/tickets?view={view}" for view in ("mine", "unassigned", "open", "all")}
    for name, path in (paths | {"ticket": f"/agent/tickets/{number}"}).items():
        timed(f"desk.page.{name}", partial(get, path), shown=SHOWN, tickets=count)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
