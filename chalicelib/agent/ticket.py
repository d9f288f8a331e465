"""One ticket on the desk: its thread, the customer beside it, a reply or a note, and the ticket's own fields.

Reply and note are two addresses: nothing that a browser sends to the one can become the other.
"""

from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions import change_ticket, send_reply
from chalicelib.actions.identify_customer import survivor
from chalicelib.actions.send_reply import Reply, Sent
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain.customer import Contact, Customer, contact_for
from chalicelib.domain.event import Actor
from chalicelib.domain.message import MAX_TEXT
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Conflict, Invalid, NotFound, VersionMismatch
from chalicelib.store import customers, messages, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted
from chalicelib.store.tickets import Thread
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

OTHERS = 5
DONE = ("reply", "note", "ticket")
# What send_reply refuses, in the words of `parts/fields.html`.
REFUSALS = ("newer-message", "recipient-opted-out", "recipient-suppressed", "no-contact", "sms-too-long")


@doors.get("/agent/tickets/{number}")
@for_agents
def one(desk: Desk) -> Response:
    return _page(desk, places.thread(desk.visit))


@doors.post("/agent/tickets/{number}/replies")
@for_agents
def reply(desk: Desk) -> Response:
    visit, thread = desk.visit, places.thread(desk.visit)
    text = visit.text("text")
    wanted = Reply(
        text,
        status="solved" if visit.line("status") == "solved" else None,
        last_seen_message_id=visit.line("last_seen") or None,
    )
    try:
        _refuse_empty(text)
        Once(visit, "reply").do(
            lambda keyed: _told(send_reply.reply(thread.ticket.id, desk.agent, wanted, keyed)), _told
        )
    except (Invalid, Conflict) as error:
        code = error.code if error.code in REFUSALS or error.code.startswith(("reply", "text")) else "not-sent"
        return _page(desk, places.thread(desk.visit), error.status, errors={"text": code}, typed={"text": text})
    return answer.redirect(visit, _here(thread.ticket) + "?done=reply#write")


@doors.post("/agent/tickets/{number}/notes")
@for_agents
def note(desk: Desk) -> Response:
    visit, thread = desk.visit, places.thread(desk.visit)
    text = visit.text("text")
    wanted = Reply(text, visibility="internal")
    try:
        _refuse_empty(text)
        Once(visit, "note").do(
            lambda keyed: _told(send_reply.reply(thread.ticket.id, desk.agent, wanted, keyed)), _told
        )
    except Invalid as error:
        return _page(desk, thread, error.status, mode="note", errors={"note": error.code}, typed={"note": text})
    return answer.redirect(visit, _here(thread.ticket) + "?done=note#write")


@doors.post("/agent/tickets/{number}")
@for_agents
def change(desk: Desk) -> Response:
    ticket = places.thread(desk.visit).ticket
    version = desk.visit.line("version")
    try:
        change_ticket.change_ticket(
            ticket.id,
            _changed(desk, ticket),
            Actor("agent", desk.agent.id),
            version=int(version) if version.isascii() and version.isdigit() else None,
        )
    except VersionMismatch:
        return _page(desk, places.thread(desk.visit), 409, errors={"ticket": "changed-meanwhile"})
    return answer.redirect(desk.visit, _here(ticket) + "?done=ticket")


@doors.get("/agent/tickets/{number}/files/{message_id}/{file_id}")
@for_agents
def file(desk: Desk) -> Response:
    return places.file(desk.visit, places.thread(desk.visit).ticket, notes_too=True)


def _page(desk: Desk, newest: Thread, status: int = 200, mode: str = "reply", **context: Any) -> Response:
    ticket, before = newest.ticket, desk.visit.query.get("before")
    shown = tickets.older(ticket, before) if before else newest
    customer = survivor(customers.get(ticket.customer_id))
    if customer is None:
        raise NotFound("The customer of this ticket is gone.")
    done = desk.visit.query.get("done", "")
    given: dict[str, Any] = {
        "ticket": ticket,
        "messages": messages.all_whole(list(shown.messages)),
        "deliveries": {
            message_id: one for (message_id, purpose), one in shown.deliveries.items() if purpose == "reply"
        },
        "older": f"{_here(ticket)}?before={shown.before}" if shown.before else None,
        "files": f"{_here(ticket)}/files",
        "last_seen": ticket.last_public_id or "",
        "customer": customer,
        "goes_to": _goes_to(ticket, customer),
        "other_tickets": _others(ticket, customer),
        "assignees": [(one.id, one.name_in(desk.lang)) for one in desk.staff.agents.values() if one.active],
        "team_choices": [
            (one.id, one.name_in(desk.lang))
            for one in desk.staff.teams.values()
            if one.active or one.id == ticket.team_id
        ],
        "mode": mode,
        "done": done if done in DONE else "",
    }
    return pages.show(desk, "ticket", status=status, **given | context)


def _goes_to(ticket: Ticket, customer: Customer) -> Contact | None:
    """Whom a reply would go out to, as `send_reply` will decide it."""
    channel = ticket.reply_channel or ticket.channel
    return contact_for(customer, channel, ticket.reply_contact)


def _others(ticket: Ticket, customer: Customer) -> list[Ticket]:
    found = ticket_lists.page(Wanted(customer_id=customer.id, sort="created"), OTHERS + 1).tickets
    return [one for one in found if one.id != ticket.id][:OTHERS]


def _changed(desk: Desk, ticket: Ticket) -> dict[str, str | None]:
    """What the form sets otherwise than it stood: an untouched status must not undo what an assignment does to it."""
    form = desk.visit.form
    wanted = {name: form[name] or None for name in ("status", "assignee_id", "team_id") if name in form}
    return {name: value for name, value in wanted.items() if value != getattr(ticket, name)}


def _refuse_empty(text: str) -> None:
    if not text:
        raise Invalid("There is no text.", code="reply-missing")
    if len(text) > MAX_TEXT:
        raise Invalid("The text is too long.", code="text-too-long")


def _told(sent: Sent) -> dict[str, Any]:
    return {"message": sent.message.id}


def _here(ticket: Ticket) -> str:
    return f"/agent/tickets/{ticket.number}"
