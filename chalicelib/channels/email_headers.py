"""The head of a mail or part: its lines, RFC 2047 words, RFC 2231 parameters and addresses, also where they are broken.

Values stay octets until they are asked for: raw 8-bit headers can only be read once the mail's charset is known.
"""

import binascii
import contextlib
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from chalicelib.channels import email_charset

MAX_HEAD = 1_000_000
MAX_VALUE = 65_536

_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]+)[ \t]*:[ \t]*(.*)", re.DOTALL)
_KNOWN_FIELD = re.compile(
    rb"^(?:from|to|subject|date|message-id|mime-version|content-type|content-transfer-encoding)[ \t]*:",
    re.IGNORECASE | re.MULTILINE,
)
# Some gateways end lines with CR CR LF: one line end, not an empty line.
_HEAD_END = re.compile(rb"\n\r{0,9}\n|\r\r(?!\n)")
_LINE = re.compile(rb"[^\r\n]+(?>\r{0,9}\n|\r|\Z)")
# RFC 2047 forbids spaces and "?" inside a word; mailers put them there. The limit keeps hostile heads linear.
_WORD = re.compile(rb"=\?([^?\s]{1,60})\?([bBqQ])\?(.{0,4000}?)\?=", re.DOTALL)
_PARAMETER = re.compile(rb"[A-Za-z][A-Za-z0-9*-]{0,30}=")
_Q_OCTET = re.compile(rb"=([0-9A-Fa-f]{2})")
_MAX_BLOCKS = 1_000
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/=]+")


@dataclass(frozen=True)
class Headers:
    """Header fields in order, names in lower case, values unfolded octets; `cut` when the head was too long to keep."""

    fields: tuple[tuple[str, bytes], ...] = ()
    cut: bool = False

    def raw(self, name: str) -> bytes | None:
        """The first field of that name (lower case), or None. Broken mails repeat fields; the first is the author's."""
        return next((value for key, value in self.fields if key == name), None)

    def text(self, name: str, fallback: str | None = None) -> str | None:
        """The field decoded to one line of text; `fallback` is the charset for raw 8-bit octets that are not UTF-8."""
        value = self.raw(name)
        return None if value is None else decode_words(value, fallback)

    def all(self, name: str) -> list[bytes]:
        return [value for key, value in self.fields if key == name]


def split_head(octets: bytes, start: int, end: int) -> tuple[Headers, int]:
    """The head of the mail or part in `octets[start:end]`, and where its body begins.

    A line that is no header ends the head, as in Python's parser, unless well-known headers follow it.
    """
    if octets[start : start + 1] in (b"\r", b"\n"):
        return Headers(), start + (2 if octets[start : start + 2] == b"\r\n" else 1)
    gap = _HEAD_END.search(octets, start, end)
    head_end, body = (gap.start(), gap.end()) if gap else (end, end)
    head = octets[start : min(head_end, start + MAX_HEAD)]
    fields, read = _fields(head)
    if read < len(head):
        body = start + read
    return Headers(tuple(fields), cut=head_end - start > MAX_HEAD), body


def decode_words(value: bytes, fallback: str | None = None) -> str:
    """A header value as text on one line: RFC 2047 words decoded, raw octets read as UTF-8, `fallback` or cp1252."""
    value = value[:MAX_VALUE]
    texts: list[str] = []
    position = 0
    pending: list[tuple[str, str, bytes]] = []
    for match in _WORD.finditer(value):
        between = value[position : match.start()]
        if between.strip() or not pending:
            texts += [_join(pending, fallback), email_charset.decode(between, None, fallback)]
            pending = []
        pending.append((match[1].decode("latin-1"), match[2].decode().upper(), match[3]))
        position = match.end()
    texts += [_join(pending, fallback), email_charset.decode(value[position:], None, fallback)]
    return " ".join("".join(texts).split())


def lenient_base64(octets: bytes) -> bytes:
    """Every whole octet in base64 text, past foreign characters, missing padding and several padded blocks in a row."""
    octets = octets.rstrip()
    if octets.find(b"=", 0, -2) < 0:
        with contextlib.suppress(binascii.Error):
            return binascii.a2b_base64(octets)
    *blocks, rest = _NOT_BASE64.sub(b"", octets).split(b"=", _MAX_BLOCKS)
    return b"".join(_base64_block(block) for block in [*blocks, rest.replace(b"=", b"")] if block)


def parameters(value: bytes, fallback: str | None = None) -> tuple[str, dict[str, str]]:
    """A header such as Content-Type as its main value (lower case) and its parameters, RFC 2231 forms joined."""
    first, found = _pieces(value)
    main = " ".join(email_charset.decode(first, None, fallback).split()).lower()
    return main, {name: _parameter_value(pieces, fallback) for name, pieces in found.items()}


def boundary(value: bytes) -> bytes:
    """The boundary in a Content-Type header, octet for octet, or b"" when there is none."""
    _, found = _pieces(value)
    return _extended(found["boundary"])[1].rstrip() if "boundary" in found else b""


def _fields(head: bytes) -> tuple[list[tuple[str, bytes]], int]:
    fields: list[tuple[str, list[bytes]]] = []
    read = 0
    last_known = max((match.start() for match in _KNOWN_FIELD.finditer(head)), default=-1)
    for line in _LINE.findall(head):
        match = _FIELD.match(line)
        if fields and (line[:1] in (b" ", b"\t") or _goes_on(fields[-1][1], line)):
            fields[-1][1].append(line.rstrip(b"\r\n"))
        elif match:
            fields.append((match[1].decode("ascii").lower(), [match[2].rstrip(b"\r\n")]))
        elif last_known <= read and not (line.startswith((b"From ", b">From ")) and not fields):
            break
        read += len(line)
    return [(name, b"".join(lines)[: MAX_VALUE * 2].strip()) for name, lines in fields], read


def _goes_on(field: list[bytes], line: bytes) -> bool:
    """Whether a parameter stands on a line of its own without the space that would join it to its field."""
    return field[-1].rstrip().endswith(b";") and bool(_PARAMETER.match(line))


def _join(words: list[tuple[str, str, bytes]], fallback: str | None) -> str:
    """Neighbouring words: octets of the same charset are joined before decoding, since letters are cut between them."""
    texts: list[str] = []
    position = 0
    while position < len(words):
        charset, encoding, _ = words[position]
        stop = position
        while stop < len(words) and words[stop][:2] == (charset, encoding):
            stop += 1
        octets = _word_octets(encoding, [word[2] for word in words[position:stop]])
        # RFC 2231 section 5: a language may follow the charset.
        texts.append(email_charset.decode(octets, charset.partition("*")[0], fallback))
        position = stop
    return "".join(texts)


def _word_octets(encoding: str, payloads: list[bytes]) -> bytes:
    if encoding == "B":
        return lenient_base64(b"".join(payloads))
    joined = b"".join(payloads).replace(b"_", b" ")
    return _Q_OCTET.sub(lambda match: bytes([int(match[1], 16)]), joined)


def _base64_block(block: bytes) -> bytes:
    if len(block) % 4 == 1:
        block = block[:-1]
    try:
        return binascii.a2b_base64(block + b"=" * (-len(block) % 4))
    except binascii.Error:
        return b""


def _pieces(value: bytes) -> tuple[bytes, dict[str, list[tuple[bool, bytes]]]]:
    first, *rest = _semicolons(value[:MAX_VALUE])
    pieces: dict[str, dict[int, tuple[bool, bytes]]] = {}
    for item in rest:
        key, equals, content = item.partition(b"=")
        if equals:
            name, index, encoded = _parameter_name(key)
            known = pieces.setdefault(name, {}).get(index)
            # Of a name told in both forms the encoded one is meant; the other is for old programs (RFC 6266, 4.3).
            if known is None or (encoded and not known[0]):
                pieces[name][index] = (encoded, _unquoted(content))
    return first, {name: [found[index] for index in sorted(found)] for name, found in pieces.items()}


def _semicolons(value: bytes) -> list[bytes]:
    """`value` cut at the semicolons outside quotes; a quote that is never closed quotes nothing."""
    pieces, start, quoted = [], 0, False
    for match in re.finditer(rb'\\.|"|;', value, re.DOTALL):
        if match[0] == b'"':
            quoted = not quoted and value.find(b'"', match.end()) >= 0
        elif match[0] == b";" and not quoted:
            pieces.append(value[start : match.start()])
            start = match.end()
    return [*pieces, value[start:]]


def _parameter_name(key: bytes) -> tuple[str, int, bool]:
    name, *marks = key.strip().decode("latin-1").lower().split("*")
    index = next((int(mark) for mark in marks if mark.isascii() and mark.isdigit() and len(mark) < 4), 0)
    return name.strip(), index, bool(marks) and marks[-1] == ""


def _unquoted(content: bytes) -> bytes:
    content = content.strip()
    if not content.startswith(b'"'):
        return content
    inner = content[1:].rpartition(b'"')[0] if content.count(b'"') > 1 else content[1:]
    return re.sub(rb'\\(["\\])', rb"\1", inner)


def _parameter_value(pieces: list[tuple[bool, bytes]], fallback: str | None) -> str:
    if not any(encoded for encoded, _ in pieces):
        return decode_words(b"".join(content for _, content in pieces), fallback)
    charset, octets = _extended(pieces)
    return " ".join(email_charset.decode(octets, charset, fallback).split())


def _extended(pieces: list[tuple[bool, bytes]]) -> tuple[str | None, bytes]:
    charset = None
    encoded, first = pieces[0]
    if encoded and first.count(b"'") >= 2:
        name, _, first = first.split(b"'", 2)
        charset = name.decode("latin-1") or None
    contents = [(encoded, first), *pieces[1:]]
    return charset, b"".join(unquote_to_bytes(content) if encoded else content for encoded, content in contents)
