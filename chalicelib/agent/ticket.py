"""One ticket on the desk: its thread, the customer beside it, where to write, and the ticket's own fields."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from chalice import Response

from chalicelib.actions import change_ticket
from chalicelib.actions.identify_customer import survivor
from chalicelib.agent import attaching, composer, own_fields, pages
from chalicelib.agent.customer_page import last_purchase
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.channels import call_words
from chalicelib.domain import consent_words, delivery_reason, erasure, suspension
from chalicelib.domain.customer import Customer
from chalicelib.domain.delivery import Delivery, is_lost
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Conflict, NotFound, VersionMismatch
from chalicelib.store import customers, files, messages, ratings, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted
from chalicelib.store.tickets import Thread
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.uploading import let_upload

doors = Doors(pages.refuse)

OTHERS = 5
DONE = ("reply", "portal", "note", "retry", "ticket", "merge", "unmerge", "split", "call")


@doors.get("/agent/tickets/{number}")
@for_agents
def one(desk: Desk) -> Response:
    return page(desk, places.thread(desk.visit))


@doors.post("/agent/tickets/{number}")
@for_agents
def change(desk: Desk) -> Response:
    ticket = places.thread(desk.visit).ticket
    version = desk.visit.line("version")
    try:
        change_ticket.change_ticket(
            ticket.id,
            _changed(desk, ticket),
            desk.actor,
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


def page(
    desk: Desk,
    newest: Thread,
    status: int = 200,
    mode: str = "reply",
    typed: Mapping[str, str] | None = None,
    **context: Any,
) -> Response:
    """The ticket's page, with what went wrong in `errors` and what was typed in `typed`."""
    ticket, before = newest.ticket, desk.visit.query.get("before")
    shown = tickets.older(ticket, before) if before else newest
    customer = survivor(customers.get(ticket.customer_id)) or erasure.nobody(ticket)
    done = desk.visit.query.get("done", "")
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
        "bare_call": call_words.is_only,
        "asked_to_stop": consent_words.is_stop,
        "files": f"{here(ticket)}/files",
        "last_seen": ticket.last_public_id or "",
        "customer": customer,
        "lost": _lost(newest),
        "other_tickets": _others(ticket, customer),
        "last_purchase": last_purchase(customer),
        "rating": ratings.get(ticket.id),
        "own_fields": own_fields.told(ticket, desk.lang),
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
        **attaching.given(desk, ticket, typed or {}),
        **composer.given(desk, ticket, customer, typed or {}),
    }
    return let_upload(pages.show(desk, "ticket", status=status, **given | context))


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


def _others(ticket: Ticket, customer: Customer) -> list[Ticket]:
    wanted = Wanted(customer_id=customer.id, customer_ids=customer.all_ids, sort="created")
    found = ticket_lists.page(wanted, OTHERS + 1).tickets
    return [one for one in found if one.id != ticket.id and one.merged_into != ticket.id][:OTHERS]


def _changed(desk: Desk, ticket: Ticket) -> dict[str, str | None]:
    """What the form sets otherwise than it stood: an untouched status must not undo what an assignment does to it."""
    form = desk.visit.form
    wanted = {name: form[name] or None for name in ("status", "assignee_id", "team_id") if name in form}
    return {name: value for name, value in wanted.items() if value != getattr(ticket, name)}


def here(ticket: Ticket) -> str:
    """Where a ticket lies on the desk."""
    return f"/agent/tickets/{ticket.number}"
