"""Takes in what a customer wrote, by whatever channel: into the ticket it answers, or into a new one.

All channels come through here, so that threading, receipts and the ticket's life are the same for all.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from itertools import chain, tee

from chalicelib import clock, ids
from chalicelib.actions import give_receipt, identify_customer, notify_agent, record_intake
from chalicelib.actions.change_ticket import load, refuse_newer
from chalicelib.actions.incoming import FORWARDED, Hint, Incoming, Known, PassedOn, Received
from chalicelib.channels import call_words
from chalicelib.domain import language
from chalicelib.domain import ticket as life
from chalicelib.domain.channel import reaches_by
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.message import Author, Message, preview
from chalicelib.domain.reply_matching import Candidate, Match, match, takes_part
from chalicelib.domain.shop import Shop
from chalicelib.domain.ticket import Ticket
from chalicelib.store import (
    changes,
    customer_messages,
    events,
    idempotency,
    intake,
    messages,
    named_ids,
    numbers,
    organization_tickets,
    received_ids,
    shop,
    staff,
    tickets,
    whatsapp_sessions,
)
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


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
    hints, again = tee(chain(incoming.hints, incoming.more_hints()))
    found = _found(hints, customer, incoming, now, the_shop)
    stays = found.ticket and (incoming.automatic or life.takes_replies(found.ticket, now, the_shop.rules))
    ticket = found.ticket if stays else None
    own = identify_customer.own(customer, incoming.sender, incoming.customer_id)
    actor = actor or _actor(incoming, own)
    if ticket:
        is_his = ticket.customer_id in customer.all_ids
        if is_his and own.id != ticket.customer_id:
            identify_customer.hold(change, customer, actor, now)
        listed_with = own.id if is_his else ticket.customer_id
        received = _into(change, ticket, found, incoming, own, listed_with, now, the_shop)
        if not is_his:
            customer_messages.list_with_writer(change, received.message)
    else:
        linked = found.ticket.id if found.ticket else found.linked_to
        opening = replace(incoming, fields={**_kept_of(found.ticket), **incoming.fields})
        received = _anew(change, linked, opening, own, customer, now, the_shop)
    _tell(change, received, ticket, incoming, actor, the_shop)
    _account(change, received, incoming, now)
    if incoming.session:
        whatsapp_sessions.heard(change, incoming.session)
    if incoming.beside:
        incoming.beside(change, received)
    if addressed and addressed.id != received.ticket.id:
        tickets.check(change, addressed)
    _take_number(change, received, incoming, again)
    idempotency.record(change, keyed, received)
    change.commit()
    return received


def _actor(incoming: Incoming, own: Customer) -> Actor:
    passed_on, spoke = incoming.passed_on, incoming.spoke
    if spoke:
        return Actor(spoke.type, spoke.id)
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


def _found(hints: Iterable[Hint], customer: Customer, incoming: Incoming, now: datetime, the_shop: Shop) -> Match:
    """Where it belongs. The hints behind the first that leads into an open ticket of his are not even looked for."""

    def suffices(ticket: Ticket) -> bool:
        return incoming.verified and life.takes_replies(ticket, now, the_shop.rules)

    listed = candidates(hints, customer, incoming.address, suffices)
    return match(listed, customer, incoming.address, incoming.verified)


def candidates(
    hints: Iterable[Hint], sender: Customer, address: str, suffices: Callable[[Ticket], bool]
) -> list[Candidate]:
    """The tickets that the hints lead to, as they stand now, up to one of the sender's own that `suffices`."""
    listed, read = [], dict[str, Ticket | None]()
    for hint in hints:
        if hint.ticket_id not in read:
            read[hint.ticket_id] = tickets.get(hint.ticket_id)
        ticket = read[hint.ticket_id]
        if ticket and ticket.erased_at is None:
            listed.append(_candidate(ticket, hint, sender, address))
            own = listed[-1].ticket.customer_id in sender.all_ids
            if hint.reason == "reply-address" or (own and suffices(listed[-1].ticket)):
                break
    return listed


def _candidate(ticket: Ticket, hint: Hint, sender: Customer, address: str) -> Candidate:
    """What stands for the ticket now; who took part in it then takes part in that."""
    now = tickets.holding(ticket, hint.message_id)
    took_part = now.id != ticket.id and hint.reason != "reply-address" and takes_part(ticket, sender, address)
    return Candidate(now, hint.reason, hint.proven or (took_part and not hint.loose), hint.loose)


def _into(
    change: Changes,
    ticket: Ticket,
    found: Match,
    incoming: Incoming,
    customer: Customer,
    listed_with: str,
    now: datetime,
    the_shop: Shop,
) -> Received:
    """`listed_with` is the customer among whose messages it stands: his who wrote, or whose the ticket is."""
    message = _message(ticket, incoming, customer, now, found)
    without_bearing = incoming.automatic or found.unknown_sender
    written = (life.recorded if without_bearing else _bearing(incoming))(ticket, message)
    if customer.id == ticket.customer_id and incoming.verified and not without_bearing:
        own = {contact.value for contact in customer.contacts}
        written = life.copied(written, [one for one in message.cc if one not in own])
    saved = tickets.save(change, written, the_shop.rules)
    messages.add(change, message, listed_with)
    return Received(saved, message, is_new=False)


def _anew(
    change: Changes,
    linked: str | None,
    incoming: Incoming,
    own: Customer,
    customer: Customer,
    now: datetime,
    the_shop: Shop,
) -> Received:
    """`own` is whose ticket it becomes, `customer` who stands for him."""
    ticket = replace(_new_ticket(incoming, own, now, the_shop, linked), customer_name=customer.display_name)
    message = _message(ticket, incoming, own, now, Match(reason=FORWARDED if incoming.passed_on else None))
    written = (life.opened_by_call if incoming.call else life.opened_by_customer)(ticket, message)
    if incoming.passed_on:
        written = _noted(change, written, incoming.passed_on, now)
    saved = tickets.add(change, written, the_shop.rules)
    organization_tickets.add(change, saved, customer)
    messages.add(change, message, own.id)
    return Received(saved, message, is_new=True)


def _bearing(incoming: Incoming) -> Callable[[Ticket, Message], Ticket]:
    """What it does to its ticket: of a call, that hangs on whether anybody was spoken to."""
    return life.called if incoming.call else life.customer_wrote


def _kept_of(ended: Ticket | None) -> dict[str, str]:
    """What a ticket that goes on where another ended has of it: the team, as long as that works."""
    team = staff.team(ended.team_id) if ended and ended.team_id else None
    return {"team_id": team.id} if team and team.active else {}


def _noted(change: Changes, ticket: Ticket, passed_on: PassedOn, now: datetime) -> Ticket:
    author = Author("agent", passed_on.agent.id, passed_on.agent.name_in(ticket.locale))
    note = Message(ids.new("msg"), ticket.id, author, "internal", ticket.channel, passed_on.text, now)
    note = replace(note, attachments=passed_on.attachments)
    messages.add(change, note, ticket.customer_id)
    return life.noted(ticket, note)


def _new_ticket(incoming: Incoming, customer: Customer, now: datetime, the_shop: Shop, linked: str | None) -> Ticket:
    by_script = language.locale_of(f"{incoming.subject} {incoming.text}")
    locale = language.choose(incoming.locale, customer.locale, by_script, the_shop.default_locale)
    ticket = Ticket(
        id=ids.new("tkt"),
        number=numbers.take(),
        subject=incoming.subject or preview(_words(incoming, locale), 80),
        status="new",
        channel=incoming.channel,
        customer_id=customer.id,
        locale=locale,
        created_at=now,
        updated_at=now,
        linked_ticket_id=linked,
        cc=incoming.cc if incoming.verified else (),
    )
    return replace(ticket, **incoming.fields)


def _answers_us(found: Match) -> bool:
    """Whether the sender holds the address we signed for him."""
    return found.reason == "reply-address" and not found.unknown_sender


def _words(incoming: Incoming, locale: str) -> str:
    return incoming.text or (call_words.text(incoming.call, locale) if incoming.call else "")


def _message(ticket: Ticket, incoming: Incoming, customer: Customer, now: datetime, found: Match) -> Message:
    return Message(
        id=ids.new("msg"),
        ticket_id=ticket.id,
        author=incoming.spoke or Author("customer", customer.id, customer.display_name),
        visibility="public",
        channel=incoming.channel,
        text=_words(incoming, ticket.locale),
        created_at=now,
        html=incoming.html,
        quoted_text=incoming.quoted_text,
        attachments=incoming.attachments,
        contact=incoming.address or None,
        cc=incoming.cc,
        doors=incoming.doors,
        email_id=incoming.source.ids[0] if incoming.source and incoming.source.ids else None,
        matched_by=found.reason,
        automatic=incoming.automatic,
        unknown_sender=found.unknown_sender,
        unverified_sender=not (incoming.verified or _answers_us(found)),
        raw_key=incoming.source.raw_key if incoming.source else None,
        problems=incoming.problems,
        caution=incoming.caution,
        call=incoming.call,
    )


def _tell(
    change: Changes, received: Received, before: Ticket | None, incoming: Incoming, actor: Actor, the_shop: Shop
) -> None:
    ticket, message = received.ticket, received.message
    spoken = message.call is not None and message.call.is_answered
    sends: tuple[str, ...] = ()
    if received.is_new and not message.call:
        sends = give_receipt.give(change, received, incoming, the_shop)
    elif not (received.is_new or spoken):
        sends = notify_agent.of_message(change, ticket, message)
    event = Event(
        id=ids.new("evt"),
        type="ticket.created" if received.is_new else "message.sent" if spoken else "message.received",
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


def _take_number(change: Changes, received: Received, incoming: Incoming, hints: Iterable[Hint]) -> None:
    """Let what the number writes next belong to the ticket that it opened.

    Who tells of a text by the API opens one whatever the number texted before, and may not even name the number.
    """
    if not received.is_new or not (reaches_by(incoming.channel) == "phone" or incoming.takes_number):
        return
    if incoming.source is None:
        if incoming.sender and incoming.sender.type == "phone":
            intake.remember_phone(change, incoming.address, received.ticket.id)
    else:
        before = next((hint.ticket_id for hint in hints if hint.reason == "phone-thread"), None)
        intake.take_phone(change, incoming.address, received.ticket.id, before)


def _account(change: Changes, received: Received, incoming: Incoming, now: datetime) -> None:
    source, message = incoming.source, received.message
    if source is None:
        return
    record_intake.record(change, received, source, now)
    if message.unknown_sender:
        return
    if incoming.verified or incoming.passed_on:
        received_ids.remember(change, source.ids, incoming.address, message.ticket_id, message.id)
    if incoming.verified:
        named_ids.remember(change, source.named, incoming.address, message.ticket_id)
