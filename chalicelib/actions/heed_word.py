"""Heeds a text that is nothing but STOP, HELP, START or one of their kin, within the one transaction that takes it in.

It is kept in the ticket that is open, as a message that nobody waits for; where none is, it opens none. A number that
nobody knows becomes a customer, so that what he wishes stands somewhere.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib import clock, ids
from chalicelib.actions import answer_word, change_consent, identify_customer, receive_message
from chalicelib.actions.change_consent import Said
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint
from chalicelib.domain import ticket as life
from chalicelib.domain.consent_words import Word, word_in
from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.message import Author, Message
from chalicelib.domain.reply_matching import Match, match
from chalicelib.domain.storable_text import storable
from chalicelib.store import changes, customers, events, intake, keys, messages, sender_pace, shop, tickets
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.intake import Intake


@dataclass(frozen=True)
class Texted:
    """A text as it came: `key` is its own row, `hints` looks for the tickets that it may belong to, best first.

    `beside` puts into the same change what its channel keeps of it.
    """

    channel: str
    text: str
    person: Person
    key: keys.Key
    hints: Callable[[], Iterable[Hint]]
    beside: Callable[[Changes], None] | None = None


@dataclass(frozen=True)
class _Asked:
    """Who asks what, and in which ticket that is kept, if any is open."""

    channel: str
    word: Word
    own: Customer
    contact: Contact
    is_new: bool
    found: Match

    @property
    def is_ordinary(self) -> bool:
        """Whether it is rather an answer to something."""
        if self.word.plain:
            return False
        return self.found.ticket is not None if self.word.asks == "help" else not self._is_out

    @property
    def _is_out(self) -> bool:
        return self.channel in self.contact.opted_out_of


def heed(texted: Texted) -> Intake | None:
    """Do what the text asks for, once; None when it is no such word, or comes from what is no number."""
    texted = replace(texted, text=storable(texted.text))
    word = word_in(texted.text)
    if word is None or texted.person.type != "phone":
        return None
    try:
        outcome = changes.again(lambda: _heed(texted, word))
    except Replayed as met:
        outcome = intake.of(met.stored)
    if outcome:
        answer_word.queue(texted.key)
    return outcome


def _heed(texted: Texted, word: Word) -> Intake | None:
    now, change = clock.now(), Changes()
    asked = _asked(texted, word, now)
    if asked.is_ordinary:
        return None
    kept = _kept(change, texted, asked, now)
    said = Said(texted.channel, Actor("customer", asked.own.id), texted.text)
    said = replace(said, ticket_id=kept.ticket_id, message_id=kept.id) if kept else said
    wished = _wished(texted, asked)
    _write(change, asked, wished, said, now)
    answer_word.claim(change, texted.key, texted.channel, asked.own, wished, word.asks, texted.text)
    sender_pace.note(change, texted.person.value)
    outcome = Intake("message", now, kept.ticket_id, kept.id, kept.matched_by) if kept else Intake("consent", now)
    intake.record(change, texted.key, replace(outcome, reason=outcome.reason or word.asks))
    if texted.beside:
        texted.beside(change)
    change.commit()
    return outcome


def _asked(texted: Texted, word: Word, now: datetime) -> _Asked:
    person = texted.person
    known = customers.by_contact(person.type, person.value)
    own = known or identify_customer.new_customer(person, now)
    contact = next(one for one in own.contacts if (one.type, one.value) == (person.type, person.value))
    stands = identify_customer.survivor(own) or own
    listed = receive_message.candidates(texted.hints(), stands, person.value, lambda _: True)
    found = match(listed, stands, person.value, verified=True)
    if found.ticket and found.ticket.status == "closed":
        found = Match()
    return _Asked(texted.channel, word, own, contact, known is None, found)


def _wished(texted: Texted, asked: _Asked) -> Contact:
    if asked.word.asks == "help":
        return asked.contact
    return change_consent.turned(asked.contact, texted.channel, asked.word.asks == "stop")


def _write(change: Changes, asked: _Asked, wished: Contact, said: Said, now: datetime) -> None:
    if not asked.is_new:
        if wished != asked.contact:
            change_consent.save(change, asked.own, wished, said)
        return
    saved = customers.add(change, identify_customer.with_contact(asked.own, wished, now))
    event = identify_customer.event_of(saved, "customer.created", said.actor)
    events.add(change, replace(event, changes=change_consent.told([asked.contact], saved.contacts)))
    change_consent.record(change, [asked.contact], saved, said)


def _kept(change: Changes, texted: Texted, asked: _Asked, now: datetime) -> Message | None:
    """The text as a message of the ticket, with no bearing on its life."""
    before = asked.found.ticket
    if before is None:
        return None
    message = Message(
        id=ids.new("msg"),
        ticket_id=before.id,
        author=Author("customer", asked.own.id, asked.own.display_name),
        visibility="public",
        channel=texted.channel,
        text=texted.text,
        created_at=now,
        contact=texted.person.value,
        matched_by=asked.found.reason,
        automatic=True,
    )
    saved = tickets.save(change, life.recorded(before, message), shop.read().rules)
    messages.add(change, message, saved.customer_id)
    event = Event(
        id=ids.new("evt"),
        type="message.received",
        created_at=now,
        actor=Actor("customer", asked.own.id),
        subject=saved.id,
        ticket_id=saved.id,
        customer_id=saved.customer_id,
        message_id=message.id,
        version=saved.version,
        counts=(standing(before), standing(saved)),
    )
    events.add(change, event)
    return message
