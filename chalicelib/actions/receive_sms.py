"""Takes in one SMS: into the ticket it answers, the ticket that last texted this number, or a new one.

Two kinds of text are none of their own: what is nothing but STOP, HELP or START (`heed_word`), and what is but a part
of a long one (`join_sms`). What may be either is a part, unless it says STOP.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib import clock, settings
from chalicelib.actions import answer_word, find_texted, join_sms, keep_media
from chalicelib.actions.heed_word import Texted, heed
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming, Received, Source
from chalicelib.actions.keep_media import Media
from chalicelib.actions.receive_message import receive
from chalicelib.channels import phone_numbers
from chalicelib.domain.consent_words import asks_to_stop
from chalicelib.domain.message import MAX_TEXT
from chalicelib.domain.storable_text import storable
from chalicelib.errors import Contention
from chalicelib.store import intake, keys, sender_pace
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.intake import Intake

EMPTY = "(empty message)"
_TRIES = 5


@dataclass(frozen=True)
class InboundSms:
    """As AWS End User Messaging tells of it; `previous_id` is the message of ours that it answers, if AWS knows."""

    id: str
    sender: str
    body: str
    previous_id: str | None = None
    media: tuple[Media, ...] = ()


class _GoesOn(Exception):
    """The text is a part of the message that came in a moment ago."""


def receive_sms(sms: InboundSms) -> Intake:
    """Take the SMS in, once. A sender that is no number (a short code, a name) is taken in and cannot be answered.

    Raises:
        Contention: others were faster again and again.
    """
    known = intake.of_sms(sms.id)
    if known is None:
        return _take(sms, _person(sms.sender))
    answer_word.queue(keys.sms(sms.id))  # who wrote it down may have died before he came to this
    return known


def _take(sms: InboundSms, person: Person) -> Intake:
    for _ in range(_TRIES):
        try:
            return heed(_texted(sms, person)) or _taken(sms, person)
        except _GoesOn:
            joined = join_sms.join(sms.id, person.value, sms.body)
            if joined:
                return joined
    raise Contention("Parts of one text came in all at once. Try again.")


def _person(sender: str) -> Person:
    """Our own number is nobody's: what went out to it would come in again."""
    number = phone_numbers.of_carrier(sender)
    if number and number != settings.support_phone():
        return Person("phone", number)
    name = storable(sender)[:40] or "?"
    return Person("external", f"sms:{name}", name)


def _texted(sms: InboundSms, person: Person) -> Texted:
    return Texted("sms", sms.body, person, keys.sms(sms.id), lambda: _hints(sms, person))


def _taken(sms: InboundSms, person: Person) -> Intake:
    try:
        received = receive(_incoming(sms, person))
    except Replayed:
        return intake.of_sms(sms.id) or Intake("failed", clock.now())
    return Intake("message", clock.now(), received.ticket.id, received.message.id, received.message.matched_by)


def _incoming(sms: InboundSms, person: Person) -> Incoming:
    files, missing = keep_media.keep(sms.id, sms.media)
    text = join_sms.kept_text(sms.body)
    return Incoming(
        channel="sms",
        text=text[:MAX_TEXT] or ("" if files else EMPTY),
        sender=person,
        attachments=files,
        more_hints=lambda: _hints(sms, person),
        source=Source(keys.sms(sms.id)),
        answerable=person.type == "phone",
        is_spent=lambda: sender_pace.is_spent(person.value),
        problems=(*missing, *(("the text is too long",) if len(text) > MAX_TEXT else ())),
        beside=lambda change, received: _note(change, sms, person, received),
    )


def _hints(sms: InboundSms, person: Person) -> Iterable[Hint]:
    """Looked for anew on each try, so that of two parts at once the second finds the first.

    Raises:
        _GoesOn: it belongs to no ticket by itself, but to a message.
    """
    if not sms.media and not asks_to_stop(storable(sms.body)) and join_sms.goes_on(person.value, sms.body):
        raise _GoesOn
    return find_texted.hints(sms.previous_id, person)


def _note(change: Changes, sms: InboundSms, person: Person, received: Received) -> None:
    sender_pace.note(change, person.value)
    if not sms.media:
        join_sms.leave_off(change, person.value, sms.body, received.ticket, received.message)
