"""Tickets: opened by a customer or by the desk, listed, read and changed."""

from typing import Any

from msgspec import UNSET

from chalicelib import ids, safe_html
from chalicelib.actions import receive_message, send_reply
from chalicelib.actions.change_ticket import change_ticket, check_people
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.send_reply import Opening, Reply
from chalicelib.api import channels, fields, lists, people, phone_calls, queries, shapes, uploads
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import tickets as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.call import Call as PhoneCall
from chalicelib.domain.ticket import MAX_DIGITS, Ticket
from chalicelib.errors import Invalid, Malformed, NotFound
from chalicelib.store import ticket_lists, tickets
from chalicelib.store.ticket_lists import ANY, Wanted


@operation(
    "Open a ticket",
    body=schemas.NewTicket,
    gives=schemas.Ticket,
    status=201,
    ahead=people.owner_of_contact,
    refuses=(
        "no-customer",
        "invalid-email",
        "invalid-phone",
        "not-in-ticket",
        "unknown-attachment",
        "channel-not-available",
        "whatsapp-session-over",
        "no-contact",
        "recipient-opted-out",
        "recipient-suppressed",
        "unknown-team",
        "unknown-customer",
        "not-your-agent",
        "invalid-custom-field",
    ),
)
def create(call: Call, body: schemas.NewTicket) -> Answer:
    """The customer writes, unless the author is an agent: then the desk starts the conversation, and it goes out."""
    person = people.person(body.customer, call.locale, call.ahead)
    _refuse_another_author(body, call.locale)
    phone_call = phone_calls.of(body.message, "/message", call.locale)
    told = fields.given(body) | {"cc": people.emails(body.cc, "/cc")}
    told = fields.settled(told, call.locale, "ticket", is_new=True)
    check_people(told)
    if body.message.author.type == "agent":
        return _started(call, body, person, told, phone_call)
    incoming = Incoming(
        channel=body.message.channel or "api",
        text=phone_calls.text(body.message),
        sender=person,
        customer_id=people.id_of(body.customer),
        subject=told["subject"],
        html=safe_html.cleaned(body.message.html),
        attachments=uploads.attached(call, body.message.attachments, "/message/attachments"),
        locale=body.locale,
        cc=told["cc"],
        fields=_own_fields(told),
        call=phone_call,
    )
    with people.named_in_body(call.locale):
        return _opened(receive_message.receive(incoming, call.keyed(_opened), call.actor))


@operation("List tickets", query=schemas.TicketQuery, gives=Page[schemas.Ticket])
def index(call: Call, query: schemas.TicketQuery) -> Answer:
    """By last activity (newest first), by birth (newest first) or by what was promised (soonest first).

    With `updated_since` oldest first, up to ten seconds before now, so that a follower misses none.
    """
    _refuse_mixed_orders(query, call.locale)
    found = ticket_lists.page(_wanted(query), query.limit, lists.place(call))
    return lists.page(call, [shapes.ticket(one) for one in found.tickets], found.after)


@operation("Read a ticket", gives=schemas.Ticket, refuses=("ticket-not-found",))
def show(call: Call) -> Answer:
    """By its id or its number. What was written before this call began is there."""
    return shown(named(call))


@operation(
    "Change a ticket",
    body=schemas.TicketChange,
    gives=schemas.Ticket,
    refuses=(
        "ticket-not-found",
        "version-mismatch",
        "ticket-merged",
        "ticket-erased",
        "unknown-agent",
        "unknown-team",
        "invalid-email",
        "invalid-custom-field",
    ),
)
def update(call: Call, body: schemas.TicketChange) -> Answer:
    """Only what is given changes. With If-Match only if the ticket still has that version."""
    told = fields.given(body)
    if body.cc is not UNSET:
        told["cc"] = people.emails(body.cc, "/cc")
    wanted = fields.settled(told, call.locale, "ticket")
    return shown(change_ticket(id_of(call), wanted, call.actor, call.keyed(shown), call.version))


def named(call: Call) -> Ticket:
    """The ticket in the address, by id or number. Raises NotFound."""
    found = tickets.get(id_of(call))
    if found is None:
        raise not_found(call.id)
    return found


def id_of(call: Call) -> str:
    """The id of the ticket in the address, which may be its number. Raises NotFound when it can be none."""
    found = id_named(call.id)
    if found is None:
        raise not_found(call.id)
    return found


def id_named(given: str) -> str | None:
    """The id that `given` is, or that of the ticket whose number it is; None when it can be neither."""
    if given.isascii() and given.isdigit() and len(given) <= MAX_DIGITS:
        return tickets.id_of(int(given))
    return given if ids.is_id(given, "tkt") else None


def not_found(given: str) -> NotFound:
    """What to raise where the address names no ticket."""
    return NotFound(f"There is no ticket {given[:100]}.", code="ticket-not-found")


def _started(
    call: Call, body: schemas.NewTicket, person: Any, told: dict[str, Any], phone_call: PhoneCall | None
) -> Answer:
    author = body.message.author
    if not phone_call:
        channels.refuse_where_nothing_sends(body.message.channel, "/message/channel", call.locale)
    agent = call.agent(None if author.id is UNSET else author.id)
    reply = Reply(
        text=phone_calls.text(body.message),
        channel=body.message.channel,
        html=safe_html.cleaned(body.message.html),
        attachments=uploads.attached(call, body.message.attachments, "/message/attachments"),
        call=phone_call,
    )
    opening = Opening(
        subject=told["subject"],
        reply=reply,
        fields=_own_fields(told) | {"cc": told["cc"]},
        person=person,
        customer_id=people.id_of(body.customer),
        locale=body.locale,
    )
    with people.named_in_body(call.locale):
        return _opened(send_reply.start(agent, opening, call.keyed(_opened)))


def _refuse_another_author(body: schemas.NewTicket, locale: str) -> None:
    author = body.message.author
    if author.type == "customer" and author.id not in (UNSET, body.customer.id):
        found = fault("not-in-ticket", "/message/author/id", locale)
        raise Invalid(found.message, code="not-in-ticket", faults=(found,))


def _own_fields(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("priority", "tags", "team_id", "external_id", "custom_fields")}


def opened(ticket: Ticket) -> Answer:
    """The answer that a ticket was made."""
    return Answer(shapes.ticket(ticket), 201, ticket.version, f"/v1/tickets/{ticket.id}")


def _opened(made: Any) -> Answer:
    return opened(made.ticket)


def shown(ticket: Ticket) -> Answer:
    """The answer that is the ticket."""
    return Answer(shapes.ticket(ticket), version=ticket.version)


def _refuse_mixed_orders(query: schemas.TicketQuery, locale: str) -> None:
    if query.updated_since is not UNSET and query.sort != "updated":
        found = fault("not-together", "/sort", locale, name="updated_since")
        raise Malformed("updated_since has an order of its own.", code="invalid-parameter", faults=(found,))


def _wanted(query: schemas.TicketQuery) -> Wanted:
    told = fields.given(query)
    return Wanted(
        statuses=tuple(dict.fromkeys(told.get("status", ()))),
        team_id=queries.whose(told.get("team_id", ANY)),
        assignee_id=queries.whose(told.get("assignee_id", ANY)),
        customer_id=told.get("customer_id"),
        channel=told.get("channel"),
        tag=told.get("tag"),
        sort=query.sort,
        updated_since=queries.in_utc(told.get("updated_since")),
    )
