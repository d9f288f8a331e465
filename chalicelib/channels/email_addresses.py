"""Address lists and message ids as mails write them. Written by hand because the standard library's reader recurses on
nested comments, and a comma inside an undecoded RFC 2047 word must not end an address.
"""

import re
from dataclasses import dataclass

from chalicelib.channels import email_charset
from chalicelib.channels.email_headers import MAX_VALUE, decode_words

MAX_IDS = 100

_PIECE = re.compile(
    rb"""(?P<quoted>"(?:[^"\\]|\\.){0,1000}")"""
    rb"""|(?P<word>=\?[^?\s]{1,60}\?[bBqQ]\?[^?]{0,1000}\?=)"""
    rb"""|<(?P<angle>[^<>]{0,1000})>"""
    rb"""|(?P<mark>[(),;:\\])"""
    rb"""|(?P<text>[^"<>(),;:=\\]+|.)""",
    re.DOTALL,
)
_ADDRESS = re.compile(r"[^\s@<>(),;:\"\[\]]{1,128}@[^\s@<>(),;:\"]{1,253}")
_ID = re.compile(r"<([^<>]{1,998})>")


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
        ids = [word for word in re.split(r"[\s,;]+", text) if "@" in word]
    return tuple(dict.fromkeys(found for found in ids if found))[-MAX_IDS:]


def bare_email(text: str) -> str | None:
    """`text` as a bare lower-case address, or None when it holds none that a mail could be sent to."""
    match = _ADDRESS.search(text)
    if not match or len(match[0]) > 254:
        return None
    return match[0].strip(".'").lower()


class _Entry:
    """What has been read of one address."""

    def __init__(self) -> None:
        self.depth = 0
        self.angle: bytes | None = None
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
        elif match["angle"] is not None and (self.angle is None or b"@" in match["angle"]):
            self.angle = match["angle"]
        elif mark == b":" and self.angle is None and b"@" not in b"".join(self.name):
            self.name = []  # the name of a group (RFC 5322 section 3.4)
        else:
            self.name.append(_plain(match))

    def mailbox(self, fallback: str | None) -> Mailbox:
        name = decode_words(b"".join(self.name), fallback)
        comment = decode_words(b"".join(self.comment), fallback)
        email = bare_email(email_charset.decode(self.angle or b"", None, fallback))
        if email:
            return Mailbox(email, _name(name) or comment)
        email = bare_email(name)
        return Mailbox(email, comment if email else _name(name) or comment)


def _plain(match: "re.Match[bytes]") -> bytes:
    if match["quoted"] is None:
        return match[0]
    return re.sub(rb"\\(.)", rb"\1", match["quoted"][1:-1], flags=re.DOTALL)


def _name(text: str) -> str:
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    return (text[1:-1] if quoted else text).strip()
