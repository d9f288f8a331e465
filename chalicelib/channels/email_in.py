"""A raw mail read into plain facts. It never raises, whatever the octets: what cannot be read is named in `problems`.

Spam, virus and DMARC verdicts are not here: they come from the SES notification only, since a mail's own headers lie.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from chalicelib import log
from chalicelib.channels import (
    email_addresses,
    email_automatic,
    email_body,
    email_bounce,
    email_charset,
    email_html,
    email_parts,
    email_traces,
)
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.email_addresses import Mailbox
from chalicelib.channels.email_body import Body
from chalicelib.channels.email_bounce import Bounce
from chalicelib.channels.email_headers import Headers
from chalicelib.channels.email_parts import Part
from chalicelib.channels.email_traces import NO_TRACES, Traces
from chalicelib.domain import reply_text
from chalicelib.domain.reply_text import ReplyText

# Longer HTML is not read a second time.
_MAX_HTML_QUOTE = 200_000
_DATES = (ValueError, TypeError, IndexError, OverflowError)


@dataclass(frozen=True)
class IncomingEmail:
    """What a mail holds. Addresses are bare and lower-cased, message ids without angle brackets, all text storable as
    UTF-8. `answers` are the ids of In-Reply-To. `text` is all of it, `visible_text` what the customer wrote,
    `quoted_text` what was folded away. `automatic` says that no machine may answer it, `by_list` that a person wrote it
    all the same."""

    subject: str = ""
    from_email: str | None = None
    from_name: str = ""
    reply_to: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    message_id: str | None = None
    answers: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    date: datetime | None = None
    text: str = ""
    html: str | None = None
    visible_text: str = ""
    quoted_text: str = ""
    attachments: tuple[Attachment, ...] = ()
    automatic: bool = False
    by_list: bool = False
    traces: Traces = NO_TRACES
    bounce: Bounce | None = None
    problems: tuple[str, ...] = ()

    @property
    def in_reply_to(self) -> str | None:
        """The first of the mails that it answers."""
        return self.answers[0] if self.answers else None


def read(raw: bytes) -> IncomingEmail:
    """Read one RFC 5322 mail, octets as received. A part that is not shown as text is an attachment, at most 100."""
    try:
        return _read(raw)
    # A mail that meets a fault of ours must still become a ticket with its raw octets beside it; tests assert that this
    # net stays empty.
    except Exception as error:
        log.error("email.reader-failed", octets=len(raw))
        return IncomingEmail(problems=(f"the reader failed: {type(error).__name__}",))


def summary(raw: bytes) -> dict[str, Any]:
    """What `read` makes of a mail, as JSON for a person to look at; `text` is the visible part."""
    mail = read(raw)
    return {
        "subject": mail.subject,
        "from_email": mail.from_email,
        "from_name": mail.from_name,
        "text": mail.visible_text,
        "quoted_text": mail.quoted_text,
        "attachments": [
            {"name": file.name, "content_type": file.content_type, "size": len(file.content)}
            for file in mail.attachments
        ],
        "automatic": mail.automatic,
        "bounce": _bounce_summary(mail.bounce) if mail.bounce else None,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "problems": list(mail.problems),
    }


def _bounce_summary(bounce: Bounce) -> dict[str, Any]:
    return {"recipients": list(bounce.recipients), "status": bounce.status, "permanent": bounce.permanent}


def _read(raw: bytes) -> IncomingEmail:
    mail = email_parts.parse(raw)
    headers = mail.headers
    charset = _charset(mail)
    body = email_body.read(mail, charset)
    subject = headers.text("subject", charset) or ""
    sender = _sender(headers, charset)
    ids = email_addresses.message_ids(headers.raw("message-id"))
    reply = _reply(body, subject)
    bounce = email_bounce.find(mail, body.text, subject)
    return IncomingEmail(
        subject=subject,
        from_email=sender.email,
        from_name=sender.name,
        reply_to=email_addresses.emails(headers.all("reply-to"), charset),
        to=email_addresses.emails(headers.all("to"), charset),
        cc=email_addresses.emails(headers.all("cc"), charset),
        message_id=ids[0] if ids else None,
        answers=email_addresses.message_ids(b" ".join(headers.all("in-reply-to"))),
        references=email_addresses.message_ids(b" ".join(headers.all("references"))),
        date=_date(headers),
        text=body.text,
        html=body.html,
        visible_text=reply.visible,
        quoted_text=reply.quoted,
        attachments=body.attachments,
        automatic=bool(bounce) or email_automatic.is_automatic(headers, mail.content_type, sender.email, subject),
        by_list=email_automatic.is_of_person_by_list(headers, mail.content_type, sender.email, subject),
        traces=email_traces.read(headers),
        bounce=bounce,
        problems=(*_problems(mail, sender), *body.problems),
    )


def _charset(mail: Part) -> str | None:
    """The charset the mail's parts name, for those headers and parts that name none."""
    named = (part.parameters.get("charset") for part in email_parts.walk(mail))
    known = (email_charset.charset(name) for name in named)
    return next((name for name in known if name and name not in ("cp1252", "utf-8")), None)


def _sender(headers: Headers, charset: str | None) -> Mailbox:
    """The author. Several From addresses of different domains are none: DMARC vouches for one domain only, and a
    `Sender` for none."""
    listed = [one for value in headers.all("from") for one in email_addresses.mailboxes(value, charset)]
    domains = {one.email.partition("@")[2] for one in listed if one.email}
    if len(domains) != 1:
        return Mailbox(None, listed[0].name if listed else "")
    return next(one for one in listed if one.email)


def _reply(body: Body, subject: str) -> ReplyText:
    """What the customer wrote; where the plain form shows no quote, the HTML may tell one by its elements."""
    reply = reply_text.split(body.text, subject)
    if reply.quoted or not body.html or len(body.html) > _MAX_HTML_QUOTE:
        return reply
    marked = reply_text.split(email_html.to_text(body.html), subject)
    return marked if marked.quoted and set(marked.visible.split()) <= set(body.text.split()) else reply


def _date(headers: Headers) -> datetime | None:
    """When the mail says it was written, in UTC; a date without a zone is taken as UTC (RFC 5322 section 3.3)."""
    try:
        date = parsedate_to_datetime((headers.text("date") or "")[:100])
        return date.replace(tzinfo=UTC) if date.tzinfo is None else date.astimezone(UTC)
    except _DATES:
        return None


def _problems(mail: Part, sender: Mailbox) -> list[str]:
    found = [] if sender.email else ["no sender could be read"]
    for part in email_parts.walk(mail):
        found += part.problems
    return list(dict.fromkeys(found))
