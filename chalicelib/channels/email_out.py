"""Mails of ours: composed as 7-bit octets that no gateway needs to change, and handed to SES.

SES replaces our Message-ID by its own, so a reply names an id we never wrote; ours stands in References as well.
"""

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from chalicelib import aws, clock, log, settings
from chalicelib.channels import provider_errors
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.email_traces import MARK
from chalicelib.channels.email_words import address, encode_text, message_id_field

MAX_REFERENCES = 40

_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_TOKEN_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+")
_NEVER_EXTRA = {"from", "to", "cc", "bcc", "subject", "date", "message-id", "content-type", "content-transfer-encoding"}


def compose(
    *,
    from_name: str,
    from_email: str,
    to: Sequence[str],
    subject: str,
    text: str,
    html: str,
    locale: str,
    message_id: str,
    reply_to: str | None = None,
    cc: Sequence[str] = (),
    references: Sequence[str] = (),
    in_reply_to: str | None = None,
    automatic: bool = False,
    attachments: Sequence[Attachment] = (),
    headers: Mapping[str, str] | None = None,
    date: datetime | None = None,
) -> bytes:
    """One mail as RFC 5322 octets: text first, then HTML, then attachments; CR and LF in any argument do no harm.

    Args:
        to, cc: bare addresses, or one as a string.
        locale: `en` or `ar`, for Content-Language.
        message_id, in_reply_to, references: ids with or without angle brackets; references oldest first.
        automatic: nobody wrote it, so machines must not answer (RFC 3834).
        attachments: those with a `content_id` and `inline` travel beside the HTML that shows them.
        headers: further fields, such as List-Unsubscribe.
        date: aware; now when not given.

    Raises:
        sending.Rejected: an address that no mail can be sent to.
    """
    fields = [
        ("From", address(from_email, from_name)),
        ("To", _addresses(to)),
        ("Cc", _addresses(cc)),
        ("Reply-To", address(reply_to) if reply_to else ""),
        ("Subject", encode_text(subject, len("Subject: "))),
        ("Date", format_datetime(date or clock.now())),
        ("Message-ID", message_id_field([message_id])),
        ("In-Reply-To", message_id_field([in_reply_to] if in_reply_to else [])),
        ("References", message_id_field(_references(references, message_id))),
        ("Content-Language", encode_text(locale)),
        *_automatic(automatic, bool(in_reply_to)),
        *_further(headers or {}),
        (MARK, settings.mail_domain()),
        ("MIME-Version", "1.0"),
    ]
    head = "".join(f"{name}: {value}\r\n" for name, value in fields if value)
    return head.encode("ascii") + _body(text, html, attachments)


def send(raw: bytes, *, to: Sequence[str], delivery_id: str) -> str:
    """Hand one composed mail to SES and return SES's message id.

    Args:
        raw: what `compose` gave.
        to: the envelope's recipients, bare addresses.
        delivery_id: travels as a tag, so that SES's events name the delivery.

    Raises:
        sending.Throttled: not sent, try later.
        sending.Rejected: not sent, and trying again is of no use.
        sending.Unknown: no answer came; it may have been sent.
    """
    request = {
        "Content": {"Raw": {"Data": raw}},
        "Destination": {"ToAddresses": [address(one) for one in _listed(to)]},
        "EmailTags": [{"Name": "delivery", "Value": delivery_id}],
    }
    if settings.ses_configuration_set():
        request["ConfigurationSetName"] = settings.ses_configuration_set()
    try:
        answer = aws.client("sesv2").send_email(**request)
    except Exception as error:  # told apart by kind; a fault of ours is raised again as it was
        raise provider_errors.read(error, _listed(to)) from error
    log.info("email.sent", delivery_id=delivery_id, carrier_id=answer["MessageId"])
    return answer["MessageId"]


def _listed(addresses: Sequence[str]) -> list[str]:
    return [addresses] if isinstance(addresses, str) else list(addresses)


def _addresses(addresses: Sequence[str]) -> str:
    return ",\r\n ".join(address(email) for email in _listed(addresses))


def _references(references: Sequence[str], message_id: str) -> list[str]:
    """The first and the newest ids, ours last: clients thread by the first, and long headers are cut on the way."""
    others = [reference for reference in references if reference.strip("<> ") != message_id.strip("<> ")]
    if len(others) > MAX_REFERENCES:
        others = [others[0], *others[1 - MAX_REFERENCES :]]
    return [*others, message_id]


def _automatic(automatic: bool, answering: bool) -> list[tuple[str, str]]:
    if not automatic:
        return []
    kind = "auto-replied" if answering else "auto-generated"
    return [("Auto-Submitted", kind), ("X-Auto-Response-Suppress", "All")]


def _further(headers: Mapping[str, str]) -> list[tuple[str, str]]:
    for name in headers:
        if not _FIELD_NAME.fullmatch(name) or name.lower() in _NEVER_EXTRA:
            raise ValueError(f"not a further header: {name!r}")
    return [(name, encode_text(value, len(name) + 2)) for name, value in headers.items()]


def _body(text: str, html: str, attachments: Sequence[Attachment]) -> bytes:
    beside = [file for file in attachments if file.inline and file.content_id]
    others = [file for file in attachments if not (file.inline and file.content_id)]
    shown = _text_part("html", html)
    if beside:
        shown = _multipart("related", [shown, *(_file_part(file) for file in beside)])
    body = _multipart("alternative", [_text_part("plain", text), shown])
    return _multipart("mixed", [body, *(_file_part(file) for file in others)]) if others else body


def _multipart(kind: str, parts: Sequence[bytes]) -> bytes:
    # "=_" occurs in neither quoted-printable nor base64 (RFC 2045 section 6.7), so this line is in no part.
    boundary = f"=_{kind}_=".encode()
    head = f'Content-Type: multipart/{kind}; boundary="{boundary.decode()}"\r\n\r\n'.encode()
    return head + b"".join(b"--" + boundary + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + boundary + b"--\r\n"


def _text_part(kind: str, text: str) -> bytes:
    """One form of the text, in the shorter of the two encodings: quoted-printable for Latin, base64 for Arabic."""
    octets = "\r\n".join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).encode("utf-8", "replace")
    quoted, encoded = _quoted_printable(octets), _base64(octets)
    encoding, content = ("base64", encoded) if len(encoded) < len(quoted) else ("quoted-printable", quoted)
    head = f"Content-Type: text/{kind}; charset=utf-8\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    return head.encode() + content


def _file_part(file: Attachment) -> bytes:
    content_type = file.content_type if _TOKEN_TYPE.fullmatch(file.content_type) else "application/octet-stream"
    if content_type.lower().startswith(("multipart/", "message/")):
        content_type = "application/octet-stream"  # RFC 2046 allows no base64 on these
    disposition = "inline" if file.inline and file.content_id else "attachment"
    lines = [
        f"Content-Type: {content_type}",
        "Content-Transfer-Encoding: base64",
        f"Content-Disposition: {disposition};{_file_name(file.name)}",
    ]
    if file.content_id:
        lines.append(f"Content-ID: {message_id_field([file.content_id])}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii") + _base64(file.content)


def _file_name(name: str) -> str:
    """The name as RFC 2231 has it, in pieces short enough for any line, and in plain ASCII for old clients."""
    encoded = quote(name.encode("utf-8", "replace"), safe="")
    pieces = re.findall(r"(?:%..|[^%]){1,50}", encoded) or ["file"]
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)[:60] or "file"
    if len(pieces) == 1:
        return f"\r\n filename=\"{plain}\";\r\n filename*=utf-8''{pieces[0]}"
    continued = [
        f"filename*0*=utf-8''{pieces[0]}",
        *(f"filename*{at}*={piece}" for at, piece in enumerate(pieces[1:], 1)),
    ]
    return "\r\n " + ";\r\n ".join(continued)


def _quoted_printable(octets: bytes) -> bytes:
    return re.sub(rb"(?<!\r)\n", b"\r\n", binascii.b2a_qp(octets, istext=True))


def _base64(octets: bytes) -> bytes:
    return base64.encodebytes(octets).replace(b"\n", b"\r\n")
