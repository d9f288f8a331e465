"""What a report of failed delivery says: which addresses, why, for good or for now (RFC 3464, RFC 3463).

A report of success or an absence note is no bounce. Systems that write no RFC 3464 part are read by their wording.
"""

import re
from dataclasses import dataclass, replace

from chalicelib.channels import email_addresses, email_headers, email_parts
from chalicelib.channels.email_automatic import is_absence_note, null_return_path
from chalicelib.channels.email_headers import Headers
from chalicelib.channels.email_parts import Part

MAX_BLOCKS = 500
_MAX_TOLD = 10_000

_REPORTS = ("message/delivery-status", "message/global-delivery-status")
_COPIES = ("message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global")
_SUCCESSES = ("delivered", "relayed", "expanded")
_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.:])([45])\d\d[ -](?=[A-Za-z#<\d])")
_BLANK = re.compile(rb"(?:\r*\n){2,}")
_ADDRESS = re.compile(r"[^\s<>(),;:\"'\[\]@]{1,64}@[^\s<>(),;:\"'\[\]@]{1,253}\.[A-Za-z0-9-]{2,63}")
_DAEMONS = re.compile(r"(mailer-?daemon|post_?master|mail-?daemon|mdaemon|no-?reply-bounce)", re.IGNORECASE)
_SUBJECT = re.compile(
    r"undeliver|delivery (status notification|fail|has failed|report|problem)|returned (e-?mail|to sender)"
    r"|failure notice|mail delivery (fail|system)|could ?n.t be delivered|not delivered|non[ -]?d[ée]livr|unzustellbar"
    r"|nicht zugestellt|no se (ha podido )?entreg|impossible de remettre|mail system error|bounced mail"
    r"|تعذر (تسليم|التسليم)|لم يتم تسليم",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"did not reach the following|(could|can) ?not be (delivered|reached)|(un|not )able to deliver|fatal errors"
    r"|delivery to the following .{0,40}fail|undeliverable|returned to sender"
    r"|(invalid|unknown|no such) (user|recipient)"
    r"|(user|recipient|mailbox) (is )?(unknown|not found|unavailable)|following address(es|\(es\))? (had|failed)",
    re.IGNORECASE,
)
# Where the mail that came back begins; addresses after it are its sender and friends.
_COPY = re.compile(
    r"^(?:-{2,80}.{0,80}(?:original|copy|returned|message|header)|.{0,120}(?:below this line|copy of (?:the|your)"
    r"|original message(?! was)|returned message)|return-path:|received:)",
    re.IGNORECASE | re.MULTILINE,
)
_FOR_NOW = re.compile(
    r"will (be )?(re)?tr(y|ied)|still trying|has been delayed|warning.*delay|temporar|transient|not yet been delivered",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bounce:
    """`recipients` bare and lower-cased; `status` an RFC 3463 code such as 5.1.1, or None when the report names none;
    `permanent` when trying again is of no use.

    Anybody can write such a report. `returned_ids` and `returned_reply_to` are the message ids and the Reply-To of the
    mail it says came back: only a report that knows one of ours is worth acting on.
    """

    recipients: tuple[str, ...]
    status: str | None
    permanent: bool
    returned_ids: tuple[str, ...] = ()
    returned_reply_to: tuple[str, ...] = ()


def find(mail: Part, text: str, subject: str, from_email: str | None) -> Bounce | None:
    """The bounce that `mail` reports, or None. `text` is the mail's plain text."""
    bounce = _find(mail, text, subject, from_email)
    return bounce and _with_returned(bounce, _returned(mail, text))


def _find(mail: Part, text: str, subject: str, from_email: str | None) -> Bounce | None:
    for report in (part for part in email_parts.walk(mail) if part.content_type in _REPORTS):
        blocks = _blocks(report)
        found = _from_report(blocks)
        if found or any(_action(block) in _SUCCESSES for block in blocks):
            return found
    if is_absence_note(subject):
        return None
    if mail.headers.raw("x-failed-recipients") is not None:
        return _from_words(email_addresses.emails(mail.headers.all("x-failed-recipients")), text)
    if _looks_returned(mail.headers, subject, from_email, text):
        own = set(email_addresses.emails(mail.headers.all("to")))
        return _from_words(tuple(email for email in _addresses(text) if email not in own), text)
    return None


def _blocks(report: Part) -> list[Headers]:
    """A report is blocks of header fields: one about itself, then one a recipient."""
    blocks = _BLANK.split(report.content().strip(), MAX_BLOCKS)[:MAX_BLOCKS]
    return [email_headers.split_head(block, 0, len(block))[0] for block in blocks]


def _from_report(blocks: list[Headers]) -> Bounce | None:
    failed = [block for block in blocks if _is_failure(block)]
    recipients = tuple(dict.fromkeys(email for block in failed if (email := _recipient(block))))
    if not recipients:
        return None
    status = next((found for block in failed if (found := _status(block))), None)
    delayed = all(_action(block) == "delayed" for block in failed)
    return Bounce(recipients, status, not delayed and not (status or "5").startswith("4"))


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
    rest = text[len(_before_copy(text)) :][:_MAX_TOLD].encode()
    start = re.search(rb"^[A-Za-z-]{2,40}:", rest, re.MULTILINE)
    return email_headers.split_head(rest, start.start(), len(rest))[0] if start else Headers()


def _with_returned(bounce: Bounce, copy: Headers) -> Bounce:
    named = [*copy.all("message-id"), *copy.all("references")]
    ids = tuple(dict.fromkeys(found for value in named for found in email_addresses.message_ids(value)))
    return replace(bounce, returned_ids=ids, returned_reply_to=email_addresses.emails(copy.all("reply-to")))


def _looks_returned(headers: Headers, subject: str, from_email: str | None, text: str) -> bool:
    daemon = bool(from_email and _DAEMONS.search(from_email)) or null_return_path(headers)
    return daemon and bool(_SUBJECT.search(subject) or _WORDS.search(text[:2_000]))


def _from_words(recipients: tuple[str, ...], text: str) -> Bounce | None:
    if not recipients:
        return None
    told = _before_copy(text)
    status = _STATUS.search(told)
    code = _REPLY_CODE.search(told)
    kind = status[1][0] if status else code[1] if code else "4" if _FOR_NOW.search(told) else "5"
    return Bounce(recipients, status[1] if status else None, kind != "4")


def _addresses(text: str) -> tuple[str, ...]:
    found = _ADDRESS.findall(_before_copy(text))
    emails = (email_addresses.bare_email(address.rstrip(".")) for address in found)
    return tuple(dict.fromkeys(email for email in emails if email and not _DAEMONS.search(email)))[:20]


def _before_copy(text: str) -> str:
    match = _COPY.search(text, 200, _MAX_TOLD)
    return text[: match.start() if match else _MAX_TOLD]
