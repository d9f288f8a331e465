"""A customer asks, signed in or not: the form, and the page after sending. What is wrong loses no word."""

from datetime import datetime
from typing import Any

from chalice import Response

from chalicelib import clock
from chalicelib.actions import hold_question, receive_message
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming, Received
from chalicelib.domain.contact import normal_email
from chalicelib.domain.customer import Contact, Customer, way_to
from chalicelib.domain.message import Attachment
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Invalid
from chalicelib.portal import answers, asking_fields, asking_form, asking_guard, attaching, pages, suggestions
from chalicelib.portal.asking_form import Typed
from chalicelib.store import deflections, shop, tickets
from chalicelib.store.idempotency import Keyed
from chalicelib.web import answer
from chalicelib.web.doors import Doors
from chalicelib.web.once import Once
from chalicelib.web.uploading import let_upload
from chalicelib.web.visit import Visit

doors = Doors(pages.refuse)


@doors.get("/{lang}/tickets/new")
def new(visit: Visit) -> Response:
    viewer = pages.customer(visit)
    deflections.count("opened")
    return _form(visit, viewer, asking_form.begun(visit))


@doors.post("/{lang}/tickets/new")
def open_ticket(visit: Visit) -> Response:
    viewer, typed = pages.customer(visit), asking_form.read(visit)
    wrong = asking_form.faults(typed, signed_in=viewer is not None) if visit.is_ours else {"form": "form-expired"}
    if wrong:
        return _form(visit, viewer, typed, wrong)
    if not asking_guard.allows(visit, viewer, typed):
        return _form(visit, viewer, typed, {"form": "too-many-requests"}, status=429)
    is_suspect = viewer is None and asking_guard.is_suspect(visit, typed)
    try:
        files = attaching.named(visit, typed["files"], keep=not is_suspect)
    except Invalid as error:
        return _form(visit, viewer, typed, {"files": error.code})
    once = Once(visit, "ticket")
    if is_suspect:
        made = once.do(lambda keyed: _held(typed, files, keyed), _held_as)
    else:
        incoming = _incoming(visit, typed, files, viewer)
        made = once.do(lambda keyed: _told(receive_message.receive(incoming, keyed)), _told)
        suggestions.count_sent(visit)
    return answer.redirect(visit, f"/{pages.language(visit)}/tickets/sent", [answer.flash("sent", made)])


@doors.get("/{lang}/tickets/sent")
def sent(visit: Visit) -> Response:
    told = answer.flashed(visit, "sent")
    if not isinstance(told, dict):
        return answer.redirect(visit, f"/{pages.language(visit)}/tickets")
    viewer = pages.customer(visit)
    ticket = tickets.get(told["ticket"]) if told.get("ticket") else None
    response = pages.show(
        visit,
        "ticket_sent",
        viewer,
        area="tickets",
        ticket_number=told.get("number"),
        answer_way=answers.way(ticket, viewer) if viewer and ticket else None,
        reply_by=_reply_by(ticket) if ticket else None,
        articles=suggestions.to_ticket(visit, viewer, ticket) if ticket else [],
        upload=attaching.plain_form(visit, ticket) if ticket else None,
        takes=attaching.LIMITS,
        arrived=answer.flashed(visit, "arrived"),
    )
    return let_upload(response)


def _form(
    visit: Visit, viewer: Customer | None, typed: Typed, wrong: dict[str, str] | None = None, status: int = 422
) -> Response:
    the_shop = shop.read()
    response = pages.show(
        visit,
        "ticket_new",
        viewer,
        status=status if wrong else 200,
        typed=typed,
        errors=wrong or {},
        reply_to=_reply_to(visit, viewer) if viewer else None,
        reply_by=the_shop.business_hours.reply_by(clock.now(), the_shop.time_zone),
        began=asking_guard.stamp(visit),
        topic=asking_fields.topic(),
        fields=asking_fields.others(),
        purchases=asking_fields.purchases(viewer),
        attached=attaching.listed(visit, typed.get("files", "")),
        takes=attaching.LIMITS,
    )
    if viewer is None:  # browsers give back what was typed on the way Back, unless the page was no-store
        response.headers["Cache-Control"] = "private, no-cache"
    return let_upload(response)


def _reply_to(visit: Visit, viewer: Customer) -> Contact | Person:
    """Where an answer to a new ticket goes: as he prefers."""
    own = pages.own(visit, viewer)
    way = way_to(viewer, "portal", own=own)
    return way.contact if way else _address(own, viewer)


def _reply_by(ticket: Ticket) -> datetime | None:
    the_shop = shop.read()
    due = the_shop.business_hours.reply_by(ticket.created_at, the_shop.time_zone)
    return due if due and due > clock.now() else None


def _incoming(visit: Visit, typed: Typed, files: tuple[Attachment, ...], viewer: Customer | None) -> Incoming:
    """The sender's address is where the receipt goes; whose ticket it is the session says, if there is one."""
    writer = viewer and pages.own(visit, viewer)
    sender = _address(writer, viewer) if writer and viewer else _stranger(visit, typed)
    return Incoming(
        "portal",
        typed["text"],
        sender,
        writer.id if writer else None,
        typed["subject"],
        attachments=files,
        locale=pages.language(visit),
        fields={"custom_fields": asking_fields.values(typed)},
    )


def _stranger(visit: Visit, typed: Typed) -> Person:
    return Person("email", normal_email(typed["email"]), typed["name"], pages.language(visit))


def _address(writer: Customer, viewer: Customer) -> Person:
    """Where the writer is reached: by his own contacts, before those of others of whom the viewer is one."""
    listed = writer.contacts or viewer.all_contacts
    reachable = [one for one in listed if one.reachable]
    first = reachable[0] if reachable else listed[0]
    best = next((one for one in reachable if one.type == "email"), first)
    return Person(best.type, best.value)


def _held(typed: Typed, files: tuple[Attachment, ...], keyed: Keyed) -> dict[str, Any]:
    subject = typed["subject"]
    hold_question.hold(typed["email"], typed["name"], subject, asking_form.as_text(typed), files, keyed)
    return _held_as()


def _held_as(*_: object) -> dict[str, Any]:
    return {"ticket": None, "number": None}


def _told(received: Received) -> dict[str, Any]:
    return {"ticket": received.ticket.id, "number": received.ticket.number}
