"""Takes in one mail that SES has stored: reads it, and makes it a message, a report about a sending, or suspends it.

The raw mail is in the bucket before this runs. What SES says of it (verdicts, recipients) comes from SES's
notification only: the headers of the mail itself can be forged.
"""

from contextlib import suppress
from dataclasses import replace

from chalicelib import clock, log
from chalicelib.actions import receive_bounce, screen_mail
from chalicelib.actions.receive_message import Incoming, receive
from chalicelib.actions.write_incoming import for_each_ticket
from chalicelib.channels import email_in
from chalicelib.domain.event import Actor
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.store import files, intake, keys
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.idempotency import Keyed
from chalicelib.store.intake import Intake


def receive_mail(mail: StoredMail) -> Intake:
    """Take the mail in, once; what became of it is kept under its id. Safe to run again at any time."""
    known = intake.of_mail(mail.id)
    if known:
        return known
    raw = files.read_mail(mail.key)
    try:
        return _receive(mail, raw)
    except Replayed as met:
        return intake.of_mail(mail.id) or _record_duplicate(mail, intake.of(met.stored))


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
    return take_in(mail, for_each_ticket(mail, read))


def take_in(
    mail: StoredMail, incoming: list[Incoming], keyed: Keyed | None = None, actor: Actor | None = None
) -> Intake:
    *others, first = incoming
    for one in others:
        with suppress(Replayed):
            receive(one, actor=actor)
    received = receive(first, keyed, actor)
    log.info("mail.received", mail_id=mail.id, ticket_id=received.ticket.id, message_id=received.message.id)
    return Intake("message", clock.now(), received.ticket.id, received.message.id, received.message.matched_by)


def _record_duplicate(mail: StoredMail, first: Intake | None) -> Intake:
    """The same mail, delivered again under another id of the mail service."""
    outcome = replace(first, outcome="duplicate", created_at=clock.now(), raw_key=mail.key) if first else None
    if outcome is None:
        raise LookupError(f"mail {mail.id} met a guard that is no outcome")
    change = Changes()
    intake.record(change, keys.mail(mail.id), outcome)
    change.commit()
    log.info("mail.duplicate", mail_id=mail.id, message_id=outcome.message_id)
    return outcome
