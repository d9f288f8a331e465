"""Makes of a mail that was read what `receive_message` takes in, once for each ticket it was sent to.

Its files are put into the bucket on the way, under names that are the same on every run.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from chalicelib import ids, safe_html, settings
from chalicelib.actions import find_answered, find_forwarded
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Hint, Incoming, PassedOn, Source
from chalicelib.actions.screen_mail import sender_of
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.domain import message as words
from chalicelib.domain import reply_address
from chalicelib.domain.agent import Agent
from chalicelib.domain.door import Door
from chalicelib.domain.message import Attachment
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.domain.ticket import MAX_SUBJECT
from chalicelib.store import doors, files, intake, keys, staff, tickets
from chalicelib.store.intake import Intake

# How long the same mail may come again: senders retry for days, and what has neither id nor date is soon another mail.
TWIN_LIFE = timedelta(days=14)
NAMELESS_TWIN_LIFE = timedelta(minutes=15)

# More in one head are looked at by nobody. DynamoDB reads 100 rows at once.
MOST_ADDRESSES = 100

UNREADABLE = "This mail could not be read. The mail as it came is attached."


def for_each_ticket(mail: StoredMail, read: IncomingEmail) -> list[Incoming]:
    """The mail once for each ticket whose reply address it was sent to, the first of them last: with that one the
    whole mail counts as taken in, so the others have rows of their own."""
    incoming, sender = derived(mail, read), sender_of(read) or ""
    source, made = _source(mail, read, sender), []
    for at, (ticket_id, hint) in enumerate(find_answered.by_reply_address(mail, sender, read).items()):
        key = _beside(mail, hint) if at else source.key
        own = replace(source, key=key, addressed_to=ticket_id, held=mail.held and not at)
        made.append(replace(incoming, hints=(hint,), more_hints=tuple, source=own))
    return made[::-1] or [_passed_on(mail, read, incoming)]


def derived(mail: StoredMail, read: IncomingEmail) -> Incoming:
    """What a message takes from its mail. Where it belongs is not asked here: it may stand already."""
    sender = sender_of(read) or ""
    read, own = _bounded(read), _doors(mail, read)
    return Incoming(
        channel="email",
        text=_text(read),
        sender=Person("email", sender, read.from_name[:200]),
        subject=read.subject,
        html=safe_html.cleaned(read.html),
        quoted_text=read.quoted_text or None,
        attachments=_keep_files(mail, read),
        more_hints=lambda: find_answered.by_headers(read, sender),
        verified=mail.is_proven,
        automatic=read.automatic and not read.by_list,
        answerable=not read.automatic,
        problems=read.problems,
        cc=_others(read, sender, own),
        source=_source(mail, read, sender),
        doors=tuple(door.email for door in own.reached),
        caution=mail.caution,
        fields={"team_id": own.team_id} if own.team_id else {},
    )


def twin_of(mail: StoredMail, read: IncomingEmail) -> Intake | None:
    """What became of the very same mail, where it was taken in before under another id of the mail service."""
    sender = sender_of(read) or ""
    fingerprint = _fingerprint(read, sender)
    addressed = find_answered.by_reply_address(mail, sender, read)
    names = [f"{fingerprint}#{ticket_id}" for ticket_id in addressed] or [fingerprint]
    return intake.of_content([*names, *([] if mail.is_proven else map(intake.unproven, names))])


def has_begun(mail: StoredMail, read: IncomingEmail) -> bool:
    """Whether this very mail stands already in one of the several tickets it was sent to, and broke off there."""
    answered = find_answered.by_reply_address(mail, sender_of(read) or "", read)
    return intake.is_any(_beside(mail, hint) for hint in list(answered.values())[1:])


def _beside(mail: StoredMail, hint: Hint) -> keys.Key:
    """The row of what the mail became in a further ticket."""
    return keys.mail(f"{mail.id}#{hint.ticket_id}")


def _passed_on(mail: StoredMail, read: IncomingEmail, incoming: Incoming) -> Incoming:
    """The customer's mail, if this is one that an agent passes on: nobody has proven that it is his."""
    found = find_forwarded.by_agent(mail, read)
    if found is None:
        return incoming
    if found.original is None:
        return _of_agent(mail, read, incoming, found.agent)
    made, original = derived(mail, found.original), found.original
    files = without_raw(made.attachments)
    shown = files[: len(files) - found.own_files]
    inside = tuple(file for file in made.attachments if file not in shown)
    return replace(
        made,
        attachments=shown,
        more_hints=lambda: find_answered.by_headers(original, original.from_email or ""),
        verified=False,
        automatic=False,
        answerable=False,
        cc=(),
        source=replace(incoming.source, ids=made.source.ids, named=()) if incoming.source and made.source else None,
        doors=incoming.doors,
        fields=incoming.fields,
        passed_on=PassedOn(found.agent, found.note[: words.MAX_TEXT], inside),
    )


def _of_agent(mail: StoredMail, read: IncomingEmail, incoming: Incoming, agent: Agent) -> Incoming:
    """What an agent passes on and is no customer's, as far as can be read: a note in the ticket that it names, such as
    that of his notice; else a ticket of his own. He gets no receipt."""
    for hint in find_answered.by_headers(read, agent.email):
        ticket = tickets.get(hint.ticket_id)
        if ticket and ticket.erased_at is None:
            inside = replace(hint, proven=True, agent_id=agent.id, inside=True)
            return replace(incoming, hints=(inside,), more_hints=tuple)
    own = derived(mail, replace(read, problems=(*read.problems, find_forwarded.UNREAD)))
    return replace(own, answerable=False)


@dataclass(frozen=True)
class _Doors:
    """Which of our doors a mail names in its head, and which it came in by."""

    named: tuple[Door, ...]
    reached: tuple[Door, ...]

    @property
    def team_id(self) -> str | None:
        """That of the first one counts, when several teams were written to at once."""
        return self.reached[0].team_id if self.reached else None


def _doors(mail: StoredMail, read: IncomingEmail) -> _Doors:
    """By the envelope; where that names none of our doors, by the head: a mailbox of another domain forwards to us."""
    envelope = [recipient.lower() for recipient in mail.recipients]
    named = doors.among([*envelope, *read.to, *read.cc][:MOST_ADDRESSES])
    return _Doors(named, tuple(door for door in named if door.email in envelope) or named)


def _source(mail: StoredMail, read: IncomingEmail, sender: str) -> Source:
    named = bool(read.message_id or read.date)
    return Source(
        keys.mail(mail.id),
        mail.key,
        (read.message_id,) if read.message_id else (),
        fingerprint=_fingerprint(read, sender),
        twin_life=TWIN_LIFE if named else NAMELESS_TWIN_LIFE,
        proven=mail.is_proven,
        named=tuple(find_answered.named_by(read)),
        held=mail.held,
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


def without_raw(attached: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    """The files without the mail as it came, which holds what its reader may not see."""
    return tuple(one for one in attached if not (one.key.startswith("attachments/mail/") and one.key.endswith("/raw")))


def _others(read: IncomingEmail, sender: str, own: _Doors) -> tuple[str, ...]:
    """The other people in copy; they take part in the ticket. Of our own domain only agents are people."""
    ours = {sender, *(door.email for door in own.named)}
    listed = [one for one in (*read.to, *read.cc)[:MOST_ADDRESSES] if one not in ours]
    return tuple(one for one in dict.fromkeys(listed) if not _is_nobodys(one))[:20]


def _is_nobodys(address: str) -> bool:
    """Whether it is an address of our own domain that nobody reads: what is sent there comes back to us."""
    if reply_address.parse(address) is not None:
        return True
    ours = address.rpartition("@")[2].lower() == settings.mail_domain().lower()
    return ours and staff.agent_by_email(address.lower()) is None
