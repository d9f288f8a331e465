"""An agent writes: an answer that goes out to the customer, a note that stays inside, or a new conversation."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import choose_copies, choose_way, identify_customer, notify_agent, record_intake
from chalicelib.actions.change_ticket import load, refuse_erased, refuse_merged, refuse_newer
from chalicelib.actions.choose_copies import Copies
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Received, Source
from chalicelib.channels import call_words
from chalicelib.domain import language
from chalicelib.domain import ticket as life
from chalicelib.domain.agent import Agent
from chalicelib.domain.call import CHANNEL as PHONE
from chalicelib.domain.call import Call
from chalicelib.domain.customer import Way
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.message import Attachment, Author, Message
from chalicelib.domain.ticket import Ticket
from chalicelib.errors import Fault, Invalid
from chalicelib.store import (
    changes,
    copied,
    deliveries,
    events,
    idempotency,
    messages,
    numbers,
    organization_tickets,
    shop,
    tickets,
)
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


@dataclass(frozen=True)
class ByMail:
    """The mail that an agent's words came as, which is taken in with them; `refused` is why they stay inside."""

    source: Source
    matched_by: str
    automatic: bool = False
    refused: str | None = None


@dataclass(frozen=True)
class Reply:
    """What an agent wrote. `channel` None means that of the customer's newest message, `cc` None that of the ticket.

    `contact` is which of the customer's it goes out to; None lets it be chosen, empty sends it to none: it waits in the
    portal. Who is named in `cc` is in copy on the ticket from then on; with `only_cc` nobody else is.
    `status` is what the ticket becomes instead of pending. `last_seen_message_id` is the newest public message the
    writer had before his eyes: if a newer one came, he is told instead of being sent past it. With `call` he writes
    down a phone call, in whose words if he has none, and nothing goes out.
    """

    text: str
    visibility: str = "public"
    channel: str | None = None
    contact: str | None = None
    html: str | None = None
    attachments: tuple[Attachment, ...] = ()
    cc: tuple[str, ...] | None = None
    only_cc: bool = False
    status: str | None = None
    last_seen_message_id: str | None = None
    came: ByMail | None = None
    call: Call | None = None


@dataclass(frozen=True)
class Opening:
    """A conversation that the desk starts, with `customer_id` or whoever `person` is; `fields` as in Ticket."""

    subject: str
    reply: Reply
    fields: dict[str, Any]
    person: Person | None = None
    customer_id: str | None = None
    locale: str | None = None


@dataclass(frozen=True)
class Sent:
    ticket: Ticket
    message: Message
    delivery: Delivery | None


def reply(ticket_id: str, agent: Agent, wanted: Reply, keyed: Keyed | None = None, version: int | None = None) -> Sent:
    """Write an answer or a note into a ticket; a public one is on its way when this returns.

    Raises:
        NotFound: no such ticket.
        VersionMismatch: `version` is given and not the ticket's.
        Conflict: code `newer-message`, see Reply; `ticket-merged`, another ticket stands for it; `ticket-erased`.
        Invalid: code `recipient-opted-out`, `recipient-suppressed` or `no-contact`, or `cc` is given with what does
            not go out by mail; nothing is stored.
        Replayed: the idempotency key, or the mail it came as, was there before.
    """
    return changes.again(lambda: _reply(ticket_id, agent, wanted, keyed, version))


def start(agent: Agent, wanted: Opening, keyed: Keyed | None = None) -> Sent:
    """Open a ticket with an agent's message to the customer, by mail or SMS as he prefers unless a channel is named;
    or with a call that the two had.

    Raises as `reply` does.
    """
    return changes.again(lambda: _start(agent, wanted, keyed))


def _reply(ticket_id: str, agent: Agent, wanted: Reply, keyed: Keyed | None, version: int | None) -> Sent:
    now, change, rules = clock.now(), Changes(), shop.read().rules
    ticket = load(ticket_id, version)
    refuse_merged(ticket)
    refuse_erased(ticket)
    refuse_newer(ticket, wanted.last_seen_message_id)
    public = wanted.visibility == "public"
    channel = wanted.channel or ticket.reply_channel or ticket.channel
    way = choose_way.for_reply(change, ticket, channel, wanted.contact) if public and not wanted.call else None
    copies = _copies(ticket, wanted, way)
    copied.note(change, ticket.id, set(copies.of_ticket) - set(ticket.cc))
    message = _message(ticket, agent, wanted, channel, way, copies, now)
    written = _written(ticket, message, wanted.status)
    saved = tickets.save(change, replace(written, cc=copies.of_ticket), rules)
    delivery = _delivery(message, way, copies) if way else None
    sent = _write(change, saved, message, delivery, ticket, agent, _type(message))
    if wanted.came:
        record_intake.record(change, Received(saved, message, is_new=False), wanted.came.source, now)
    idempotency.record(change, keyed, sent)
    change.commit()
    return sent


def _start(agent: Agent, wanted: Opening, keyed: Keyed | None) -> Sent:
    now, change, the_shop = clock.now(), Changes(), shop.read()
    customer = identify_customer.named(change, wanted.customer_id, wanted.person, now)
    own = identify_customer.own(customer, wanted.person, wanted.customer_id)
    named = wanted.person.value if wanted.person else None
    way = None if wanted.reply.call else choose_way.to_open(customer, wanted.reply.channel or "api", named, own)
    channel = wanted.reply.channel or (way.channel if way else PHONE)
    ticket = replace(
        Ticket(
            id=ids.new("tkt"),
            number=numbers.take(),
            subject=wanted.subject,
            status="pending",
            channel=channel,
            customer_id=own.id,
            customer_name=customer.display_name,
            locale=language.choose(
                wanted.locale, customer.locale, language.locale_of(wanted.reply.text), the_shop.default_locale
            ),
            created_at=now,
            updated_at=now,
        ),
        **wanted.fields,
    )
    copies = _copies(ticket, wanted.reply, way)
    message = _message(ticket, agent, wanted.reply, channel, way, copies, now)
    open_by = life.opened_by_call if message.call else life.opened_by_agent
    opened = replace(open_by(ticket, message, wanted.reply.status), cc=copies.of_ticket)
    delivery = _delivery(message, way, copies) if way else None
    sent = _write(change, tickets.add(change, opened, the_shop.rules), message, delivery, None, agent, "ticket.created")
    organization_tickets.add(change, sent.ticket, customer)
    idempotency.record(change, keyed, sent)
    change.commit()
    return sent


def _message(
    ticket: Ticket,
    agent: Agent,
    wanted: Reply,
    channel: str,
    way: Way | None,
    copies: Copies,
    now: datetime,
) -> Message:
    return Message(
        id=ids.new("msg"),
        ticket_id=ticket.id,
        author=Author("agent", agent.id, agent.name_in(ticket.locale)),
        visibility=wanted.visibility,
        channel=_said_on(channel, way, wanted.call),
        text=wanted.text or (call_words.text(wanted.call, ticket.locale) if wanted.call else ""),
        created_at=now,
        html=wanted.html,
        attachments=wanted.attachments,
        contact=way.contact.value if way else None,
        cc=copies.sent,
        call=wanted.call,
        **_of_mail(wanted.came),
    )


def _said_on(channel: str, way: Way | None, call: Call | None) -> str:
    """The channel of the message: who was last heard by phone is answered in writing, unless it was a call again."""
    if channel != PHONE or call:
        return channel
    return way.channel if way else "portal"


def _written(ticket: Ticket, message: Message, status: str | None) -> Ticket:
    if message.call:
        return life.called(ticket, message, status)
    return (life.agent_wrote if message.is_public else life.noted)(ticket, message, status)


def _type(message: Message) -> str:
    """Of the event: a call of the customer's that was missed is one of his messages, whoever wrote it down."""
    if message.is_note:
        return "ticket.updated"
    call = message.call
    return "message.received" if call and call.is_incoming and not call.is_answered else "message.sent"


def _of_mail(came: ByMail | None) -> dict[str, Any]:
    if came is None:
        return {}
    kept = {"matched_by": came.matched_by, "raw_key": came.source.raw_key}
    return {**kept, "automatic": came.automatic, "refused": came.refused}


def _copies(ticket: Ticket, wanted: Reply, way: Way | None) -> Copies:
    """Who is sent a mail besides the customer; nothing else has copies."""
    if way and way.channel == "email":
        return choose_copies.choose(ticket, way.contact.value, wanted.cc, wanted.only_cc)
    if wanted.cc:
        words = "Only an answer that goes out by mail can have copies."
        raise Invalid(words, faults=(Fault("/cc", "not-together", words),))
    return Copies(of_ticket=ticket.cc)


def _write(
    change: Changes,
    ticket: Ticket,
    message: Message,
    delivery: Delivery | None,
    before: Ticket | None,
    agent: Agent,
    type: str,
) -> Sent:
    messages.add(change, message, ticket.customer_id)
    sends = notify_agent.of_refusal(change, agent, message) if message.refused else ()
    if delivery:
        deliveries.add(change, delivery)
        sends = (*sends, "reply")
    event = Event(
        id=ids.new("evt"),
        type=type,
        created_at=message.created_at,
        actor=Actor("agent", agent.id),
        subject=ticket.id,
        ticket_id=ticket.id,
        customer_id=ticket.customer_id,
        message_id=message.id,
        version=ticket.version,
        changes=life.differences(before, ticket) if before else {},
        counts=(standing(before), standing(ticket)),
        sends=sends,
    )
    events.add(change, event)
    return Sent(ticket, message, delivery)


def _delivery(message: Message, way: Way, copies: Copies) -> Delivery:
    to = way.contact.value
    made = Delivery(message.ticket_id, message.id, "reply", way.channel, to, "queued", message.created_at)
    return replace(made, copies=copies.left_out)
