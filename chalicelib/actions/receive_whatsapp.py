"""Takes in one WhatsApp message: into the ticket it answers, the ticket that last texted this number, or a new one.

A number is one person on every channel: what he texted before is found from here, and the other way.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib import clock, ids, log
from chalicelib.actions import answer_word, find_texted
from chalicelib.actions.heed_word import Texted, heed
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming, Source
from chalicelib.actions.receive_message import receive
from chalicelib.actions.receive_sms import EMPTY
from chalicelib.channels import whatsapp_files, whatsapp_numbers
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.channels.whatsapp_in import Media, WhatsAppMessage
from chalicelib.domain import consent_words
from chalicelib.domain.message import Attachment
from chalicelib.domain.storable_text import storable
from chalicelib.domain.whatsapp_session import Session
from chalicelib.store import files, intake, keys, whatsapp_sessions
from chalicelib.store.changes import Replayed
from chalicelib.store.intake import Intake

_UNFETCHED = "the file could not be fetched from WhatsApp"


def receive_whatsapp(message: WhatsAppMessage, last_try: bool = False) -> Intake | None:
    """Take the message in, once. What is no writing (a reaction) and points at no ticket is passed over: None.

    Raises:
        Throttled, Unknown: its file cannot be fetched at this moment; not on the `last_try`, when it comes without.
    """
    known = intake.of_whatsapp(message.id)
    if known:
        answer_word.queue(keys.whatsapp(message.id))  # who wrote it down may have died before he came to this
        return known
    person = _person(message)
    if message.beside and not any(True for _ in _hints(message, person)):
        log.info("whatsapp.passed_over", type=message.type)
        return None
    heeded = heed(_texted(message, person)) if message.type == "text" or _presses_stop(message) else None
    if heeded:
        return heeded
    try:
        received = receive(_with_file(_incoming(message, person), message, last_try))
    except Replayed:
        return intake.of_whatsapp(message.id) or Intake("failed", clock.now())
    return Intake("message", clock.now(), received.ticket.id, received.message.id, received.message.matched_by)


def _presses_stop(message: WhatsAppMessage) -> bool:
    """What stands on a button that he pressed is what he says, and so is what it was named by, out of his sight."""
    return any(map(consent_words.presses_stop, message.pressed))


def _texted(message: WhatsAppMessage, person: Person) -> Texted:
    """A word opens a session, too: he may be answered freely after START."""
    session = _session(message, person)
    return Texted(
        channel="whatsapp",
        text=next(filter(consent_words.presses_stop, message.pressed), message.text),
        person=person,
        key=keys.whatsapp(message.id),
        hints=lambda: _hints(message, person),
        beside=lambda change: whatsapp_sessions.heard(change, session) if session else None,
    )


def _incoming(message: WhatsAppMessage, person: Person) -> Incoming:
    return Incoming(
        channel="whatsapp",
        text=storable(message.text) or EMPTY,
        sender=person,
        more_hints=lambda: _hints(message, person),
        source=Source(keys.whatsapp(message.id)),
        automatic=message.beside,
        answerable=person.type == "phone",
        session=_session(message, person),
    )


def _session(message: WhatsAppMessage, person: Person) -> Session | None:
    opens = person.type == "phone" and message.opens_session
    return Session(person.value, _when(message), message.id) if opens else None


def _person(message: WhatsAppMessage) -> Person:
    """Who hides his number is known by Meta's id of him, and cannot be answered."""
    number = whatsapp_numbers.parse(message.sender)
    if number:
        return Person("phone", number, message.name)
    return Person("external", f"whatsapp:{message.sender[:100]}", message.name or message.sender[:40])


def _when(message: WhatsAppMessage) -> datetime:
    """When Meta took it: from then on its 24 hours count, however late it comes to us."""
    now = clock.now()
    return min(message.sent_at or now, now)


def _hints(message: WhatsAppMessage, person: Person) -> Iterable[Hint]:
    """As of every text; he may also quote, change or take back a message of his own."""
    own = intake.of_whatsapp(message.answers) if message.answers else None
    if own and own.ticket_id:
        yield Hint(own.ticket_id, "previous-message", message_id=own.message_id)
    yield from find_texted.hints(message.answers, person)


def _with_file(incoming: Incoming, message: WhatsAppMessage, last_try: bool) -> Incoming:
    """With its file or, where that is lost, with its name."""
    if message.media is None:
        return incoming
    file = _fetched(message.id, message.media, last_try)
    if file:
        return replace(incoming, attachments=(file,))
    named = f"{incoming.text}\n({message.media.name}: not fetched)"
    return replace(incoming, text=named, problems=(_UNFETCHED,))


def _fetched(wamid: str, media: Media, last_try: bool) -> Attachment | None:
    """The file in our own bucket. One key a message: a second try puts it where the first did."""
    key = f"attachments/whatsapp/{hashlib.sha256(wamid.encode()).hexdigest()[:32]}/{media.id}"
    try:
        whatsapp_files.fetch(media.id, files.place_for(key))
    except (Throttled, Unknown):
        if not last_try:
            raise
    except Rejected as refusal:
        log.warning("whatsapp.file_refused", reason=refusal.reason)
    size = files.size_of(key)
    return Attachment(ids.new("att"), media.name, media.content_type, size, key) if size is not None else None
