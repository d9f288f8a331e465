"""Takes in one mail that SES has stored: reads it, and makes it a message, a report about a sending, or suspends it.

The raw mail is in the bucket before this runs. What SES says of it (verdicts, recipients) comes from SES's
notification only: the headers of the mail itself can be forged.
"""

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from chalicelib import clock, ids, log, safe_html, settings
from chalicelib.actions import record_delivery
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.receive_message import Hint, Incoming, Source, receive
from chalicelib.actions.record_delivery import Report
from chalicelib.channels import email_in, outgoing
from chalicelib.channels.email_bounce import Bounce
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.domain import message as words
from chalicelib.domain import reply_address, reply_matching
from chalicelib.domain.contact import normal_email
from chalicelib.domain.delivery import PURPOSES, Delivery
from chalicelib.domain.event import SYSTEM, Actor, Event
from chalicelib.domain.message import Attachment
from chalicelib.domain.ticket import MAX_SUBJECT, Ticket
from chalicelib.errors import Invalid
from chalicelib.store import deliveries, events, files, intake, keys, suspended, tickets
from chalicelib.store.changes import Changes, Replayed
from chalicelib.store.idempotency import Keyed
from chalicelib.store.intake import Found, Intake
from chalicelib.store.suspended import Suspended

# How long the same mail may come again: senders retry for days, and what has neither id nor date is soon another mail.
TWIN_LIFE = timedelta(days=14)
NAMELESS_TWIN_LIFE = timedelta(minutes=15)

UNREADABLE = "This mail could not be read. The mail as it came is attached."


@dataclass(frozen=True)
class StoredMail:
    """One mail in the bucket, and what SES found: verdicts are PASS, FAIL, GRAY or PROCESSING_FAILED.

    Only a `dmarc` of PASS proves the sender; GRAY is a domain without a policy, which anybody may write as.
    """

    id: str
    key: str
    recipients: tuple[str, ...]
    spam: str
    virus: str
    dmarc: str
    dmarc_policy: str | None = None


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
    cause = _cause_to_suspend(mail, read)
    if read.bounce and cause is None:
        returned = list(_returned(read.bounce))
        if returned:
            return _record_bounce(mail, read.bounce, returned)
        cause = "unknown-bounce"
    if cause:
        return _suspend(mail, read, len(raw), cause)
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


def for_each_ticket(mail: StoredMail, read: IncomingEmail) -> list[Incoming]:
    """The mail once for each ticket whose reply address it was sent to, the first of them last: with that one the
    whole mail counts as taken in, so the others have rows of their own."""
    incoming, sender = _incoming(mail, read), sender_of(read) or ""
    source, made = _source(mail, read, sender), []
    for at, (ticket_id, hint) in enumerate(_answered(mail, sender, read).items()):
        key = keys.mail(f"{mail.id}#{hint.ticket_id}") if at else source.key
        own = replace(source, key=key, addressed_to=ticket_id)
        made.append(replace(incoming, hints=(hint,), more_hints=tuple, source=own))
    return made[::-1] or [incoming]


def _answered(mail: StoredMail, sender: str, read: IncomingEmail) -> dict[str, Hint]:
    """The tickets whose reply addresses it was sent to, in that order, each by what stands for it now.

    One may be addressed by several contacts. We mailed the signed address to its contact alone: a mail from him to it
    is his, unless his domain disowns it. (Many small domains have no DMARC policy at all; their people must be able to
    answer us.)
    """
    ours = [parsed for parsed in reply_address.find(mail.recipients) if outgoing.is_ours(parsed)]
    own = {parsed.ticket_id for parsed in ours if parsed.contact_tag == reply_address.contact_tag(sender)}
    listed = dict.fromkeys(parsed.ticket_id for parsed in ours)
    disowned = mail.dmarc == "FAIL"
    hints: dict[str, Hint] = {}
    for ticket in filter(None, (tickets.get(id) for id in listed)):
        hint = Hint(ticket.id, "reply-address", ticket.id in own and not disowned, _moved_message(ticket, read))
        stands = tickets.holding(ticket, hint.message_id).id
        if hint.proven or stands not in hints:
            hints[stands] = hint
    return hints


def _moved_message(ticket: Ticket, read: IncomingEmail) -> str | None:
    """The message of that ticket that the mail answers; looked for only where some were moved to other tickets."""
    if not ticket.parts.moved_out:
        return None
    found = _messages_of([*([read.in_reply_to] if read.in_reply_to else []), *reversed(read.references)])
    return next((one.message_id for one in found if one.ticket_id == ticket.id), None)


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


def _cause_to_suspend(mail: StoredMail, read: IncomingEmail) -> str | None:
    if mail.virus == "FAIL":
        return "virus"
    if mail.spam == "FAIL":
        return "spam"
    if mail.dmarc == "FAIL" and (mail.dmarc_policy or "").upper() in ("REJECT", "QUARANTINE"):
        return "dmarc"
    sender = sender_of(read)
    if sender is None:
        return None if read.bounce else "no-sender"
    return "own-address" if is_own(sender) else None


def sender_of(read: IncomingEmail) -> str | None:
    try:
        return normal_email(read.from_email or "")
    except Invalid:
        return None


def is_own(address: str) -> bool:
    """A mail from ourselves is a loop: it would be answered to ourselves again."""
    return address == settings.support_email() or reply_address.parse(address) is not None


def _incoming(mail: StoredMail, read: IncomingEmail) -> Incoming:
    sender = sender_of(read) or ""
    read = _bounded(read)
    return Incoming(
        channel="email",
        text=_text(read),
        sender=Person("email", sender, read.from_name[:200]),
        subject=read.subject,
        html=safe_html.cleaned(read.html),
        quoted_text=read.quoted_text or None,
        attachments=_keep_files(mail, read),
        more_hints=lambda: _hints(read),
        verified=mail.dmarc == "PASS",
        automatic=read.automatic,
        problems=read.problems,
        cc=_others(read, sender),
        source=_source(mail, read, sender),
    )


def _source(mail: StoredMail, read: IncomingEmail, sender: str) -> Source:
    named = bool(read.message_id or read.date)
    return Source(
        keys.mail(mail.id),
        mail.key,
        (read.message_id,) if read.message_id else (),
        fingerprint=_fingerprint(read, sender),
        twin_life=TWIN_LIFE if named else NAMELESS_TWIN_LIFE,
    )


def _fingerprint(read: IncomingEmail, sender: str) -> str:
    """One mail, however often it is delivered. The Message-ID alone is no proof: some senders use one for all mails."""
    made = hashlib.sha256()
    words = (read.message_id or "", str(read.date or ""), sender, read.subject, read.text, read.html or "")
    for part in (*(word.encode() for word in words), *(file.content for file in read.attachments)):
        made.update(len(part).to_bytes(8))
        made.update(part)
    return made.hexdigest()[:40]


def _bounded(read: IncomingEmail) -> IncomingEmail:
    """The mail within what a message may hold. What is cut is said, and the mail as it came is attached then."""
    shown = read.visible_text or read.text
    long = {
        "subject": len(read.subject) > MAX_SUBJECT,
        "text": len(shown) > words.MAX_TEXT,
        "quoted text": len(read.quoted_text) > words.MAX_TEXT,
        "HTML": len(read.html or "") > words.MAX_HTML,
    }
    return replace(
        read,
        subject=read.subject[:MAX_SUBJECT],
        visible_text=shown[: words.MAX_TEXT],
        quoted_text=read.quoted_text[: words.MAX_TEXT],
        html=None if long["HTML"] else read.html,
        problems=(*read.problems, *(f"the {part} is too long" for part, over in long.items() if over)),
    )


def _text(read: IncomingEmail) -> str:
    if read.visible_text.strip() or read.attachments:
        return read.visible_text
    return UNREADABLE if read.problems else ""


def _keep_files(mail: StoredMail, read: IncomingEmail) -> tuple[Attachment, ...]:
    """Put the attachments into the bucket, under names the same on every run."""
    kept = []
    for at, file in enumerate(read.attachments[: words.MAX_ATTACHMENTS]):
        key = f"attachments/mail/{mail.id}/{at}"
        files.put(key, file.content, file.content_type)
        kept.append(Attachment(ids.new("att"), file.name, file.content_type, len(file.content), key, file.inline))
    if read.problems:
        kept.append(_raw_as_attachment(mail))
    return tuple(kept)


def _raw_as_attachment(mail: StoredMail) -> Attachment:
    raw = files.read_mail(mail.key)
    key = f"attachments/mail/{mail.id}/raw"
    files.put(key, raw, "message/rfc822")
    return Attachment(ids.new("att"), "raw.eml", "message/rfc822", len(raw), key)


def _others(read: IncomingEmail, sender: str) -> tuple[str, ...]:
    """The other people in copy; they take part in the ticket."""
    ours = {sender, settings.support_email()}
    listed = [a for a in (*read.to, *read.cc) if a not in ours and reply_address.parse(a) is None]
    return tuple(dict.fromkeys(listed))[:20]


def _hints(read: IncomingEmail) -> Iterable[Hint]:
    """What in a mail to no reply address points at a ticket: the ids it answers, the number in its subject."""
    answered = [read.in_reply_to] if read.in_reply_to else []
    for reason, headers in (("in-reply-to", answered), ("references", list(reversed(read.references)))):
        for found in _messages_of(headers):
            yield Hint(found.ticket_id, reason, message_id=found.message_id)
    number = reply_matching.number_in(read.subject)
    numbered = tickets.id_of(number) if number else None
    if numbered:
        yield Hint(numbered, "subject")


def _messages_of(headers: Iterable[str]) -> list[Found]:
    """Of each ticket the first message that has one of those Message-IDs.

    Those are of mails we received, SES's (with any domain or none), and our own.
    """
    own = [_of_own_id(header) for header in headers if header.startswith("tkt_")]
    names = [name for header in headers for name in (header, f"provider:{header.partition('@')[0]}")]
    found = [*(intake.find_message_ids(names) if names else ()), *own]
    return list({one.ticket_id: one for one in reversed(found)}.values())[::-1]


def _of_own_id(header: str) -> Found:
    ticket_id, _, rest = header.partition(".")
    return Found(ticket_id, rest.partition(".")[0])


def _record_bounce(mail: StoredMail, bounce: Bounce, returned: list[Delivery]) -> Intake:
    """A bounce that came as a mail: note it on the sending it returns; it opens nothing and answers nothing.

    Anybody can write such a report: one that returns no mail of ours is kept apart and believed in nothing, and none
    of them makes a contact one that nothing is sent to any more. That is for SES's own events to say.
    """
    detail = f"The mail came back ({bounce.status})." if bounce.status else "The mail came back."
    for one in returned:
        record_delivery.record(Report("bounced", one.provider_id or "", one.tag, detail))
    change, first = Changes(), returned[0]
    outcome = Intake("message", clock.now(), first.ticket_id, first.message_id, "bounce", mail.key)
    intake.record(change, keys.mail(mail.id), outcome)
    change.commit()
    return outcome


def _returned(bounce: Bounce) -> Iterable[Delivery]:
    """Our sendings that the report proves to have had in hand: by an id SES gave them, or our signed address."""
    names = [f"provider:{header.partition('@')[0]}" for header in bounce.returned_ids]
    found = [(pointer.ticket_id, pointer.message_id) for pointer in intake.find_message_ids(names)] if names else []
    for parsed in filter(outgoing.is_ours, reply_address.find(bounce.returned_reply_to)):
        found += [key for key in _sent_to(parsed) if key not in found]
    for ticket_id, message_id in found:
        listed = (deliveries.get(ticket_id, message_id, purpose) for purpose in PURPOSES)
        yield from (one for one in listed if one and (not bounce.recipients or one.to in bounce.recipients))


def _sent_to(parsed: reply_address.Parsed) -> list[tuple[str, str]]:
    """The newest message of the ticket that went to the contact of that address."""
    thread = tickets.thread(parsed.ticket_id)
    sent = thread.deliveries.values() if thread else ()
    listed = [one.message_id for one in sent if reply_address.contact_tag(one.to) == parsed.contact_tag]
    return [(parsed.ticket_id, max(listed))] if listed else []


def _suspend(mail: StoredMail, read: IncomingEmail, size: int, cause: str) -> Intake:
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
