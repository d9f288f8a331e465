"""What a report of failed delivery says: which addresses, why, for good or for now (RFC 3464, RFC 3463).

A report of success or an absence note is no bounce. Systems that write no RFC 3464 part are read by their wording.
"""

import itertools
import re
from dataclasses import dataclass, replace

from chalicelib.channels import (
    email_addresses,
    email_bounce_library,
    email_bounce_words,
    email_headers,
    email_parts,
)
from chalicelib.channels.email_automatic import is_absence_note, is_automatic
from chalicelib.channels.email_headers import Headers
from chalicelib.channels.email_parts import Part

MAX_BLOCKS = 500
MAX_WRAPPED = 3
MAX_SAID = 1_000
MAX_SUBJECT = 1_000

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_COPIES = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
# A receipt of reading (RFC 8098) and a complaint (RFC 5965) report, too, but of no failure.
_NO_BOUNCES = ("message/feedback-report",)
_SUCCESSES = ("delivered", "relayed", "expanded")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_BLANK = re.compile(rb"(?:\r*\n){2,}")


@dataclass(frozen=True)
class Bounce:
    """`recipients` bare and lower-cased; `status` an RFC 3463 code such as 5.1.1, or None when the report names none;
    `permanent` when trying again is of no use, `delayed` when the system that reports still tries by itself;
    `diagnostic` is what it was told by the other side.

    Anybody can write such a report. `returned_ids` and `returned_reply_to` are the message ids and the Reply-To of the
    mail it says came back: only a report that knows one of ours is worth acting on.
    """

    recipients: tuple[str, ...]
    status: str | None
    permanent: bool
    returned_ids: tuple[str, ...] = ()
    returned_reply_to: tuple[str, ...] = ()
    delayed: bool = False
    diagnostic: str | None = None


def find(mail: Part, text: str, subject: str) -> Bounce | None:
    """The bounce that `mail` reports, or None. `text` is the mail's plain text."""
    bounce = _find(mail, text, subject[:MAX_SUBJECT])
    return bounce and _with_returned(bounce, _returned(mail, text))


def _find(mail: Part, text: str, subject: str) -> Bounce | None:
    """The test for absence notes comes first: some of them look like a bounce in everything else."""
    if is_absence_note(subject) or any(part.content_type in _NO_BOUNCES for part in mail.parts):
        return None
    reports = [_blocks(part) for part in _reports(mail)]
    found = next(filter(None, map(_from_report, reports)), None)
    if found or any(_action(block) in _SUCCESSES for blocks in reports for block in blocks):
        return found
    if mail.headers.raw("x-failed-recipients") is not None:
        return _from_words(email_addresses.emails(mail.headers.all("x-failed-recipients")), text, subject)
    if not email_bounce_words.looks_returned(mail, subject, text, _says_automatic(mail, subject)):
        return None
    own = set(email_addresses.emails(mail.headers.all("to")))
    return _wrapped(mail) or _from_words(_named(mail, text, own), text, subject)


def _named(mail: Part, text: str, own: set[str]) -> tuple[str, ...]:
    """The library stops at the first wording it knows, of a report that words each recipient's failure otherwise."""
    known = email_bounce_library.recipients(mail.octets)
    listed = email_bounce_words.listed(text, own)
    return (listed if set(known) < set(listed) else known) or email_bounce_words.recipients(text, own)


def _reports(mail: Part) -> list[Part]:
    return [part for part in email_parts.walk(mail) if part.content_type in _REPORTS]


def _says_automatic(mail: Part, subject: str) -> bool:
    return is_automatic(mail.headers, mail.content_type, None, subject)


def _wrapped(mail: Part) -> Bounce | None:
    """A bounce that a gateway on the way passed on within a mail of its own."""
    inner = (email_parts.parse(part.content()) for part in email_parts.walk(mail) if part.content_type == _COPIES[0])
    blocks = (_blocks(report) for one in itertools.islice(inner, MAX_WRAPPED) for report in _reports(one))
    return next(filter(None, map(_from_report, blocks)), None)


def _blocks(report: Part) -> list[Headers]:
    """A report is blocks of header fields: one about itself, then one a recipient."""
    blocks = _BLANK.split(report.content().strip(), MAX_BLOCKS)[:MAX_BLOCKS]
    return [email_headers.split_head(block, 0, len(block))[0] for block in blocks]


def _from_report(blocks: list[Headers]) -> Bounce | None:
    """Of a report that tells of several recipients, those who failed for good, if any did; else those who wait."""
    failed = [block for block in blocks if _is_failure(block)]
    failed = [block for block in failed if _action(block) != "delayed"] or failed
    failed = [block for block in failed if not (_status(block) or "").startswith("4")] or failed
    recipients = tuple(dict.fromkeys(email for block in failed if (email := _recipient(block))))
    if not recipients:
        return None
    status = next((found for block in failed if (found := _status(block))), None)
    delayed = all(_action(block) == "delayed" for block in failed)
    permanent = not delayed and not (status or "5").startswith("4")
    said = next((found for block in failed if (found := block.text("diagnostic-code"))), None)
    return Bounce(recipients, status, permanent, delayed=delayed, diagnostic=_said(said))


def _said(diagnostic: str | None) -> str | None:
    return " ".join(diagnostic.split())[:MAX_SAID] if diagnostic else None


def _action(block: Headers) -> str:
    return (block.text("action") or "").strip().lower()


def _is_failure(block: Headers) -> bool:
    if _recipient(block) is None or _action(block) in _SUCCESSES:
        return False
    return bool(_action(block)) or not (_status(block) or "").startswith("2")


def _recipient(block: Headers) -> str | None:
    """The address we wrote to rather than the one it was forwarded to."""
    for name in ("original-recipient", "final-recipient"):
        value = (block.text(name) or "").partition(";")
        email = email_addresses.bare_email(value[2] or value[0])
        if email:
            return email
    return None


def _status(block: Headers) -> str | None:
    match = _STATUS.search(block.text("status") or "") or _STATUS.search(block.text("diagnostic-code") or "")
    return match[1] if match else None


def _returned(mail: Part, text: str) -> Headers:
    """The head of the mail that came back: a part of its own, or written beneath the report."""
    for part in email_parts.walk(mail):
        if part.content_type in _COPIES:
            content = part.content()
            return email_headers.split_head(content, 0, len(content))[0]
    rest = text[len(email_bounce_words.before_copy(text)) :][: email_bounce_words.MAX_TOLD].encode()
    start = re.search(rb"^[A-Za-z-]{2,40}:", rest, re.MULTILINE)
    return email_headers.split_head(rest, start.start(), len(rest))[0] if start else Headers()


def _with_returned(bounce: Bounce, copy: Headers) -> Bounce:
    named = [*copy.all("message-id"), *copy.all("references")]
    ids = tuple(dict.fromkeys(found for value in named for found in email_addresses.message_ids(value)))
    return replace(bounce, returned_ids=ids, returned_reply_to=email_addresses.emails(copy.all("reply-to")))


def _from_words(recipients: tuple[str, ...], text: str, subject: str) -> Bounce | None:
    if not recipients:
        return None
    status = email_bounce_words.status(text)
    permanent = email_bounce_words.is_permanent(text, status, subject)
    delayed = email_bounce_words.is_warning(text, subject)
    said = _said(email_bounce_words.diagnostic(text))
    return Bounce(recipients, status, permanent, delayed=delayed, diagnostic=said)
