"""Which mails are kept out of the tickets, and why; and keeping them apart."""

from datetime import datetime

from chalicelib import clock, ids, log, settings
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.domain import reply_address
from chalicelib.domain.contact import normal_email
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.domain.ticket import MAX_SUBJECT
from chalicelib.errors import Invalid
from chalicelib.store import blocked_senders, events, suspended
from chalicelib.store.changes import Changes
from chalicelib.store.intake import Intake
from chalicelib.store.suspended import Suspended


def cause_to_suspend(mail: StoredMail, read: IncomingEmail) -> str | None:
    if mail.virus == "FAIL":
        return "virus"
    if mail.spam == "FAIL":
        return "spam"
    if mail.dmarc == "FAIL" and (mail.dmarc_policy or "").upper() in ("REJECT", "QUARANTINE"):
        return "dmarc"
    sender = sender_of(read)
    if sender is None:
        return None if read.bounce else "no-sender"
    if is_own(sender):
        return "own-address"
    # A report about a mail of ours is no mail of its sender's.
    return "blocked-sender" if not read.bounce and blocked_senders.is_blocked(sender) else None


def sender_of(read: IncomingEmail) -> str | None:
    try:
        return normal_email(read.from_email or "")
    except Invalid:
        return None


def is_own(address: str) -> bool:
    """A mail from ourselves is a loop: it would be answered to ourselves again."""
    return address == settings.support_email() or reply_address.parse(address) is not None


def suspend(mail: StoredMail, read: IncomingEmail, size: int, cause: str) -> Intake:
    """Keep it out of the tickets, with its cause, for an agent to look at."""
    now, change = clock.now(), Changes()
    suspended.add(change, _kept_apart(mail, read, size, cause, now))
    told = {"suspended_id": [None, mail.id], "reason": [None, cause]}
    events.add(change, Event(ids.new("evt"), "mail.suspended", now, SYSTEM, mail.id, changes=told))
    change.commit()
    log.info("mail.suspended", mail_id=mail.id, cause=cause)
    return Intake("suspended", now, reason=cause, raw_key=mail.key)


def _kept_apart(mail: StoredMail, read: IncomingEmail, size: int, cause: str, now: datetime) -> Suspended:
    return Suspended(
        id=mail.id,
        reason=cause,
        received_at=now,
        raw_key=mail.key,
        size=size,
        recipients=mail.recipients,
        spam=mail.spam,
        virus=mail.virus,
        dmarc=mail.dmarc,
        dmarc_policy=mail.dmarc_policy,
        sender=(read.from_email or "")[:320] or None,
        sender_name=read.from_name[:200],
        subject=read.subject[:MAX_SUBJECT],
    )
