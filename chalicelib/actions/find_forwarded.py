"""What an agent passes on to us: a customer's mail, copied into his own or attached to it.

Only an agent's, from his own proven address: who forwards could otherwise open tickets in anybody's name.
"""

from dataclasses import dataclass, replace

from chalicelib.actions.screen_mail import is_own, sender_of
from chalicelib.channels import email_in
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.domain import forward_subject, forwarded, reply_text
from chalicelib.domain.agent import Agent
from chalicelib.domain.contact import normal_email
from chalicelib.domain.forwarded import Forwarded
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.errors import Invalid
from chalicelib.store import staff

UNREAD = "the sender of the forwarded mail could not be read"


@dataclass(frozen=True)
class Found:
    """`original` is the customer's mail, None where its sender could not be read; `note` the agent's words and when
    it was written. The last `own_files` of its attachments are, or may be, the agent's."""

    agent: Agent
    original: IncomingEmail | None = None
    note: str = ""
    own_files: int = 0


def by_agent(mail: StoredMail, read: IncomingEmail) -> Found | None:
    """What the mail passes on; None for any other mail."""
    attached = [file for file in read.attachments if file.content_type == "message/rfc822"]
    if read.automatic or mail.dmarc != "PASS" or not (attached or forward_subject.is_marked(read.subject)):
        return None
    agent = staff.agent_by_email(sender_of(read) or "")
    if agent is None or not agent.active:
        return None
    copied = _copied(read.text) if forward_subject.is_marked(read.subject) else None
    if copied and copied.sender:
        return _inline(agent, read, copied)
    return _attached(agent, read, attached[0]) if len(attached) == 1 else Found(agent)


def _copied(text: str) -> Forwarded | None:
    """What was passed on, and not who passed it on within the shop before."""
    found = forwarded.read(text)
    while found and found.sender and _is_ours(found.sender) and (deeper := forwarded.read(found.text)):
        above = "\n\n".join(part for part in (found.above, found.head, deeper.above) if part)
        below = "\n\n".join(part for part in (deeper.below, found.below) if part)
        found = replace(deeper, above=above, below=below)
    return found


def _is_ours(address: str) -> bool:
    return staff.agent_by_email(address.lower()) is not None or is_own(address.lower())


def _inline(agent: Agent, read: IncomingEmail, copied: Forwarded) -> Found:
    """Without the HTML: in it stands what the agent wrote. Nor does anything tell his files from the customer's."""
    words = reply_text.split(copied.text)
    original = replace(
        read,
        subject=copied.subject or forward_subject.bare(read.subject),
        from_email=_customers(copied.sender),
        from_name=copied.name,
        text=copied.text,
        visible_text=words.visible,
        quoted_text=words.quoted,
        html=None,
        message_id=None,
        answers=(),
        references=(),
    )
    note = "\n\n".join(part for part in (copied.above, copied.head, copied.below) if part)
    return Found(agent, original if original.from_email else None, note, len(read.attachments))


def _attached(agent: Agent, read: IncomingEmail, file: Attachment) -> Found:
    inner = email_in.read(file.content)
    own = [one for one in read.attachments if one is not file]
    original = replace(
        inner,
        from_email=_customers(inner.from_email),
        subject=inner.subject or forward_subject.bare(read.subject),
        attachments=(file, *inner.attachments, *own),
    )
    head = [f"From: {inner.from_name} <{inner.from_email}>", f"Subject: {inner.subject}"]
    head += [f"Date: {inner.date.isoformat(' ', 'minutes')}"] if inner.date else []
    note = "\n\n".join(part for part in (read.visible_text, "\n".join(head)) if part)
    return Found(agent, original if original.from_email else None, note, len(own))


def _customers(address: str | None) -> str | None:
    """The address as customers have it; None where it is none, or one of our own."""
    try:
        found = normal_email(address or "")
    except Invalid:
        return None
    return None if is_own(found) else found
