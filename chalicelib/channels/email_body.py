"""What of a mail's parts is text to read and what is an attachment. Nothing is dropped: a part is shown or listed."""

import html as html_escape
import re
from dataclasses import dataclass, field

from chalicelib.channels import email_charset, email_html
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.email_parts import Part

MAX_ATTACHMENTS = 100
MAX_TEXT = 500_000
MAX_OCTETS = 5_000_000

_NAMES = {
    "message/rfc822": "forwarded.eml",
    "message/delivery-status": "delivery-status.txt",
    "text/rfc822-headers": "headers.txt",
    "text/calendar": "invitation.ics",
    "text/html": "part.html",
    "text/plain": "part.txt",
    "application/pgp-signature": "signature.asc",
    "application/pkcs7-signature": "smime.p7s",
    "application/ms-tnef": "winmail.dat",
    "image/jpeg": "image.jpg",
    "image/png": "image.png",
    "image/gif": "image.gif",
}
_LINE_END = re.compile(r"\r*\n|\r")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


@dataclass
class Body:
    """`text` always; `html` when the mail has any; what was not shown as `attachments`, what is amiss as `problems`."""

    text: str
    html: str | None
    attachments: tuple[Attachment, ...]
    problems: tuple[str, ...]


@dataclass
class _Block:
    """One stretch of the mail in one or both forms."""

    plain: str | None = None
    html: str | None = None


@dataclass
class _Reading:
    charset: str | None
    blocks: list[_Block] = field(default_factory=list)
    attached: list[tuple[Part, bool]] = field(default_factory=list)


def read(mail: Part, charset: str | None) -> Body:
    """The body of `mail`; `charset` is taken for parts that name none."""
    reading = _Reading(charset)
    _show(mail, reading)
    texts = [_text(block) for block in reading.blocks]
    listed = [
        _attachment(part, inline, at, charset)
        for at, (part, inline) in enumerate(reading.attached[:MAX_ATTACHMENTS], 1)
    ]
    text = "\n\n".join(text for text in texts if text)
    return Body(text[:MAX_TEXT], _html(reading.blocks), tuple(listed), tuple(_too_long(text) + _unlisted(reading)))


def _show(part: Part, reading: _Reading, related: bool = False) -> None:
    if part.content_type == "multipart/alternative" and part.parts:
        _show_alternative(part, reading)
    elif part.parts:
        inside = related or part.content_type == "multipart/related"
        for child in part.parts:
            _show(child, reading, inside)
    elif _is_text(part, reading):
        reading.blocks.append(_block(part, reading.charset))
    else:
        reading.attached.append((part, related or part.disposition()[0] == "inline"))


def _show_alternative(part: Part, reading: _Reading) -> None:
    """The same words in several forms become one block; what is neither text nor HTML is attached."""
    inner = _Reading(reading.charset)
    for child in part.parts:
        _show(child, inner, related=False)
    plain = [block.plain for block in inner.blocks if block.plain is not None]
    rich = [block.html for block in inner.blocks if block.html is not None]
    reading.attached += inner.attached
    if plain or rich:
        reading.blocks.append(_Block("\n\n".join(plain) if plain else None, "\n".join(rich) if rich else None))


def _is_text(part: Part, reading: _Reading) -> bool:
    if part.content_type not in ("text/plain", "text/html"):
        return False
    disposition, parameters = part.disposition()
    if disposition == "attachment":
        return False
    named = "filename" in parameters or "name" in part.parameters
    return not named or not reading.blocks


def _block(part: Part, charset: str | None) -> _Block:
    content = part.content()[:MAX_OCTETS]
    declared = part.parameters.get("charset")
    if part.content_type == "text/html":
        return _Block(html=email_charset.decode(content, declared or _meta_charset(content), charset))
    text = _LINE_END.sub("\n", email_charset.decode(content, declared, charset))
    return _Block(plain=_unflowed(text, part) if part.parameters.get("format", "").lower() == "flowed" else text)


_META = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def _meta_charset(content: bytes) -> str | None:
    match = _META.search(content, 0, 4_000)
    return match[1].decode("ascii") if match else None


def _unflowed(text: str, part: Part) -> str:
    """Lines that RFC 3676 marks as wrapped (a space at the end) joined again, within the same depth of quotes."""
    joiner = "" if part.parameters.get("delsp", "").lower() == "yes" else " "
    out: list[str] = []
    flowing = False
    for line in text.split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        body = line[quotes:].removeprefix(" ")
        if flowing and out and _depth(out[-1]) == quotes and body != "-- ":
            out[-1] = out[-1].rstrip(" ") + joiner + body
        else:
            out.append(">" * quotes + (" " if quotes else "") + body)
        flowing = body.endswith(" ") and body != "-- "
    return "\n".join(out)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(">"))


def _text(block: _Block) -> str:
    """The plain form, unless there is HTML and the plain form is empty or its letters were lost on the way."""
    plain = (block.plain or "").strip("\n")
    if block.html is None or (plain.strip() and not _is_spoilt(plain)):
        return plain
    return email_html.to_text(block.html) or plain


def _is_spoilt(plain: str) -> bool:
    """Whether a gateway wrote "?" for every letter outside its charset: "???? ???" is what is left of Arabic."""
    signs = "".join(plain.split())
    return (signs.count("?") + signs.count("\ufffd")) * 3 > len(signs)


def _html(blocks: list[_Block]) -> str | None:
    if not any(block.html for block in blocks):
        return None
    return "\n".join(block.html or f"<pre>{html_escape.escape(block.plain or '')}</pre>" for block in blocks)


def _attachment(part: Part, inline: bool, number: int, charset: str | None) -> Attachment:
    content = part.raw() if part.content_type.startswith("multipart/") else part.content()
    content_type = part.content_type if part.content_type.isascii() else "application/octet-stream"
    return Attachment(_name(part, number, charset), content_type[:100], content, part.content_id(), inline)


def _name(part: Part, number: int, charset: str | None) -> str:
    """A bare file name of at most 150 characters: no path, no marks that turn its direction to hide its ending."""
    given = part.disposition(charset)[1].get("filename") or part.parameters.get("name") or ""
    bare = _UNSAFE.sub("", given).replace("\\", "/").rpartition("/")[2].strip(". ")
    if not bare:
        return _NAMES.get(part.content_type, f"attachment-{number}")
    stem, dot, ending = bare.rpartition(".")
    return bare if len(bare) <= 150 else f"{stem[: 149 - len(ending[:20])]}{dot}{ending[:20]}"


def _too_long(text: str) -> list[str]:
    if len(text) <= MAX_TEXT:
        return []
    return [f"the text has {len(text)} characters; what follows the first {MAX_TEXT} is only in the raw mail"]


def _unlisted(reading: _Reading) -> list[str]:
    rest = reading.attached[MAX_ATTACHMENTS:]
    if not rest:
        return []
    names = ", ".join(_name(part, at, reading.charset) for at, (part, _) in enumerate(rest, MAX_ATTACHMENTS + 1))
    return [f"{len(rest)} more attachments are only in the raw mail: {names[:2_000]}"]
