"""Takes in what a customer wrote, by whatever channel: into the ticket it answers, or into a new one.

All channels come through here, so that threading, receipts and the ticket's life are the same for all.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock, ids
from chalicelib.actions import identify_customer, notify_agent
from chalicelib.actions.change_ticket import load, refuse_newer
from chalicelib.actions.identify_customer import Person
from chalicelib.domain import language
from chalicelib.domain import ticket as life
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.message import Attachment, Author, Message, preview
from chalicelib.domain.reply_matching import Candidate, Match, match, takes_part
from chalicelib.domain.shop import Shop
from chalicelib.domain.ticket import Ticket
from chalicelib.store import (
    allowances,
    changes,
    deliveries,
    events,
    idempotency,
    intake,
    keys,
    messages,
    named_ids,
    numbers,
    sender_pace,
    shop,
    tickets,
)
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed
from chalicelib.store.intake import Intake

# Why a message that an agent passed on stands in a ticket of its customer.
FORWARDED = "forwarded"
STRANGERS_RECEIPTS = Allowance("receipt", 10, timedelta(days=1))


@dataclass(frozen=True)
class Hint:
    """A ticket that something in the message points at; `proven` when our own signature or our own door does.

    `message_id` is the very message it answers, where that is known: it may have been moved to another ticket.
    `agent_id` is the agent who answers there by mail.
    """

    ticket_id: str
    reason: str
    proven: bool = False
    message_id: str | None = None
    agent_id: str | None = None


@dataclass(frozen=True)
class Source:
    """The mail or SMS it came as: `key` is its row (taken in once), `raw_key` the octets, `ids` its Message-IDs.

    `fingerprint` is what the same mail, delivered again under another id, has too; it is known for `twin_life`.
    `named` are the Message-IDs it answers. `addressed_to` is the ticket whose own reply address it was sent to. `held`:
    its row says that it was suspended. `paced_as` is for whom it counts towards the mails that one may write. `also`
    are the tickets and messages that the same mail became beside this one.
    """

    key: tuple[str, str]
    raw_key: str | None = None
    ids: tuple[str, ...] = ()
    fingerprint: str | None = None
    twin_life: timedelta | None = None
    named: tuple[str, ...] = ()
    addressed_to: str | None = None
    held: bool = False
    paced_as: str | None = None
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PassedOn:
    """An agent passed the message on; what he wrote above it, and what he attached himself, is a note."""

    agent: Agent
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """What came in. `sender` or `customer_id` says from whom; `hints` where it may belong, best first.

    `more_hints` looks for further ones, anew on each try: somebody else may have opened the ticket in the meantime.
    `verified` says that the sender is who he claims to be, `automatic` that a machine wrote, `answerable` that it may
    be answered by a machine of ours. `doors` are our addresses that a mail was sent to. `fields` are those of a new
    ticket (names as in Ticket).
    """

    channel: str
    text: str
    sender: Person | None = None
    customer_id: str | None = None
    subject: str = ""
    html: str | None = None
    quoted_text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    hints: tuple[Hint, ...] = ()
    more_hints: Callable[[], Iterable[Hint]] = tuple
    verified: bool = True
    automatic: bool = False
    answerable: bool = True
    locale: str | None = None
    problems: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    source: Source | None = None
    passed_on: PassedOn | None = None
    doors: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    ticket: Ticket
    message: Message
    is_new: bool


@dataclass(frozen=True)
class Known:
    """What the writer knew of the ticket he writes into: its version, its newest public message, where he says so."""

    ticket_id: str
    version: int | None = None
    last_seen_message_id: str | None = None


def receive(
    incoming: Incoming, keyed: Keyed | None = None, actor: Actor | None = None, known: Known | None = None
) -> Received:
    """Take the message in, once; given what the writer knew, only while that holds.

    Raises:
        Replayed: its source or its idempotency key was there before.
        TooMany: its sender has written as much as he may.
        NotFound: no customer has `customer_id`, or there is no ticket that the writer knew.
        VersionMismatch: the ticket has another version than he knew.
        Conflict: code `newer-message`, there is one that he has not seen.
        Contention: see `changes.again`.
    """
    return changes.again(lambda: _receive(incoming, keyed, actor, known))


def _receive(incoming: Incoming, keyed: Keyed | None, actor: Actor | None, known: Known | None) -> Received:
    now, the_shop, change = clock.now(), shop.read(), Changes()
    addressed = _refuse_outdated(known) if known else None
    customer = _customer(change, incoming, now)
    hints = (*incoming.hints, *incoming.more_hints())
    found = match(_candidates(hints, customer, _address(incoming)), customer, _address(incoming), incoming.verified)
    stays = found.ticket and (incoming.automatic or life.takes_replies(found.ticket, now, the_shop.rules))
    ticket = found.ticket if stays else None
    own = identify_customer.own(customer, incoming.sender, incoming.customer_id)
    actor = actor or _actor(incoming, own)
    if ticket:
        if own.id != ticket.customer_id and ticket.customer_id in customer.all_ids:
            identify_customer.hold(change, customer, actor, now)
        received = _into(change, ticket, found, incoming, own, now, the_shop)
    else:
        linked = found.ticket.id if found.ticket else found.linked_to
        received = _anew(change, linked, incoming, own, customer.display_name, now, the_shop)
    _tell(change, received, ticket, incoming, actor, the_shop)
    _account(change, received, incoming, now)
    if addressed and addressed.id != received.ticket.id:
        tickets.check(change, addressed)
    if received.is_new and incoming.channel == "sms":
        before = next((hint.ticket_id for hint in hints if hint.reason == "phone-thread"), None)
        intake.take_phone(change, _address(incoming), received.ticket.id, before)
    idempotency.record(change, keyed, received)
    change.commit()
    return received


def _actor(incoming: Incoming, own: Customer) -> Actor:
    passed_on = incoming.passed_on
    return Actor("agent", passed_on.agent.id) if passed_on else Actor("customer", own.id)


def _refuse_outdated(known: Known) -> Ticket:
    """The ticket that the writer knew, if it is still as he knew it; what stands for it may have newer messages."""
    ticket = load(known.ticket_id, known.version)
    refuse_newer(tickets.survivor(ticket), known.last_seen_message_id)
    return ticket


def _customer(change: Changes, incoming: Incoming, now: datetime) -> Customer:
    sender = incoming.sender
    person = replace(sender, locale=sender.locale or incoming.locale) if sender else None
    return identify_customer.named(change, incoming.customer_id, person, now)


def _candidates(hints: Iterable[Hint], sender: Customer, address: str) -> list[Candidate]:
    listed = []
    for hint in hints:
        ticket = tickets.get(hint.ticket_id)
        if ticket and ticket.erased_at is None:
            listed.append(_candidate(ticket, hint, sender, address))
            if hint.reason == "reply-address":
                break
    return listed


def _candidate(ticket: Ticket, hint: Hint, sender: Customer, address: str) -> Candidate:
    """What stands for the ticket now; who took part in it then takes part in that."""
    now = tickets.holding(ticket, hint.message_id)
    took_part = now.id != ticket.id and hint.reason != "reply-address" and takes_part(ticket, sender, address)
    return Candidate(now, hint.reason, hint.proven or took_part)


def _address(incoming: Incoming) -> str:
    return incoming.sender.value if incoming.sender else ""


def _into(
    change: Changes, ticket: Ticket, found: Match, incoming: Incoming, customer: Customer, now: datetime, the_shop: Shop
) -> Received:
    message = _message(ticket.id, incoming, customer, now, found)
    without_bearing = incoming.automatic or found.unknown_sender
    written = life.recorded(ticket, message) if without_bearing else life.customer_wrote(ticket, message)
    if customer.id == ticket.customer_id and not without_bearing:
        own = {contact.value for contact in customer.contacts}
        written = life.copied(written, [one for one in message.cc if one not in own])
    saved = tickets.save(change, written, the_shop.rules)
    messages.add(change, message)
    return Received(saved, message, is_new=False)


def _anew(
    change: Changes, linked: str | None, incoming: Incoming, own: Customer, name: str, now: datetime, the_shop: Shop
) -> Received:
    """`own` is whose ticket it becomes, `name` that of the customer who stands for him."""
    ticket = replace(_new_ticket(incoming, own, now, the_shop, linked), customer_name=name)
    message = _message(ticket.id, incoming, own, now, Match(reason=FORWARDED if incoming.passed_on else None))
    written = life.opened_by_customer(ticket, message)
    if incoming.passed_on:
        written = _noted(change, written, incoming.passed_on, now)
    saved = tickets.add(change, written, the_shop.rules)
    messages.add(change, message)
    return Received(saved, message, is_new=True)


def _noted(change: Changes, ticket: Ticket, passed_on: PassedOn, now: datetime) -> Ticket:
    author = Author("agent", passed_on.agent.id, passed_on.agent.name_in(ticket.locale))
    note = Message(ids.new("msg"), ticket.id, author, "internal", ticket.channel, passed_on.text, now)
    note = replace(note, attachments=passed_on.attachments)
    messages.add(change, note)
    return life.noted(ticket, note)


def _new_ticket(incoming: Incoming, customer: Customer, now: datetime, the_shop: Shop, linked: str | None) -> Ticket:
    by_script = language.locale_of(f"{incoming.subject} {incoming.text}")
    locale = language.choose(incoming.locale, customer.locale, by_script, the_shop.default_locale)
    ticket = Ticket(
        id=ids.new("tkt"),
        number=numbers.take(),
        subject=incoming.subject or preview(incoming.text, 80),
        status="new",
        channel=incoming.channel,
        customer_id=customer.id,
        locale=locale,
        created_at=now,
        updated_at=now,
        linked_ticket_id=linked,
        cc=incoming.cc,
    )
    return replace(ticket, **incoming.fields)


def _answers_us(found: Match) -> bool:
    """Whether the sender holds the address we signed for him."""
    return found.reason == "reply-address" and not found.unknown_sender


def _message(ticket_id: str, incoming: Incoming, customer: Customer, now: datetime, found: Match) -> Message:
    return Message(
        id=ids.new("msg"),
        ticket_id=ticket_id,
        author=Author("customer", customer.id, customer.display_name),
        visibility="public",
        channel=incoming.channel,
        text=incoming.text,
        created_at=now,
        html=incoming.html,
        quoted_text=incoming.quoted_text,
        attachments=incoming.attachments,
        contact=_address(incoming) or None,
        cc=incoming.cc,
        doors=incoming.doors,
        email_id=incoming.source.ids[0] if incoming.source and incoming.source.ids else None,
        matched_by=found.reason,
        automatic=incoming.automatic,
        unknown_sender=found.unknown_sender,
        unverified_sender=not (incoming.verified or _answers_us(found)),
        raw_key=incoming.source.raw_key if incoming.source else None,
        problems=incoming.problems,
    )


def _tell(
    change: Changes, received: Received, before: Ticket | None, incoming: Incoming, actor: Actor, the_shop: Shop
) -> None:
    ticket, message = received.ticket, received.message
    if received.is_new:
        sends = _receipt(change, received, incoming, the_shop)
    else:
        sends = notify_agent.of_message(change, ticket, message)
    event = Event(
        id=ids.new("evt"),
        type="ticket.created" if received.is_new else "message.received",
        created_at=message.created_at,
        actor=actor,
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


def _receipt(change: Changes, received: Received, incoming: Incoming, the_shop: Shop) -> tuple[str, ...]:
    """A receipt, where the shop gives one; by mail at most one a sender a day, or two machines answer for ever.

    Into the portal's form a stranger may type any address: it gets a few receipts a day.
    """
    address = _address(incoming)
    wanted = incoming.channel in the_shop.receipts and address and incoming.answerable and incoming.verified
    if not wanted or (incoming.channel == "email" and intake.answered_automatically(address)):
        return ()
    if incoming.channel == "email":
        intake.claim_automatic_answer(change, address)
    if incoming.channel == "portal" and incoming.customer_id is None:
        if allowances.is_spent(STRANGERS_RECEIPTS, address):
            return ()
        allowances.claim(change, STRANGERS_RECEIPTS, address)
    message = received.message
    channel = "sms" if incoming.sender and incoming.sender.type == "phone" else "email"
    receipt = Delivery(message.ticket_id, message.id, "receipt", channel, address, "queued", message.created_at)
    deliveries.add(change, receipt)
    return ("receipt",)


def _account(change: Changes, received: Received, incoming: Incoming, now: datetime) -> None:
    source, message = incoming.source, received.message
    if source is None:
        return
    account(change, received, source, now)
    if incoming.verified and not message.unknown_sender:
        named_ids.remember(change, source.named, _address(incoming), message.ticket_id)


def account(change: Changes, received: Received, source: Source, now: datetime) -> None:
    """Write what became of the mail or SMS, and by which ids later ones may answer it."""
    message = received.message
    outcome = Intake(
        "message", now, message.ticket_id, message.id, message.matched_by, source.raw_key, also=source.also
    )
    if source.paced_as:
        sender_pace.count(change, source.paced_as)
    if source.held:
        intake.release(change, source.key, replace(outcome, released_at=now))
    else:
        intake.record(change, source.key, outcome)
    if source.fingerprint:
        _account_twins(change, received, source, source.fingerprint, outcome)
    for header in source.ids:
        intake.remember_message_id(change, header, message.ticket_id, message.id)


def _account_twins(change: Changes, received: Received, source: Source, fingerprint: str, outcome: Intake) -> None:
    """One mail to several of our addresses may come once for each: it is one message in each ticket it was sent to,
    and no further one for the copy that names no ticket."""
    ticket_id = source.addressed_to or (None if received.is_new else received.ticket.id)
    if ticket_id:
        intake.record(change, keys.content(f"{fingerprint}#{ticket_id}"), outcome, source.twin_life)
    intake.record(change, keys.content(fingerprint), outcome, source.twin_life, guard=source.addressed_to is None)
