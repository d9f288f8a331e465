"""Everything that is kept here, to take away: an export is packed by a job and fetched from this page."""

from typing import Any

from chalice import Response

from chalicelib.actions import start_job
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import pages
from chalicelib.domain.job import Job
from chalicelib.store import created_lists, files, jobs
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

doors = Doors(desks.refuse)

HERE = "/agent/settings/data"
# Jobs of all kinds are looked through; those of the last 30 days are kept.
LOOKED_AT = 100
MOST_ARCHIVES = 100


@doors.get(HERE)
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    return pages.show(desk, "data", exports=[(job, _archives(job)) for job in _exports()], people=desk.staff.agents)


@doors.post(HERE + "/export")
@for_agents
@pages.for_admins
def export(desk: Desk) -> Response:
    Once(desk.visit, "export").do(lambda keyed: _told(start_job.start("export", {}, desk.agent.id, keyed)), _told)
    return pages.done(desk, HERE, "export-begun")


def _exports() -> list[Job]:
    listed = created_lists.page("JOB", LOOKED_AT, None).ids
    stored = jobs.get_all(listed)
    return [stored[id] for id in listed if id in stored and stored[id].type == "export"]


def _archives(job: Job) -> list[dict[str, Any]]:
    """Those that are packed, with a link that works for an hour."""
    told = [one.value for one in jobs.results_after(job.id, -1, MOST_ARCHIVES) if "key" in one.value]
    return [{**one, "url": files.link(one["key"], one["name"], "application/zip")} for one in told]


def _told(job: Job) -> dict[str, Any]:
    return {"id": job.id}
