"""A thread of mails as one ticket: each mail read whole, by the reader that reads those that come in.

The ticket holds their texts; a mail's octets and files are brought once more when it is written.
"""

from collections.abc import Callable

from chalicelib.channels import email_in
from chalicelib.channels.email_in import IncomingEmail
from chalicelib.errors import Invalid
from chalicelib.importing.records import File, Mail, Message, Person, Skipped, Thread, Ticket
from chalicelib.importing.threads import Own, source_of

UNREADABLE = "This mail could not be read. The mail as it came is attached."


def ticket(thread: Thread, raw: Callable[[Mail], bytes], own: Own) -> Ticket | Skipped:
    """The ticket of a thread; `raw` brings the octets of a mail."""
    messages, notes = [], []
    for mail in thread.mails:
        try:
            read = email_in.read(raw(mail))
        except Invalid as damage:
            notes.append(f"the mail at {mail.where} is left out: {damage.detail}")
            continue
        if read.bounce:
            notes.append(f"the mail at {mail.where} is a report that one could not be delivered")
        else:
            messages.append(_message(mail, read, own))
    requester = _requester(thread, own)
    if not messages or requester is None:
        return Skipped(thread.where, "; ".join(notes) or "nobody but the desk takes part in it")
    first = thread.mails[0]
    return Ticket(
        thread.where,
        source_of(first),
        requester,
        first.created_at,
        tuple(messages),
        subject=first.subject,
        channel="email",
        cc=_copies(thread, requester, own),
        notes=tuple(notes),
    )


def files_of(octets: bytes) -> list[File]:
    """The attachments of a mail and, where it could not be read well, the mail itself."""
    read = email_in.read(octets)
    files = [File(one.name, one.content_type, one.content, inline=one.inline) for one in read.attachments]
    return [*files, File("raw.eml", "message/rfc822", octets)] if read.problems else files


def _message(mail: Mail, read: IncomingEmail, own: Own) -> Message:
    ours = mail.sender in own
    return Message(
        source_of(mail),
        Person(name=mail.sender_name, emails=(mail.sender,), role="agent" if ours else "customer"),
        mail.created_at,
        text=read.visible_text or ("" if read.attachments else UNREADABLE if read.problems else ""),
        html=read.html,
        channel="email",
        quoted_text=read.quoted_text or None,
        contact=None if ours else mail.sender,
        cc=tuple(address for address in read.cc if address not in own)[:20],
        email_id=read.message_id,
        automatic=read.automatic and not read.by_list,
        mail=mail,
        problems=read.problems,
    )


def _requester(thread: Thread, own: Own) -> Person | None:
    """Who asked: the first from outside who wrote, else the first who was written to."""
    for mail in thread.mails:
        if mail.sender not in own:
            return Person(name=mail.sender_name, emails=(mail.sender,), role="customer")
    written_to = [address for mail in thread.mails for address in mail.people if address not in own]
    return Person(emails=(written_to[0],), role="customer") if written_to else None


def _copies(thread: Thread, requester: Person, own: Own) -> tuple[str, ...]:
    others = [one for mail in thread.mails for one in (mail.sender, *mail.people) if one not in own]
    return tuple(dict.fromkeys(one for one in others if one not in requester.emails))[:20]
