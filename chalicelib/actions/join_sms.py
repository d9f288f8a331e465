"""Joins the parts of one long SMS, where AWS tells of each as a text of its own.

What a number sends within ten seconds of a full part goes on in that message, as long as nothing else was written in
the ticket since. The message grows where it stands: nobody waits anew, and it keeps its id and its time.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib import clock, ids
from chalicelib.channels import sms_parts as sizes
from chalicelib.domain.event import Actor, Event, standing
from chalicelib.domain.message import Message, preview
from chalicelib.domain.storable_text import storable
from chalicelib.domain.ticket import Ticket
from chalicelib.store import changes, events, intake, keys, messages, sender_pace, shop, sms_parts, tickets
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.intake import Intake
from chalicelib.store.sms_parts import SmsPart

REASON = "part"
_SPACES = " \n"


def join(sms_id: str, number: str, body: str) -> Intake | None:
    """Let the message of a moment ago go on with the text, once; None when that is one of its own."""
    try:
        return changes.again(lambda: _join(sms_id, number, body))
    except Replayed as met:
        return intake.of(met.stored)


def goes_on(number: str, body: str) -> bool:
    """Whether the text is the next part of a message of the number."""
    return _before(number, body) is not None


def leave_off(change: Changes, number: str, body: str, ticket: Ticket, message: Message) -> bool:
    """Keep where the number left off, if the text may be but a part of what it has to say; whether it may."""
    part = sizes.measure(body)
    if not sizes.may_go_on(part) or not storable(body):
        return False
    kept = SmsPart(message.ticket_id, message.id, ticket.message_count, part.units, clock.now(), part.septets)
    sms_parts.leave_off(change, number, kept)
    return True


def kept_text(body: str) -> str:
    """What is kept of a text; the space at the end of a full part stays, since a word may follow."""
    text = storable(body)
    return text + _tail(body) if text and sizes.may_go_on(sizes.measure(body)) else text


def _join(sms_id: str, number: str, body: str) -> Intake | None:
    found = _before(number, body)
    if found is None:
        return None
    ticket, message = found
    now, change = clock.now(), Changes()
    joined = replace(message, text=f"{message.text}{_lead(message.text, body)}{kept_text(body)}")
    if len(joined.text.encode()) > messages.INLINE_OCTETS:
        return None
    shown = replace(ticket, updated_at=now, preview=preview(joined.text))
    saved = tickets.save(change, shown, shop.read().rules)
    messages.lengthen(change, joined)
    events.add(change, _event(saved, joined, now))
    if not leave_off(change, number, body, saved, joined):
        sms_parts.end(change, number)
    sender_pace.note(change, number)
    outcome = Intake("message", now, message.ticket_id, message.id, REASON)
    intake.record(change, keys.sms(sms_id), outcome)
    change.commit()
    return outcome


def _before(number: str, body: str) -> tuple[Ticket, Message] | None:
    """The message that the text goes on in, with its ticket: still the newest of that, and full to its end."""
    part = sms_parts.waiting(number)
    if part is None or not sizes.goes_on(sizes.Measure(part.septets, part.units), body):
        return None
    ticket, message = tickets.get(part.ticket_id), messages.get(part.ticket_id, part.message_id)
    return (ticket, message) if ticket and message and _is_newest(ticket, part) else None


def _is_newest(ticket: Ticket, part: SmsPart) -> bool:
    """And still to be answered: what comes after somebody was done with it is to open it again."""
    waits = ticket.group == "open" and ticket.erased_at is None and ticket.merged_into is None
    return waits and (ticket.last_public_id, ticket.message_count) == (part.message_id, part.message_count)


def _event(ticket: Ticket, message: Message, now: datetime) -> Event:
    """It came again, longer: whoever follows reads it anew."""
    return Event(
        id=ids.new("evt"),
        type="message.received",
        created_at=now,
        actor=Actor("customer", message.author.id),
        subject=ticket.id,
        ticket_id=ticket.id,
        customer_id=ticket.customer_id,
        message_id=message.id,
        version=ticket.version,
        counts=(standing(ticket), standing(ticket)),
    )


def _lead(before: str, body: str) -> str:
    return body[: len(body) - len(body.lstrip(_SPACES))] or sizes.between(before, body)


def _tail(body: str) -> str:
    return body[len(body.rstrip(_SPACES)) :]
