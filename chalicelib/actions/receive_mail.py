"""Takes in one mail that SES has stored: reads it, and makes it a message, a report about a sending, or suspends it.

The raw mail is in the bucket before this runs. What SES says of it (verdicts, recipients) comes from SES's
notification only: the headers of the mail itself can be forged.
"""

from dataclasses import replace

from chalicelib import clock, log
from chalicelib.actions import answer_by_mail, receive_bounce, screen_mail, write_incoming
from chalicelib.actions.incoming import Incoming, Received
from chalicelib.actions.receive_message import receive
from chalicelib.actions.write_incoming import for_each_ticket
from chalicelib.channels import email_in
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.domain.event import Actor
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.store import files, intake, keys, raw_mail, sender_pace, suspended
from chalicelib.store.changes import Changes, Replayed, Stale
from chalicelib.store.idempotency import Keyed
from chalicelib.store.intake import Intake
from chalicelib.store.sender_pace import TooMany

# SES takes mails of up to 40 MB; what is put into the bucket otherwise may be of any size.
MOST_OCTETS = 40 * 1024 * 1024
HEAD_OCTETS = 65_536


def receive_mail(mail: StoredMail, anew: bool = False) -> Intake:
    """Take the mail in, once; what became of it is kept under its id. Safe to run again at any time.

    One that is suspended is taken in by the notice it waited for, or `anew` by any: what it becomes is written over
    that it is suspended, so there is no moment when nothing is known of it.

    Raises:
        Stale: an agent is deciding on it at this moment.
    """
    known = intake.of_mail(mail.id)
    if known and not ((anew or _waits_for(mail, known)) and suspended.get(mail.id)):
        return known
    mail = replace(mail, held=known is not None)
    raw, size = files.beginning_of_mail(mail.key, MOST_OCTETS)
    try:
        return _receive(mail, raw) if size <= MOST_OCTETS else _keep_unread(mail, raw, size)
    except Replayed as met:
        if (met.stored.pk, met.stored.sk) == keys.mail(mail.id):
            return receive_mail(mail, anew)
        return _record_duplicate(mail, intake.of(met.stored))


def _waits_for(mail: StoredMail, known: Intake) -> bool:
    """Whether what is known of the mail came without a notice, and this is one."""
    without = known.outcome == suspended.FAILED or known.reason == suspended.UNVERIFIED
    return without and not mail.is_unverified


def _receive(mail: StoredMail, raw: bytes) -> Intake:
    read = email_in.read(raw)
    cause = screen_mail.cause_to_suspend(mail, read)
    if read.bounce and cause is None:
        returned = list(receive_bounce.returned_by(read.bounce))
        if returned:
            return receive_bounce.record(mail, read.bounce, returned)
        cause = "unknown-bounce"
    if cause:
        return screen_mail.suspend(mail, read, len(raw), cause)
    return _let_in(mail, read, len(raw))


def _keep_unread(mail: StoredMail, raw: bytes, size: int) -> Intake:
    """Of a mail too large for us only the head is read."""
    return screen_mail.suspend(mail, email_in.read(raw[:HEAD_OCTETS]), size, "too-large")


def _let_in(mail: StoredMail, read: IncomingEmail, size: int) -> Intake:
    """Make it a message, unless its sender writes too much."""
    who = screen_mail.paced_as(mail, read)
    try:
        if who and sender_pace.is_spent(who):
            raise TooMany(who)
        return take_in(mail, _counted(_claimed(mail, for_each_ticket(mail, read)), who))
    except TooMany:
        return _beyond_pace(mail, read, size)


def _beyond_pace(mail: StoredMail, read: IncomingEmail, size: int) -> Intake:
    """What came before is still known: the same mail, and one that broke off between the tickets it was sent to."""
    if write_incoming.has_begun(mail, read):
        return take_in(mail, _claimed(mail, for_each_ticket(mail, read)))
    twin = write_incoming.twin_of(mail, read)
    return _record_duplicate(mail, twin) if twin else screen_mail.suspend(mail, read, size, "too-many")


def _claimed(mail: StoredMail, incoming: list[Incoming]) -> list[Incoming]:
    """The same. Of a suspended mail to several tickets nobody may delete the octets between them."""
    if mail.held and len(incoming) > 1 and not suspended.claim(mail.id):
        raise Stale
    return incoming


def _counted(incoming: list[Incoming], who: str | None) -> list[Incoming]:
    """The same, of which the one that is written first counts for the sender."""
    first, *others = incoming
    return [replace(first, source=replace(first.source, paced_as=who)) if first.source else first, *others]


def take_in(
    mail: StoredMail, incoming: list[Incoming], keyed: Keyed | None = None, actor: Actor | None = None
) -> Intake:
    *others, first = incoming
    also = tuple(filter(None, [_beside(one, actor) for one in others]))
    if also and first.source:
        first = replace(first, source=replace(first.source, also=also))
    received = _take_in(first, keyed, actor)
    log.info("mail.received", mail_id=mail.id, ticket_id=received.ticket.id, message_id=received.message.id)
    return Intake("message", clock.now(), received.ticket.id, received.message.id, received.message.matched_by)


def _beside(incoming: Incoming, actor: Actor | None) -> tuple[str, str] | None:
    """The ticket and message that the mail became beside the first; None where it was there under another id."""
    try:
        received = _take_in(incoming, None, actor)
    except Replayed as met:
        before = intake.of(met.stored)
        own = before and incoming.source and (met.stored.pk, met.stored.sk) == incoming.source.key
        return (before.ticket_id or "", before.message_id or "") if before and own else None
    return received.ticket.id, received.message.id


def _take_in(incoming: Incoming, keyed: Keyed | None, actor: Actor | None) -> Received:
    answered = next((hint for hint in incoming.hints if hint.agent_id), None)
    if answered and answered.agent_id:
        return answer_by_mail.answer(incoming, answered, answered.agent_id, keyed)
    return receive(incoming, keyed, actor)


def _record_duplicate(mail: StoredMail, first: Intake | None) -> Intake:
    """The same mail, delivered again under another id of the mail service."""
    outcome = replace(first, outcome="duplicate", created_at=clock.now(), raw_key=mail.key) if first else None
    if outcome is None:
        raise LookupError(f"mail {mail.id} met a guard that is no outcome")
    change = Changes()
    intake.record_mail(change, keys.mail(mail.id), outcome, mail.held)
    raw_mail.keep_with(change, outcome.ticket_id or "", mail.key)
    change.commit()
    log.info("mail.duplicate", mail_id=mail.id, message_id=outcome.message_id)
    return outcome
