"""What a report of failed delivery says: which addresses, why, for good or for now (RFC 3464, RFC 3463).

A report of success or an absence note is no bounce. Systems that write no RFC 3464 part are read by their wording.
"""

import re
from dataclasses import dataclass

from chalicelib.channels import email_addresses, email_headers, email_parts
from chalicelib.channels.email_automatic import is_absence_note, null_return_path
from chalicelib.channels.email_headers import Headers
from chalicelib.channels.email_parts import Part

MAX_BLOCKS = 500

_STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
_REPLY_CODE = re.compile(r"(?<![\d.:])([45])\d\d[ -](?=[A-Za-z#<\d])")
_BLANK = re.compile(rb"(?:\r*\n){2,}")
_ADDRESS = re.compile(r"[^\s<>(),;:\"'\[\]@]{1,64}@[^\s<>(),;:\"'\[\]@]{1,253}\.[A-Za-z0-9-]{2,63}")
_DAEMONS = re.compile(r"(mailer-daemon|postmaster|mail-daemon|maildaemon|mdaemon|mailerdaemon|no-?reply-bounce)", re.I)
_SUBJECT = re.compile(
    r"undeliver|delivery (status notification|fail|has failed|report|problem)|returned (e-?mail|to sender)"
    r"|failure notice|mail delivery (fail|system)|could ?n.t be delivered|not delivered|non[ -]?d[ée]livr|unzustellbar"
    r"|nicht zugestellt|no se (ha podido )?entreg|impossible de remettre|mail system error|bounced mail"
    r"|تعذر (تسليم|التسليم)|لم يتم تسليم",
    re.IGNORECASE,
)
# Where the mail that came back begins; addresses after it are its sender and friends.
_COPY = re.compile(
    r"^(?:-{2,}.*(?:original|copy|returned|message|header).*|.*(?:below this line|copy of (?:the|your)|"
    r"original message|returned message).*|return-path:.*|received:.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_FOR_NOW = re.compile(
    r"will (be )?(re)?try|still trying|has been delayed|warning.*delay|temporar|not yet been delivered", re.I
)


@dataclass(frozen=True)
class Bounce:
    """`recipients` bare and lower-cased; `status` an RFC 3463 code such as 5.1.1, or None when the report names none;
    `permanent` when trying again is of no use."""

    recipients: tuple[str, ...]
    status: str | None
    permanent: bool


def find(mail: Part, text: str, subject: str, from_email: str | None) -> Bounce | None:
    """The bounce that `mail` reports, or None. `text` is the mail's plain text."""
    reports = [part for part in email_parts.walk(mail) if part.content_type == "message/delivery-status"]
    if reports:
        return _from_report(reports[0])
    if is_absence_note(subject):
        return None
    if mail.headers.raw("x-failed-recipients") is not None:
        return _from_words(email_addresses.emails(mail.headers.all("x-failed-recipients")), text)
    if _looks_returned(mail.headers, subject, from_email):
        return _from_words(_addresses(text), text)
    return None


def _from_report(report: Part) -> Bounce | None:
    blocks = [
        email_headers.split_head(block, 0, len(block))[0]
        for block in _BLANK.split(report.content().strip(), MAX_BLOCKS)[:MAX_BLOCKS]
    ]
    failed = [block for block in blocks if _is_failure(block)]
    recipients = tuple(dict.fromkeys(email for block in failed if (email := _recipient(block))))
    if not recipients:
        return None
    status = next((found for block in failed if (found := _status(block))), None)
    actions = {(block.text("action") or "failed").strip().lower() for block in failed}
    return Bounce(recipients, status, actions != {"delayed"} and not (status or "5").startswith("4"))


def _is_failure(block: Headers) -> bool:
    action = (block.text("action") or "").strip().lower()
    status = _status(block) or ""
    if action in ("delivered", "relayed", "expanded"):
        return False
    return _recipient(block) is not None and not (not action and status.startswith("2"))


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


def _looks_returned(headers: Headers, subject: str, from_email: str | None) -> bool:
    daemon = bool(from_email and _DAEMONS.search(from_email)) or null_return_path(headers)
    return daemon and bool(_SUBJECT.search(subject))


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
    match = _COPY.search(text, 200)
    return text[: match.start()] if match else text[:10_000]
