"""What an agent writes in a ticket: an answer, on the way he chose; a note; and a draft, which is sent to nobody.

Each is an address of its own: nothing that a browser sends to the one can become the other.
"""

import re
from collections.abc import Sequence
from typing import Any

from chalice import Response

from chalicelib.actions import offer_ways, send_reply
from chalicelib.actions.identify_customer import survivor
from chalicelib.actions.send_reply import Reply, Sent
from chalicelib.agent import attaching, composer, pages
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.ticket import here, page
from chalicelib.domain import erasure
from chalicelib.domain.channel import reaches_by
from chalicelib.domain.contact import sendable_email
from chalicelib.domain.customer import Customer
from chalicelib.domain.message import MAX_TEXT, Attachment
from chalicelib.domain.ticket import MAX_COPIES, Ticket
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import customers
from chalicelib.store.tickets import Thread
from chalicelib.web import answer, places
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once

doors = Doors(pages.refuse)

# What send_reply refuses, in the words of `parts/fields.html`.
REFUSALS = (
    "newer-message",
    "ticket-merged",
    "ticket-erased",
    "recipient-opted-out",
    "recipient-suppressed",
    "no-contact",
    "whatsapp-session-over",
    "channel-not-available",
    "cc-invalid",
    "too-many-copies",
    "reply-missing",
    "text-too-long",
    *attaching.REFUSALS,
)
# Beside which field a refusal is told, where that is not the text.
FIELDS = {"cc-invalid": "cc", "too-many-copies": "cc", **dict.fromkeys(attaching.REFUSALS, "files")}


@doors.post("/agent/tickets/{number}/replies")
@for_agents
def reply(desk: Desk) -> Response:
    visit, thread = desk.visit, places.thread(desk.visit)
    typed = _typed(desk)
    try:
        wanted = _wanted(desk, typed)
        Once(visit, "reply").do(
            lambda keyed: _told(send_reply.reply(thread.ticket.id, desk.agent, wanted, keyed)), _told
        )
    except (Invalid, Conflict) as error:
        code = _refusal(error.code, thread, typed["way"])
        errors = {FIELDS.get(code, "text"): code}
        return page(desk, places.thread(visit), error.status, errors=errors, typed=typed)
    done = "portal" if wanted.channel == composer.PORTAL else "reply"
    return answer.redirect(visit, f"{here(thread.ticket)}?done={done}#write")


@doors.post("/agent/tickets/{number}/draft")
@for_agents
def draft(desk: Desk) -> Response:
    """The page again with what was typed: with a macro's words, an article's address, or what it takes by SMS."""
    thread, typed = places.thread(desk.visit), _typed(desk)
    if desk.visit.line("fill") == "macro":
        filled = composer.with_macro(desk, thread.ticket, _customer(thread.ticket), typed)
        typed |= {"text": filled.text, "left_empty": _listed(filled.left_empty)}
    if desk.visit.line("fill") == "articles":
        typed |= {"suggest": "yes"}
    if desk.visit.line("fill") == "article":
        typed |= {"text": composer.with_article(thread.ticket, typed)}
    return page(desk, thread, typed=typed | {"count": "yes"})


@doors.get("/agent/tickets/{number}/macros/{macro_id}")
@for_agents
def macro(desk: Desk) -> Response:
    """The words of a macro, filled for the ticket, for the script that puts them where the cursor stands."""
    ticket, wanted = places.thread(desk.visit).ticket, {"text": "", "macro": desk.visit.params["macro_id"]}
    filled = composer.with_macro(desk, ticket, _customer(ticket), wanted)
    return answer.plain(desk.visit, filled.text, {"Diwan-Left-Empty": _listed(filled.left_empty)})


@doors.post("/agent/tickets/{number}/notes")
@for_agents
def note(desk: Desk) -> Response:
    visit, thread = desk.visit, places.thread(desk.visit)
    typed = {"note": visit.text("text"), "files": visit.line("files")}
    try:
        words, files = _said(desk, typed["note"])
        wanted = Reply(words, visibility="internal", attachments=files)
        Once(visit, "note").do(
            lambda keyed: _told(send_reply.reply(thread.ticket.id, desk.agent, wanted, keyed)), _told
        )
    except Invalid as error:
        errors = {FIELDS.get(error.code, "note"): error.code}
        return page(desk, thread, error.status, mode="note", errors=errors, typed=typed)
    return answer.redirect(visit, here(thread.ticket) + "?done=note#write")


def _listed(places: Sequence[str]) -> str:
    """Places of a macro, as they are written in it."""
    return " ".join(f"{{{{{one}}}}}" for one in places)


def _typed(desk: Desk) -> dict[str, str]:
    visit = desk.visit
    return {"text": visit.text("text")} | {
        name: visit.line(name) for name in ("way", "cc", "macro", "article", "files")
    }


def _wanted(desk: Desk, typed: dict[str, str]) -> Reply:
    visit = desk.visit
    channel, contact = _way(typed["way"])
    by_mail = channel in (None, "email")
    copies = _addresses(typed["cc"]) if by_mail and "cc" in visit.form else None
    words, files = _said(desk, typed["text"])
    return Reply(
        words,
        channel=channel,
        contact=contact,
        attachments=files,
        cc=copies,
        only_cc=True,
        status="solved" if visit.line("status") == "solved" else None,
        last_seen_message_id=visit.line("last_seen") or None,
    )


def _way(typed: str) -> tuple[str | None, str | None]:
    """Channel and contact as the form names them; neither of a form that names none."""
    channel, _, contact = typed.partition(":")
    if typed and channel != composer.PORTAL and not (reaches_by(channel) and contact):
        raise Invalid("There is no such way.", code="no-contact")
    return (channel, contact) if typed else (None, None)


def _refusal(code: str, thread: Thread, way: str) -> str:
    """The refusal as the page says it: what was marked as spam did not come back."""
    if code not in REFUSALS:
        return "not-sent"
    offers = offer_ways.find(thread.ticket, _customer(thread.ticket)) if code == "recipient-suppressed" else None
    offer = (offers.named(way) or offers.chosen) if offers else None
    return "recipient-complained" if offer and offer.closed == "complaint" else code


def _customer(ticket: Ticket) -> Customer:
    return survivor(customers.get(ticket.customer_id)) or erasure.nobody(ticket)


def _said(desk: Desk, text: str) -> tuple[str, tuple[Attachment, ...]]:
    """The words and the files; of files alone their names are the words."""
    if len(text) > MAX_TEXT:
        raise Invalid("The text is too long.", code="text-too-long")
    files = attaching.named(desk)
    words = text or "\n".join(one.name for one in files)
    if not words:
        raise Invalid("There is no text.", code="reply-missing")
    return words, files


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
