"""What of a mail's parts is text to read and what is an attachment. Nothing is dropped: a part is shown or listed."""

import html as html_escape
import re
from dataclasses import dataclass, field

from chalicelib.channels import email_charset, email_files, email_html, email_parts, email_uuencode
from chalicelib.channels.attachment import Attachment
from chalicelib.channels.email_files import Packed
from chalicelib.channels.email_parts import Part

MAX_TEXT = 500_000
MAX_HTML_OCTETS = 5_000_000
# As many as 500,000 characters take in any charset.
MAX_TEXT_OCTETS = 2_000_000

_LINE_END = re.compile(r"\r{0,9}\n|\r")
# Text that is there for programs.
_NOT_WORDS = {"text/calendar", "text/csv", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers",
              "text/x-amp-html", "text/css", "text/javascript", "text/xml"}  # fmt: skip
_ENRICHED = re.compile(r"<<|</?[A-Za-z0-9-]{1,60}>")


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
    packed: bool = False


@dataclass
class _Reading:
    charset: str | None
    blocks: list[_Block] = field(default_factory=list)
    attached: list[tuple[Part, bool]] = field(default_factory=list)
    written: list[Attachment] = field(default_factory=list)


def read(mail: Part, charset: str | None) -> Body:
    """The body of `mail`; `charset` is taken for parts that name none."""
    reading = _Reading(charset)
    _show(mail, reading)
    text = _words(reading.blocks) or _show_other_text(reading)
    packed = email_files.opened(reading.attached, charset)
    if not text:
        text = _show_packed(packed, reading)
    said = any(block.packed for block in reading.blocks)
    files, unlisted = email_files.listed(reading.attached, packed, said, charset)
    problems = _too_long(text) + _unlisted(unlisted)
    return Body(text[:MAX_TEXT], _html(reading.blocks), (*files, *reading.written), tuple(problems))


def _show(part: Part, reading: _Reading, related: bool = False) -> None:
    if part.content_type == "multipart/alternative" and part.parts:
        _show_alternative(part, reading)
    elif part.parts:
        inside = related or part.content_type == "multipart/related"
        for child in part.parts:
            _show(child, reading, inside)
        if part.content_type in email_parts.SIGNED:
            reading.attached.append((part, False))
    elif _is_text(part, reading):
        reading.blocks.append(_block(part, reading))
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


def _show_other_text(reading: _Reading) -> str:
    """A mail that shows nothing else shows its first part of a kind of text we do not know (RFC 2046, 4.1.4)."""
    for at, (part, _) in enumerate(reading.attached):
        named = "filename" in part.disposition()[1] or "name" in part.parameters
        if part.content_type.startswith("text/") and part.content_type not in _NOT_WORDS and not named:
            if part.disposition()[0] == "attachment":
                continue
            del reading.attached[at]
            reading.blocks.append(_block(part, reading))
            return _words(reading.blocks)
    return ""


def _show_packed(packed: list[Packed], reading: _Reading) -> str:
    """What the winmail.dat of a mail says that says nothing itself."""
    for opened in (one.opened for one in packed):
        block = _Block(opened.text or None, opened.html, packed=True)
        if text := _text(block):
            reading.blocks = [block]
            return text
    return ""


def _block(part: Part, reading: _Reading) -> _Block:
    content = part.content()[: MAX_HTML_OCTETS if part.content_type == "text/html" else MAX_TEXT_OCTETS]
    declared = part.parameters.get("charset")
    if part.content_type == "text/html":
        return _Block(html=email_charset.decode(content, declared or _meta_charset(content), reading.charset))
    text = _LINE_END.sub("\n", email_charset.decode(content, declared, reading.charset))
    if part.content_type in ("text/enriched", "text/richtext"):
        text = _ENRICHED.sub(lambda match: "<" if match[0] == "<<" else "", text)
    if "\nbegin " in f"\n{text}":
        text, files = email_uuencode.take_out(text)
        reading.written += [email_files.written(name, octets) for name, octets in files]
    return _Block(plain=_unflowed(text, part) if part.parameters.get("format", "").lower() == "flowed" else text)


_META = re.compile(rb"<meta[^>]{1,200}charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)


def _meta_charset(content: bytes) -> str | None:
    match = _META.search(content, 0, 4_000)
    return match[1].decode("ascii") if match else None


def _unflowed(text: str, part: Part) -> str:
    """Lines that RFC 3676 marks as wrapped (a space at the end) joined again, within the same depth of quotes."""
    joiner = "" if part.parameters.get("delsp", "").lower() == "yes" else " "
    paragraphs: list[tuple[int, list[str]]] = []
    flowing = False
    for line in text.split("\n"):
        quotes = len(line) - len(line.lstrip(">"))
        body = line[quotes:].removeprefix(" ")
        if flowing and paragraphs[-1][0] == quotes and body != "-- ":
            pieces = paragraphs[-1][1]
            pieces[-1] = pieces[-1].rstrip(" ") + joiner
            pieces.append(body)
        else:
            paragraphs.append((quotes, [body]))
        flowing = body.endswith(" ") and body != "-- "
    return "\n".join(">" * quotes + (" " if quotes else "") + "".join(pieces) for quotes, pieces in paragraphs)


def _words(blocks: list[_Block]) -> str:
    """The text of all blocks; what two neighbours say alike (plain, then HTML, not told to be alternatives) once."""
    texts: list[str] = []
    for text in (_text(block) for block in blocks):
        if text.strip() and not (texts and "".join(texts[-1].split()) == "".join(text.split())):
            texts.append(text)
    return "\n\n".join(texts)


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


def _too_long(text: str) -> list[str]:
    if len(text) <= MAX_TEXT:
        return []
    return [f"the text has {len(text)} characters; what follows the first {MAX_TEXT} is only in the raw mail"]


def _unlisted(names: list[str]) -> list[str]:
    if not names:
        return []
    return [f"{len(names)} more attachments are only in the raw mail: {', '.join(names)[:2_000]}"]
