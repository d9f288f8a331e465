"""Address lists and message ids as mails write them. Written by hand because the standard library's reader recurses on
nested comments, and a comma inside an undecoded RFC 2047 word must not end an address.

DMARC vouches for the domain a strict reader finds, so a sender is read strictly, too: what could be read in two ways,
such as `"alice@example.com "@elsewhere.example`, is no address.
"""

import re
from dataclasses import dataclass

from chalicelib.channels import email_charset
from chalicelib.channels.email_headers import MAX_VALUE, decode_words

MAX_IDS = 100

_PIECE = re.compile(
    rb"""(?P<quoted>"(?:[^"\\]|\\.){0,300}")"""
    rb"""|(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,1000}\?=)"""
    rb"""|<(?P<angle>[^<>]{0,1000})>"""
    rb"""|(?P<mark>[(),;:\\])"""
    rb"""|(?P<text>[^"<>(),;:=\\]+|.)""",
    re.DOTALL,
)
_ATOM = r"[^\s@<>(),;:\"\\\[\]]"
_EXACT = re.compile(rf"(?:mailto:)?(\"?)({_ATOM}{{1,128}})\1@({_ATOM}{{1,253}})")
_WITHIN = re.compile(rf"{_ATOM}{{1,128}}@{_ATOM}{{1,253}}")
_ID = re.compile(r"<([^<>]{1,998})>")
# SES's ids are bare, and some clients copy them so.
_SES_ID = re.compile(r"\w{16}-\w{8}-(?:\w{4}-){3}\w{12}-\w{6}", re.ASCII)


@dataclass(frozen=True)
class Mailbox:
    """One address: bare and lower-cased, or None where none could be read, and the name beside it ("" when none)."""

    email: str | None
    name: str


def mailboxes(value: bytes | None, fallback: str | None = None) -> list[Mailbox]:
    """The addresses in a From, To or Cc header; groups are flattened, comments read as names when there is no other."""
    found: list[Mailbox] = []
    entry = _Entry()
    for match in _PIECE.finditer((value or b"")[:MAX_VALUE]):
        if match["mark"] == b";" or (match["mark"] == b"," and not entry.depth):
            found.append(entry.mailbox(fallback))
            entry = _Entry()
        else:
            entry.add(match)
    found.append(entry.mailbox(fallback))
    return [mailbox for mailbox in found if mailbox.email or mailbox.name]


def emails(values: list[bytes], fallback: str | None = None) -> tuple[str, ...]:
    """The bare addresses of several header fields, each once, in order."""
    found = (mailbox.email for value in values for mailbox in mailboxes(value, fallback))
    return tuple(dict.fromkeys(email for email in found if email))


def message_ids(value: bytes | None) -> tuple[str, ...]:
    """The message ids in a header without their angle brackets, each once, in order; the newest 100 of very many."""
    text = decode_words(value or b"")
    ids = ["".join(found.split()) for found in _ID.findall(text)]
    if not ids:
        ids = [word for word in re.split(r"[\s,;]+", text) if "@" in word or _SES_ID.fullmatch(word)]
    return tuple(dict.fromkeys(found for found in ids if found))[-MAX_IDS:]


def bare_email(text: str) -> str | None:
    """`text` as a bare lower-case address, or None when it is not one address that a mail could be sent to."""
    match = _EXACT.fullmatch(text.strip().strip("'"))
    if match:
        return _sendable(f"{match[2]}@{match[3]}")
    # A name beside an address without brackets; quotes and words in code could hide a second address.
    alone = text.count("@") == 1 and '"' not in text and "=?" not in text
    within = _WITHIN.search(text) if alone else None
    return _sendable(within[0].strip("'")) if within else None


def _sendable(address: str) -> str | None:
    local, _, domain = address.lower().rstrip(".").partition("@")
    return f"{local}@{domain}" if local and domain and len(address) <= 254 else None


class _Entry:
    """What has been read of one address."""

    def __init__(self) -> None:
        self.depth = 0
        self.angles: list[bytes] = []
        self.written: list[bytes] = []
        self.name: list[bytes] = []
        self.comment: list[bytes] = []

    def add(self, match: "re.Match[bytes]") -> None:
        mark = match["mark"]
        if mark == b"(":
            self.depth += 1
        elif mark == b")":
            self.depth = max(0, self.depth - 1)
        elif self.depth:
            self.comment.append(_plain(match))
        elif match["angle"] is not None:
            self.angles.append(match["angle"])
        elif mark == b":" and not self.angles and b"@" not in b"".join(self.written):
            self.written, self.name = [], []  # the name of a group (RFC 5322 section 3.4)
        else:
            self.written.append(match[0])
            self.name.append(_plain(match))

    def mailbox(self, fallback: str | None) -> Mailbox:
        name = decode_words(b"".join(self.name), fallback)
        comment = decode_words(b"".join(self.comment), fallback)
        if not self.angles:
            email = bare_email(email_charset.decode(b"".join(self.written), None, fallback))
            return Mailbox(email, comment if email else _name(name) or comment)
        found = {bare_email(email_charset.decode(angle, None, fallback)) for angle in self.angles}
        return Mailbox(found.pop() if len(found) == 1 else None, _name(name) or comment)


def _plain(match: "re.Match[bytes]") -> bytes:
    if match["quoted"] is None:
        return match[0]
    return re.sub(rb"\\(.)", rb"\1", match["quoted"][1:-1], flags=re.DOTALL)


def _name(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return (text[1:-1] if quoted else text).strip()
