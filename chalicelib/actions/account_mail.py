"""Proves of a raw mail, a quarter of an hour after it came, that it is known what became of it; if not, takes it in.

Whoever comes here has no notice of SES in hand, so nothing is known of the mail's verdicts: it is kept apart until an
agent lets it in, or until the notice comes after all. One that cannot even be read is recorded as failed in the end.
"""

from datetime import timedelta

from chalicelib import clock, errors, log
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import email_in
from chalicelib.domain.effects import Job
from chalicelib.domain.stored_mail import UNKNOWN, StoredMail
from chalicelib.store import files, intake, raw_mail, suspended
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.suspended import Suspended

# By then whoever was told of a mail has taken it in, or has failed for good.
PATIENCE = timedelta(minutes=15)


def account(key: str, last_try: bool = False) -> None:
    """See to it that the mail under that key has an outcome, and count it, once.

    A mail that fails is counted as seen only, and its error raised, so that it comes again; on the `last_try` it is
    recorded as failed, with the kind of error as its cause.
    """
    mail_id = raw_mail.id_of(key)
    if not raw_mail.is_mail(key):
        return
    if intake.of_mail(mail_id) is None and not _taken_in(key, last_try):
        return
    raw_mail.count(mail_id, accounted=True)


def job_of(key: str) -> Job:
    return Job("jobs", "account_mail", {"key": key})


def _taken_in(key: str, last_try: bool) -> bool:
    """False when there is no such mail any more."""
    try:
        outcome = receive_mail(_unverified(key, files.read_mail(key)))
    except files.MailGone:
        return False
    except Exception as error:  # whatever is wrong with one mail, it must be told and not be lost
        raw_mail.count(raw_mail.id_of(key), accounted=False)
        if not last_try:
            raise
        _record_failed(key, error)
        return True
    log.warning("mail.unannounced", mail_id=raw_mail.id_of(key), outcome=outcome.outcome)
    return True


def _unverified(key: str, raw: bytes) -> StoredMail:
    """To whom it came is then what it says itself: a reply address is signed, whoever names it."""
    read = email_in.read(raw)
    named = tuple(dict.fromkeys((*read.to, *read.cc)))
    return StoredMail(raw_mail.id_of(key), key, named, UNKNOWN, UNKNOWN, UNKNOWN)


def _record_failed(key: str, error: Exception) -> None:
    change = Changes()
    suspended.add(change, _failed(key, errors.told(error)))
    try:
        change.commit()
    except Replayed:  # the notice came meanwhile, and fared better
        return
    log.error("mail.failed", mail_id=raw_mail.id_of(key), cause=errors.told(error))


def _failed(key: str, error: str) -> Suspended:
    found = raw_mail.find(key)
    return Suspended(
        id=raw_mail.id_of(key),
        reason=suspended.FAILED,
        received_at=clock.now(),
        raw_key=key,
        size=found.size if found else 0,
        recipients=(),
        spam=UNKNOWN,
        virus=UNKNOWN,
        dmarc=UNKNOWN,
        error=error,
    )
