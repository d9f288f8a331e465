"""Which mails are kept out of the tickets, and why; and keeping them apart."""

from collections import Counter
from datetime import datetime

from chalicelib import clock, ids, log, settings
from chalicelib.actions import find_answered
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.channels.email_traces import Traces
from chalicelib.domain import reply_address, suspension
from chalicelib.domain.contact import normal_email
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.domain.ticket import MAX_SUBJECT
from chalicelib.errors import Invalid
from chalicelib.store import blocked_senders, doors, events, sender_pace, staff, suspended
from chalicelib.store.changes import Changes
from chalicelib.store.intake import Intake
from chalicelib.store.suspended import Suspended

# Mailboxes that forward to us and groups leave one trace or two each.
MOST_DELIVERIES = 4
# "A large rejection threshold, normally at least 100 Received entries" (RFC 5321, 6.3).
MOST_HOPS = 100
# Whose doors they are is asked of those that stand there most often: DynamoDB reads 100 rows at once.
MOST_NAMED = 100


def cause_to_suspend(mail: StoredMail, read: IncomingEmail) -> str | None:
    if mail.is_unverified:
        return suspended.UNVERIFIED
    if mail.virus == "FAIL":
        return "virus"
    if mail.spam == "FAIL":
        return "spam"
    if mail.dmarc == "FAIL" and (mail.dmarc_policy or "").upper() in ("REJECT", "QUARANTINE"):
        return "dmarc"
    sender = sender_of(read)
    if sender is None:
        return None if read.bounce else _without_sender(read)
    if is_own(sender):
        return "own-address"
    if not read.bounce and _went_round(read.traces):
        return "loop"
    # A report about a mail of ours is no mail of its sender's.
    return "blocked-sender" if not read.bounce and blocked_senders.is_blocked(sender) else None


def sender_of(read: IncomingEmail) -> str | None:
    try:
        return normal_email(read.from_email or "")
    except Invalid:
        return None


def paced_as(mail: StoredMail, read: IncomingEmail) -> str | None:
    """As whom the mail counts towards what one sender may write in an hour; None if it does not.

    Unproven mail counts apart, so that nobody uses up what somebody else may write; and of that again what is written
    to the address that was signed for its sender, which whoever forges his mail seldom knows.
    """
    sender = sender_of(read)
    if sender is None:
        return None
    if mail.is_proven:
        agent = staff.agent_by_email(sender)
        return sender_pace.of_agent(agent.id) if agent else sender
    return f"signed {sender}" if find_answered.is_to_own_address(mail, sender) else f"unproven {sender}"


def _without_sender(read: IncomingEmail) -> str:
    """Where no other field could be read either, it is no mail."""
    head = read.subject or read.to or read.cc or read.message_id or read.date
    return "no-sender" if head else "unparseable"


def _went_round(traces: Traces) -> bool:
    """Whether it is a mail of ours, or came through a door of ours again and again, or from machine to machine."""
    often = Counter(address.lower() for address in traces.doors)
    ours = {door.email for door in doors.among(address for address, _ in often.most_common(MOST_NAMED))}
    own = sum(times for address, times in often.items() if address in ours or reply_address.parse(address))
    marked = settings.mail_domain().lower() in traces.marks
    return marked or own > MOST_DELIVERIES or traces.hops > MOST_HOPS


def is_own(address: str) -> bool:
    """A mail from ourselves is a loop: it would be answered to ourselves again."""
    return reply_address.parse(address) is not None or doors.is_door(address)


def suspend(mail: StoredMail, read: IncomingEmail, size: int, cause: str) -> Intake:
    """Keep it out of the tickets, with its cause, for an agent to look at."""
    now, change = clock.now(), Changes()
    write = suspended.add_over if mail.held else suspended.add
    write(change, kept_apart(mail, read, size, cause, now))
    told = {"suspended_id": [None, suspension.id_of(mail.id)], "reason": [None, cause]}
    events.add(change, Event(ids.new("evt"), "mail.suspended", now, SYSTEM, mail.id, changes=told))
    change.commit()
    log.info("mail.suspended", mail_id=mail.id, cause=cause)
    return Intake("suspended", now, reason=cause, raw_key=mail.key)


def kept_apart(mail: StoredMail, read: IncomingEmail, size: int, cause: str, now: datetime) -> Suspended:
    """What is shown of the mail, and what a release needs to know of it."""
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
        spf=mail.spf,
        envelope_sender=mail.envelope_sender[:320],
        sender=(read.from_email or "")[:320] or None,
        sender_name=read.from_name[:200],
        subject=read.subject[:MAX_SUBJECT],
    )
