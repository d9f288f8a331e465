"""Proves of a raw mail, a quarter of an hour after it came, that it is known what became of it; if not, takes it in.

Whoever comes here has no notice of SES in hand, so nothing is known of the mail's verdicts: it is kept apart until an
agent lets it in, or until the notice comes after all. One that cannot even be read is recorded as failed in the end.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

from chalicelib import clock, errors, log
from chalicelib.actions.receive_mail import HEAD_OCTETS, MOST_OCTETS, receive_mail
from chalicelib.channels import email_addresses, email_headers, email_in
from chalicelib.domain.stored_mail import UNKNOWN, StoredMail
from chalicelib.domain.task import Task
from chalicelib.store import files, intake, raw_mail, suspended
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.raw_mail import RawMail
from chalicelib.store.suspended import Suspended

# By then whoever was told of a mail has taken it in, or has failed for good.
PATIENCE = timedelta(minutes=15)
KILLED = "It ended the process that read it"


def account(key: str, last_try: bool = False) -> None:
    """See to it that the mail under that key has an outcome, and count it, once.

    It is counted as seen before it is touched: a mail may kill its process. One that fails raises its error, so that it
    comes again; on the `last_try` it is recorded as failed before it is tried, and with the kind of error after that.
    """
    mail_id = raw_mail.id_of(key)
    if not raw_mail.is_mail(key):
        return
    if intake.of_mail(mail_id) is None and not _taken_in(key, last_try):
        return
    raw_mail.count(mail_id, accounted=True)


def unannounced(key: str) -> StoredMail:
    """The mail under that key, of which the mail service has told nothing.

    To whom it came is then what it says itself: a reply address is signed, whoever names it.
    """
    read = email_in.read(files.beginning_of_mail(key, MOST_OCTETS)[0])
    named = tuple(dict.fromkeys((*read.to, *read.cc)))
    return StoredMail(raw_mail.id_of(key), key, named, UNKNOWN, UNKNOWN, UNKNOWN)


def task_of(key: str) -> Task:
    return Task("jobs", "account_mail", {"key": key})


def _taken_in(key: str, last_try: bool) -> bool:
    """False when there is no such mail any more."""
    raw = raw_mail.find(key)
    if raw is None:
        return False
    raw_mail.count(raw.id, accounted=False)
    if last_try:
        _try_last(raw)
    else:
        _receive(raw)
    return True


def _receive(raw: RawMail, anew: bool = False) -> None:
    outcome = receive_mail(unannounced(raw.key), anew)
    log.warning("mail.unannounced", mail_id=raw.id, outcome=outcome.outcome)


def _try_last(raw: RawMail) -> None:
    """What is recorded first stands, should the mail kill this process, too."""
    failed = _failed(raw, KILLED)
    if not _recorded(failed):
        return
    raw_mail.count(raw.id, accounted=True)
    try:
        _receive(raw, anew=True)
    except Exception as error:  # whatever is wrong with one mail, it must be told and not be lost
        suspended.rewrite(replace(failed, error=errors.told(error)))
        log.error("mail.failed", mail_id=raw.id, cause=errors.told(error))


def _recorded(failed: Suspended) -> bool:
    """False when its notice came meanwhile, and fared better."""
    change = Changes()
    suspended.add(change, failed)
    try:
        change.commit()
    except Replayed:
        return False
    return True


def _failed(raw: RawMail, error: str) -> Suspended:
    return Suspended(
        id=raw.id,
        reason=suspended.FAILED,
        received_at=clock.now(),
        raw_key=raw.key,
        size=raw.size,
        recipients=(),
        spam=UNKNOWN,
        virus=UNKNOWN,
        dmarc=UNKNOWN,
        sender=_sender(raw),
        error=error,
    )


def _sender(raw: RawMail) -> str | None:
    """Who its head says wrote it, should he be forgotten one day. The reader that failed is not asked."""
    head, _ = files.beginning_of_mail(raw.key, HEAD_OCTETS)
    with suppress(Exception):  # whatever is wrong with its head, it is recorded
        fields, _ = email_headers.split_head(head, 0, len(head))
        return next((one.email for one in email_addresses.mailboxes(fields.raw("from"))), None)
    return None
