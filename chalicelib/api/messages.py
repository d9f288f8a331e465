"""Messages of a ticket: written by an agent (they go out), by the customer, or as notes; and listed."""

from dataclasses import replace
from typing import Any

from msgspec import UNSET

from chalicelib import safe_html
from chalicelib.actions import receive_message, retry_delivery, send_reply
from chalicelib.actions.identify_customer import same_person
from chalicelib.actions.incoming import Hint, Incoming, Known
from chalicelib.actions.send_reply import Reply, Sent
from chalicelib.api import channels, lists, people, phone_calls, shapes, tickets, uploads
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import tickets as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.call import Call as PhoneCall
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Invalid
from chalicelib.store import messages
from chalicelib.store import tickets as stored
from chalicelib.store.tickets import Thread


@operation(
    "Write a message",
    body=schemas.NewMessage,
    gives=schemas.Message,
    status=201,
    refuses=(
        "ticket-not-found",
        "version-mismatch",
        "newer-message",
        "ticket-merged",
        "ticket-erased",
        "channel-not-available",
        "whatsapp-session-over",
        "invalid-email",
        "no-contact",
        "recipient-opted-out",
        "recipient-suppressed",
        "not-in-ticket",
        "not-your-agent",
        "unknown-attachment",
    ),
)
def create(call: Call, body: schemas.NewMessage) -> Answer:
    """An agent's public message goes out to the customer; an internal one is a note that only agents see.

    A customer's message goes into the ticket that this one was merged into, and opens a new one when it comes more
    than 30 days after the ticket was closed: see `ticket_id` of the answer. With If-Match only if the ticket still
    has that version.
    """
    phone_call = phone_calls.of(body, "", call.locale)
    if body.author.type == "customer":
        return _received(call, body, phone_call)
    if body.visibility == "public" and not phone_call:
        channels.refuse_where_nothing_sends(body.channel, "/channel", call.locale)
    agent = call.agent(None if body.author.id is UNSET else body.author.id)
    wanted = Reply(
        text=phone_calls.text(body),
        visibility=body.visibility,
        channel=body.channel,
        html=safe_html.cleaned(body.html),
        attachments=uploads.attached(call, body.attachments, "/attachments"),
        cc=None if body.cc is UNSET else people.emails(body.cc, "/cc"),
        status=body.status,
        last_seen_message_id=body.last_seen_message_id,
        call=phone_call,
    )
    return _made(send_reply.reply(tickets.id_of(call), agent, wanted, call.keyed(_made), call.version))


@operation(
    "Send a message again",
    gives=schemas.Message,
    refuses=(
        "ticket-not-found",
        "message-not-found",
        "not-retryable",
        "ticket-erased",
        "version-mismatch",
        "no-contact",
        "recipient-opted-out",
        "recipient-complained",
        "recipient-suppressed",
        "channel-not-available",
        "whatsapp-session-over",
    ),
)
def retry(call: Call) -> Answer:
    """Sends a message anew whose delivery failed or bounced, to the same contact. A mark that a bounce left on the
    contact is taken away; one of a complaint or an opt-out stays, and the call is refused."""
    keyed = call.keyed(_sent_again)
    return _sent_again(retry_delivery.retry(tickets.id_of(call), call.path["message"], call.actor, keyed, call.version))


@operation("List messages", query=schemas.MessageQuery, gives=Page[schemas.Message], refuses=("ticket-not-found",))
def index(call: Call, query: schemas.MessageQuery) -> Answer:
    """All messages of the ticket, notes too, oldest first; with those of tickets that were merged into it."""
    thread = _thread(call, query.limit + 1)
    listed = messages.all_whole(list(thread.messages[: query.limit]))
    sent, id = thread.deliveries, thread.ticket.id
    shown = [shapes.message(replace(one, ticket_id=id), sent.get((one.id, "reply"))) for one in listed]
    return lists.page(call, shown, listed[-1].id if len(thread.messages) > query.limit else None)


def _thread(call: Call, limit: int) -> Thread:
    """The ticket with at most `limit` messages from the call's place on; a thread that is no longer is one query."""
    place = lists.place(call)
    if place is not None:
        return _following(tickets.named(call), place, limit)
    thread = stored.thread(tickets.id_of(call), limit)
    if thread is None:
        raise tickets.not_found(call.id)
    return thread if thread.before is None else _following(thread.ticket, None, limit)


def _following(ticket: Ticket, place: str | None, limit: int) -> Thread:
    found, sent = stored.messages_after(ticket, place, limit)
    return Thread(ticket, tuple(found), sent)


def _received(call: Call, body: schemas.NewMessage, phone_call: PhoneCall | None) -> Answer:
    ticket = tickets.named(call)
    _refuse_what_no_customer_does(ticket, body, call.locale)
    incoming = Incoming(
        channel=body.channel or "api",
        text=phone_calls.text(body),
        customer_id=ticket.customer_id if body.author.id is UNSET else body.author.id,
        html=safe_html.cleaned(body.html),
        attachments=uploads.attached(call, body.attachments, "/attachments"),
        hints=(Hint(ticket.id, "api", proven=True),),
        cc=() if body.cc is UNSET else people.emails(body.cc, "/cc"),
        call=phone_call,
    )
    known = Known(ticket.id, call.version, body.last_seen_message_id)
    return _made(receive_message.receive(incoming, call.keyed(_made), call.actor, known))


def _refuse_what_no_customer_does(ticket: Ticket, body: schemas.NewMessage, locale: str) -> None:
    faults = []
    if body.author.id is not UNSET and not same_person(body.author.id, ticket.customer_id):
        faults.append(fault("not-in-ticket", "/author/id", locale))
    if body.visibility != "public":
        faults.append(fault("not-together", "/visibility", locale, name="author"))
    if body.status is not None:
        faults.append(fault("not-together", "/status", locale, name="author"))
    if faults:
        code = "not-in-ticket" if faults[0].code == "not-in-ticket" else None
        raise Invalid(faults[0].message, code=code, faults=tuple(faults))


def _sent_again(made: Sent) -> Answer:
    return Answer(shapes.message(made.message, made.delivery))


def _made(made: Any) -> Answer:
    """The answer out of what was sent or received; a message just written is whole as it is."""
    delivery = getattr(made, "delivery", None)
    shown = shapes.message(replace(made.message), delivery)
    return Answer(shown, 201, location=f"/v1/tickets/{made.ticket.id}/messages")
