"""One ticket on the desk: its thread, the customer beside it, a reply or a note, and the ticket's own fields.

Reply and note are two addresses: nothing that a browser sends to the one can become the other.
"""

import re
from functools import partial
from typing import Any

from chalice import Blueprint, Response

from chalicelib.actions import change_ticket, check_recipient, choose_way, send_reply
from chalicelib.actions.identify_customer import survivor
from chalicelib.actions.send_reply import Reply, Sent
from chalicelib.agent import pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.domain import delivery_reason, erasure, suspension
from chalicelib.domain.contact import sendable_email
from chalicelib.domain.customer import Customer, Way
from chalicelib.domain.delivery import Delivery, is_lost
from chalicelib.domain.event import Actor
from chalicelib.domain.message import MAX_TEXT
from chalicelib.domain.ticket import MAX_COPIES, Ticket
from chalicelib.errors import Conflict, Invalid, NotFound, VersionMismatch
from chalicelib.store import customers, files, messages, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted
from chalicelib.store.tickets import Thread
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

blueprint = Blueprint(__name__)
doors = Doors(blueprint, pages.refuse)

OTHERS = 5
DONE = ("reply", "note", "retry", "ticket", "merge", "unmerge", "split")
# What send_reply refuses, in the words of `parts/fields.html`.
REFUSALS = (
    "newer-message",
    "ticket-merged",
    "ticket-erased",
    "recipient-opted-out",
    "recipient-suppressed",
    "no-contact",
    "sms-too-long",
    "cc-invalid",
    "too-many-copies",
)
CC_FAULTS = ("cc-invalid", "too-many-copies")


@doors.get("/agent/tickets/{number}")
@for_agents
def one(desk: Desk) -> Response:
    return page(desk, places.thread(desk.visit))


@doors.post("/agent/tickets/{number}/replies")
@for_agents
def reply(desk: Desk) -> Response:
    visit, thread = desk.visit, places.thread(desk.visit)
    text, typed = visit.text("text"), {"text": visit.text("text"), "cc": visit.line("cc")}
    try:
        _refuse_empty(text)
        wanted = Reply(
            text,
            cc=_addresses(typed["cc"]) if "cc" in visit.form else None,
            only_cc=True,
            status="solved" if visit.line("status") == "solved" else None,
            last_seen_message_id=visit.line("last_seen") or None,
        )
        Once(visit, "reply").do(
            lambda keyed: _told(send_reply.reply(thread.ticket.id, desk.agent, wanted, keyed)), _told
        )
    except (Invalid, Conflict) as error:
        code = (
            _refusal(error.code, thread)
            if error.code in REFUSALS or error.code.startswith(("reply", "text"))
            else "not-sent"
        )
        field = "cc" if code in CC_FAULTS else "text"
        return page(desk, places.thread(desk.visit), error.status, errors={field: code}, typed=typed)
    return answer.redirect(visit, here(thread.ticket) + "?done=reply#write")


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
        return page(desk, thread, error.status, mode="note", errors={"note": error.code}, typed={"note": text})
    return answer.redirect(visit, here(thread.ticket) + "?done=note#write")


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
        return page(desk, places.thread(desk.visit), 409, errors={"ticket": "changed-meanwhile"})
    except Conflict as error:
        return page(desk, places.thread(desk.visit), 409, errors={"ticket": error.code})
    return answer.redirect(desk.visit, here(ticket) + "?done=ticket")


@doors.get("/agent/tickets/{number}/files/{message_id}/{file_id}")
@for_agents
def file(desk: Desk) -> Response:
    return places.file(desk.visit, places.thread(desk.visit).ticket, notes_too=True)


@doors.get("/agent/tickets/{number}/messages/{message_id}/raw")
@for_agents
def raw(desk: Desk) -> Response:
    """The mail that the message came as."""
    ticket = places.thread(desk.visit).ticket
    message = tickets.message_in(ticket, desk.visit.params["message_id"])
    if message is None or message.raw_key is None:
        raise NotFound("There is no such mail.")
    return answer.redirect(
        desk.visit, files.mail_link(message.raw_key, f"{ticket.number}-{message.created_at:%Y-%m-%d-%H%M}")
    )


def page(desk: Desk, newest: Thread, status: int = 200, mode: str = "reply", **context: Any) -> Response:
    """The ticket's page, with what went wrong in `errors` and what was typed in `typed`."""
    ticket, before = newest.ticket, desk.visit.query.get("before")
    shown = tickets.older(ticket, before) if before else newest
    customer = survivor(customers.get(ticket.customer_id)) or erasure.nobody(ticket)
    done = desk.visit.query.get("done", "")
    goes_to = _goes_to(ticket, customer)
    given: dict[str, Any] = {
        "ticket": ticket,
        "messages": messages.all_whole(list(shown.messages)),
        "deliveries": {
            message_id: one for (message_id, purpose), one in shown.deliveries.items() if purpose == "reply"
        },
        "older": f"{here(ticket)}?before={shown.before}" if shown.before else None,
        "here": here(ticket),
        "why": partial(delivery_reason.words, language=desk.lang),
        "held_for": partial(suspension.in_words, locale=desk.lang),
        "files": f"{here(ticket)}/files",
        "last_seen": ticket.last_public_id or "",
        "customer": customer,
        "goes_to": goes_to,
        "lost": _lost(newest),
        "unwanted": _unwanted(goes_to),
        "other_tickets": _others(ticket, customer),
        "assignees": [(one.id, one.name_in(desk.lang)) for one in desk.staff.agents.values() if one.active],
        "team_choices": [
            (one.id, one.name_in(desk.lang))
            for one in desk.staff.teams.values()
            if one.active or one.id == ticket.team_id
        ],
        "mode": mode,
        "done": done if done in DONE else "",
        "picking": desk.visit.query.get("split") == "1" and not ticket.merged_into,
        **_related(ticket, shown),
    }
    return pages.show(desk, "ticket", status=status, **given | context)


def _related(ticket: Ticket, shown: Thread) -> dict[str, Any]:
    """The tickets that this one was merged into, split from, split into and points at; and whence messages came."""
    ids = [id for id in (ticket.split_from, ticket.linked_ticket_id, *ticket.parts.moved_out) if id]
    known = tickets.get_all(ids) if ids else {}
    return {
        "stands_for_it": tickets.survivor(ticket) if ticket.merged_into else None,
        "split_from": known.get(ticket.split_from or ""),
        "linked": known.get(ticket.linked_ticket_id or ""),
        "split_into": [known[id] for id in ticket.parts.moved_out if id in known],
        "origins": {id: one.number for id, one in shown.merged_from.items()},
    }


def _lost(newest: Thread) -> Delivery | None:
    """The sending of the newest answer, if that did not arrive."""
    newest_first = sorted((one.id for one in newest.messages), reverse=True)
    sent = (newest.deliveries.get((id, "reply")) for id in newest_first)
    last = next((one for one in sent if one), None)
    return last if last and is_lost(last) else None


def _unwanted(way: Way | None) -> str | None:
    """Why a reply would be refused, said before it is written."""
    if way is None or way.contact.reachable_on(way.channel):
        return None
    return check_recipient.reason(way.channel, way.contact.value)


def _goes_to(ticket: Ticket, customer: Customer) -> Way | None:
    """Whom a reply would go out to, as `send_reply` will decide it."""
    channel = ticket.reply_channel or ticket.channel
    return choose_way.find(ticket, customer, channel)


def _others(ticket: Ticket, customer: Customer) -> list[Ticket]:
    wanted = Wanted(customer_id=customer.id, customer_ids=customer.all_ids, sort="created")
    found = ticket_lists.page(wanted, OTHERS + 1).tickets
    return [one for one in found if one.id != ticket.id and one.merged_into != ticket.id][:OTHERS]


def _changed(desk: Desk, ticket: Ticket) -> dict[str, str | None]:
    """What the form sets otherwise than it stood: an untouched status must not undo what an assignment does to it."""
    form = desk.visit.form
    wanted = {name: form[name] or None for name in ("status", "assignee_id", "team_id") if name in form}
    return {name: value for name, value in wanted.items() if value != getattr(ticket, name)}


def _refusal(code: str, thread: Thread) -> str:
    """The refusal as the page says it: what was marked as spam did not come back."""
    if code != "recipient-suppressed":
        return code
    customer = survivor(customers.get(thread.ticket.customer_id))
    way = _goes_to(thread.ticket, customer) if customer else None
    return "recipient-complained" if way and way.contact.suppressed_by == "complaint" else code


def _refuse_empty(text: str) -> None:
    if not text:
        raise Invalid("There is no text.", code="reply-missing")
    if len(text) > MAX_TEXT:
        raise Invalid("The text is too long.", code="text-too-long")


def _addresses(typed: str) -> tuple[str, ...]:
    """Addresses as people type them: with commas, semicolons or blanks between, or as `Name <address>`."""
    found = []
    for one in re.split(r"[,;]", typed):
        words = re.findall(r"<([^<>]*)>", one) or one.split()
        found += [_address(word) for word in words]
    if len(found) > MAX_COPIES:
        raise Invalid("These are too many.", code="too-many-copies")
    return tuple(dict.fromkeys(found))


def _address(word: str) -> str:
    try:
        return sendable_email(word)
    except Invalid as error:
        raise Invalid(str(error), code="cc-invalid") from error


def _told(sent: Sent) -> dict[str, Any]:
    return {"message": sent.message.id}


def here(ticket: Ticket) -> str:
    """Where a ticket lies on the desk."""
    return f"/agent/tickets/{ticket.number}"
