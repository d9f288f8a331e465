"""Lets a suspended mail in after all, or deletes it: an agent decides, or after 14 days time does.

Of a release, a deletion and a second release at the same moment one happens: the transaction that opens or answers the
ticket changes the mail's own row too. A mail to several tickets takes several, so its row is claimed before them.
"""

from dataclasses import replace

from chalicelib import clock, log
from chalicelib.actions.receive_mail import take_in
from chalicelib.actions.screen_mail import is_own, sender_of
from chalicelib.actions.write_incoming import for_each_ticket
from chalicelib.channels import email_in
from chalicelib.domain import suspension
from chalicelib.domain.event import Actor
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.errors import Invalid, NotFound
from chalicelib.store import files, idempotency, intake, keys, raw_mail, suspended
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.files import MailGone
from chalicelib.store.idempotency import Keyed
from chalicelib.store.intake import Intake
from chalicelib.store.suspended import Suspended


def release(mail_id: str, actor: Actor, keyed: Keyed | None = None) -> Intake:
    """Make the mail a message, as if it had come in now and nothing had spoken against it.

    Again and again, it says what the first release made of it.

    Raises:
        NotFound: code `suspended-not-found`: there is none, or it was deleted, or is over 14 days old.
        Invalid: code `mail-without-sender`.
        Replayed: the idempotency key was there before.
    """
    held = suspended.get(mail_id)
    made = _accept(held, actor, keyed) if held else None
    return made or _released_before(mail_id, keyed)


def delete(mail_id: str) -> None:
    """Delete the mail and its octets; what was released stays where it is.

    Raises:
        NotFound: code `suspended-not-found`.
        Contention: it is being released at this moment.
    """
    if not _removed(mail_id):
        raise _not_found(mail_id)
    log.info("mail.deleted", mail_id=mail_id)


def put_into_bin(mail_id: str) -> None:
    """Delete the mail as agents do by one press: it can be taken back until its 14 days are over.

    Raises as `delete` does.
    """
    if not suspended.put_into_bin(mail_id):
        raise _not_found(mail_id)
    log.info("mail.binned", mail_id=mail_id)


def take_back(mail_id: str) -> None:
    """Let a mail that an agent deleted wait for a decision again.

    Raises:
        NotFound: code `suspended-not-found`: it is gone for good, or was not deleted.
    """
    if not suspended.take_out_of_bin(mail_id):
        raise _not_found(mail_id)
    log.info("mail.taken-back", mail_id=mail_id)


class NotExpired(Exception):
    """Says how many mails could not be deleted; the next night tries again."""


def expire() -> int:
    """Delete all that were suspended 14 days ago or earlier, and what a deletion left behind; returns how many.

    Raises:
        NotExpired: some of them could not be deleted.
    """
    overdue = list(suspended.expired())
    failed = [mail_id for mail_id in overdue if not _expired(mail_id)]
    if failed:
        raise NotExpired(f"{len(failed)} of {len(overdue)} mails")
    return len(overdue)


def stored(held: Suspended) -> StoredMail:
    """The mail with what the mail service found of it when it came; what it becomes is written over that it is held."""
    return StoredMail(
        id=held.id,
        key=held.raw_key,
        recipients=held.recipients,
        spam=held.spam,
        virus=held.virus,
        dmarc=held.dmarc,
        dmarc_policy=held.dmarc_policy,
        spf=held.spf,
        envelope_sender=held.envelope_sender,
        held=True,
        cause=held.reason,
    )


def _expired(mail_id: str) -> bool:
    try:
        _removed(mail_id)
    except Exception as error:  # one mail that S3 or the table does not let go must not keep the others
        log.error("mail.not-expired", mail_id=mail_id, error=repr(error))
        return False
    return True


def _removed(mail_id: str) -> bool:
    """In this order the next night can do again what broke off: the mail is listed until its octets are gone."""
    raw_key = suspended.remove(mail_id)
    if raw_key is None:
        return False
    files.delete_mail(raw_key)
    suspended.forget(mail_id)
    return True


def _accept(held: Suspended, actor: Actor, keyed: Keyed | None) -> Intake | None:
    """Take it in; None when somebody was faster. Nobody is answered automatically for our own mail or a bounce."""
    mail = stored(held)
    try:
        read = email_in.read(files.read_mail(mail.key))
    except MailGone:
        return None
    sender = sender_of(read)
    if sender is None:
        raise Invalid("This mail names no sender, so there is nobody to answer.", code="mail-without-sender")
    read = replace(read, automatic=read.automatic or bool(read.bounce) or is_own(sender))
    incoming = for_each_ticket(mail, read)
    if len(incoming) > 1 and not suspended.claim(mail.id):
        return None
    try:
        return take_in(mail, incoming, _of_received(keyed), actor)
    except Replayed as met:
        first = intake.of(met.stored)
        if first is None:
            raise
        return _accept_duplicate(mail, first, keyed) if first.outcome == "message" else None


def _of_received(keyed: Keyed | None) -> Keyed | None:
    """What the answer is made of is an outcome, here as where the mail was released before."""
    if keyed is None:
        return None
    return replace(
        keyed,
        answer=lambda received: keyed.answer(
            Intake("message", clock.now(), received.ticket.id, received.message.id, received.message.matched_by)
        ),
    )


def _accept_duplicate(mail: StoredMail, first: Intake, keyed: Keyed | None) -> Intake | None:
    """The same mail is a message already, by another id of the mail service or another release of this one."""
    now, change = clock.now(), Changes()
    outcome = replace(first, outcome="duplicate", created_at=now, raw_key=mail.key)
    intake.record_mail(change, keys.mail(mail.id), outcome, held=True)
    raw_mail.keep_with(change, outcome.ticket_id or "", mail.key)
    idempotency.record(change, keyed, outcome)
    try:
        change.commit()
    except Replayed as met:
        if intake.of(met.stored) is None:
            raise
        return None
    return outcome


def _released_before(mail_id: str, keyed: Keyed | None) -> Intake:
    known = intake.of_mail(mail_id)
    if known is None or known.released_at is None:
        raise _not_found(mail_id)
    change = Changes()
    idempotency.record(change, keyed, known)
    if len(change):
        change.commit()
    return known


def _not_found(mail_id: str) -> NotFound:
    return NotFound(f"There is no suspended mail {suspension.id_of(mail_id)[:100]}.", code="suspended-not-found")
