"""Merging on the desk: a ticket into another, out of it again, and messages of one into a new one.

Each is a plain form on the ticket's page, which comes again with what was refused.
"""

import re
from typing import Any

from chalice import Response

from chalicelib.actions import merge_tickets, split_ticket
from chalicelib.actions.split_ticket import Split
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.ticket import here, page
from chalicelib.domain.ticket import MAX_DIGITS, MAX_SUBJECT, Ticket
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import tickets
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

doors = Doors(pages.refuse)

PICKED = "pick-"
REFUSALS = (
    "already-merged",
    "merge-cycle",
    "not-merged",
    "ticket-merged",
    "ticket-erased",
    "unknown-ticket",
    "same-ticket",
    "different-customers",
    "too-many-merged",
    "unknown-message",
    "nothing-left",
    "nothing-picked",
)


@doors.post("/agent/tickets/{number}/merge")
@for_agents
def merge(desk: Desk) -> Response:
    ticket, typed = places.thread(desk.visit).ticket, desk.visit.line("into")
    into = _id_of(typed)
    try:
        Once(desk.visit, f"merge#{ticket.id}").do(
            lambda keyed: _told(merge_tickets.merge(ticket.id, into, desk.actor, keyed)), _told
        )
    except (Conflict, Invalid) as error:
        return _refused(desk, "into", error, {"into": typed})
    return answer.redirect(desk.visit, here(tickets.survivor(tickets.get(into) or ticket)) + "?done=merge")


@doors.post("/agent/tickets/{number}/unmerge")
@for_agents
def unmerge(desk: Desk) -> Response:
    ticket = places.thread(desk.visit).ticket
    try:
        Once(desk.visit, f"unmerge#{ticket.id}").do(
            lambda keyed: _told(merge_tickets.unmerge(ticket.id, desk.actor, keyed)), _told
        )
    except Conflict as error:
        return _refused(desk, "ticket", error, {})
    return answer.redirect(desk.visit, here(ticket) + "?done=unmerge")


@doors.post("/agent/tickets/{number}/split")
@for_agents
def split(desk: Desk) -> Response:
    visit, ticket = desk.visit, places.thread(desk.visit).ticket
    picked = tuple(name.removeprefix(PICKED) for name in visit.form if name.startswith(PICKED))
    wanted = Split(picked, visit.line("subject")[:MAX_SUBJECT] or None)
    try:
        _refuse_nothing(picked)
        made = Once(visit, f"split#{ticket.id}").do(
            lambda keyed: _told(split_ticket.split(ticket.id, wanted, desk.actor, keyed)), _told
        )
    except (Conflict, Invalid) as error:
        return _refused(desk, "subject", error, {"subject": visit.line("subject")}, picking=True)
    return answer.redirect(visit, f"/agent/tickets/{made['number']}?done=split")


def _id_of(typed: str) -> str:
    """The id of the one ticket whose number was typed, `#1042` or ١٠٤٢ as well as 1042; else something that is none."""
    numbers = re.findall(r"\d+", typed)
    known = len(numbers) == 1 and len(numbers[0]) <= MAX_DIGITS
    return (tickets.id_of(int(numbers[0])) if known else None) or typed[:40]


def _refuse_nothing(picked: tuple[str, ...]) -> None:
    if not picked:
        raise Invalid("No message was picked.", code="nothing-picked")


def _refused(desk: Desk, field: str, error: Conflict | Invalid, typed: dict[str, str], **context: Any) -> Response:
    code = error.code if error.code in REFUSALS else "not-merged-now"
    return page(desk, places.thread(desk.visit), error.status, errors={field: code}, typed=typed, **context)


def _told(ticket: Ticket) -> dict[str, Any]:
    return {"number": ticket.number}
