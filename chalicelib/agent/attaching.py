"""Files for what agents write (`web/uploading`): their owner is the agent who announced them.

An answer goes out at once, so a file must be there before: without a script it goes up first, and its id comes back in
the address of the ticket's page (`files`), whose forms then carry it.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from chalice import Response

from chalicelib.actions import announce_file
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain import taken_files
from chalicelib.domain.message import Attachment
from chalicelib.domain.ticket import Ticket
from chalicelib.store import allowances
from chalicelib.store.allowances import Allowance
from chalicelib.web import answer, uploading
from chalicelib.web.doors import Doors

doors = Doors(pages.refuse)

HERE = "/agent/uploads"
REFUSALS = ("files-lost", "too-many-files", "files-too-large")
BY_AGENT = Allowance("desk-upload", 600, timedelta(hours=1))


@doors.post(HERE)
@for_agents
def announce(desk: Desk) -> Response:
    """For the script: what is uploaded next, and the form that uploads exactly that."""
    return uploading.announced(desk.visit, _owner(desk), desk.lang, lambda: allowances.take(BY_AGENT, desk.agent.id))


@doors.get(f"{HERE}/arrived")
@for_agents
def arrived(desk: Desk) -> Response:
    """S3 leads here after a form without a script: back to the ticket, with one more file to send."""
    came = uploading.arrived(desk.visit, _owner(desk))
    if came.file is None:
        told = {"error": uploading.words(came.wrong, desk.lang)}
        return answer.redirect(desk.visit, f"{came.back}#write", [answer.flash("arrived", told)])
    announce_file.take_up(came.file, _owner(desk))
    told = {"name": came.file.name}
    return answer.redirect(desk.visit, f"{came.back}+{came.file.id}#write", [answer.flash("arrived", told)])


def given(desk: Desk, ticket: Ticket, typed: Mapping[str, str]) -> dict[str, Any]:
    """What the templates of a form with files are given, and what was `typed`, with the files that went up first."""
    visit = desk.visit
    attached = uploading.listed(_owner(desk), typed.get("files") or visit.query.get("files", ""))
    ids = [one.id for one in attached]
    back = f"/agent/tickets/{ticket.number}?files={'+'.join(ids)}"
    takes_more = len(ids) < taken_files.MAX_FILES
    return {
        "typed": {**typed, "files": " ".join(ids)},
        "takes": uploading.LIMITS,
        "attached": attached,
        "upload": uploading.plain_form(_owner(desk), ticket, f"{HERE}/arrived", back) if takes_more else None,
        "arrived": answer.flashed(visit, "arrived") if "files" in visit.query else None,
    }


def named(desk: Desk) -> tuple[Attachment, ...]:
    """As `uploading.named`, the files of the form that was sent."""
    return uploading.named(_owner(desk), desk.visit.line("files"))


def _owner(desk: Desk) -> str:
    return f"agent:{desk.agent.id}"
