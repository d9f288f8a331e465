"""A raw mail as a tree of parts, cut by boundaries from the outside in. Nothing recurses deeper than MAX_DEPTH and
nothing is copied before it is decoded: Python's own parser raises RecursionError at about 1,000 nested parts.
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from chalicelib.channels import email_headers, email_signed, email_uuencode
from chalicelib.channels.email_headers import Headers

MAX_DEPTH = 30
MAX_PARTS = 1_000
# How many boundary lines of one multipart are looked at, and how many alike before one.
MAX_LINES = 10_000

SIGNED = {"application/pkcs7-mime", "application/x-pkcs7-mime"}

_TRANSFER = re.compile(r"[\w.-]+")
_LINE_END = re.compile(rb"\r{0,9}\n|\r")
# After the closing dashes no letter of a longer boundary may come; some mailers put other signs there.
_CLOSING = re.compile(rb"--(?![A-Za-z0-9'()+_,./:=?-])")
# A line that opens a part, whatever the boundary was said to be.
_BOUNDARY_LOOK = re.compile(rb"(?:^|(?<=[\r\n]))--([^\r\n]{1,200}?)[ \t]{0,9}(?:\r{0,9}\n|\r)content-", re.IGNORECASE)
_UUENCODE = {"x-uuencode", "uuencode", "uue", "x-uue"}
_BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_SPACE = re.compile(rb"[\s\0]")
# RFC 2045 section 6.7 (3): blanks at the end of a line were added on the way.
_BLANKS_IN_SOFT_END = re.compile(rb"=[ \t]{1,99}\r?\n")
_WORD_END = re.compile(rb"(?<=[A-Za-z.,]) +(?=[A-Za-z])")
# Whatever stands behind the type: mailers put whole other fields there.
_TYPE = re.compile(r"[\w!#$&^*.+-]{1,80}/[\w!#$&^*.+-]{1,100}")


@dataclass
class Part:
    """One part: its head, where its body lies in `octets`, and its parts when it is a multipart that was cut."""

    headers: Headers
    octets: bytes = field(repr=False)
    start: int
    end: int
    content_type: str
    parameters: dict[str, str]
    parts: "list[Part]" = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def raw(self) -> bytes:
        return self.octets[self.start : self.end]

    def content(self) -> bytes:
        """The body with its transfer encoding undone, as far as it can be."""
        octets, encoding = self.raw(), _encoding(self.headers)
        if encoding == "base64" and self.content_type.startswith("text/") and _is_plain(octets):
            return octets
        return _undo(octets, encoding)

    def disposition(self, fallback: str | None = None) -> tuple[str, dict[str, str]]:
        return email_headers.parameters(self.headers.raw("content-disposition") or b"", fallback)

    def content_id(self) -> str | None:
        return (self.headers.text("content-id") or "").strip("<> ") or None


def parse(raw: bytes) -> Part:
    """The whole mail as one part. Never raises; what could not be cut stays one part, with the reason in `problems`."""
    start = _first_header(raw)
    budget = _Budget()
    return _part(raw, start, len(raw), 0, budget, "text/plain")


def walk(part: Part) -> Iterator[Part]:
    """The part and all parts under it, in the order of the mail."""
    yield part
    for child in part.parts:
        yield from walk(child)


class _Budget:
    """How many parts may still be made, over the whole mail."""

    def __init__(self) -> None:
        self.left = MAX_PARTS

    def take(self) -> bool:
        self.left -= 1
        return self.left >= 0


def _first_header(raw: bytes) -> int:
    """Where the mail begins, past a byte order mark and the empty lines some gateways put first."""
    start = 3 if raw.startswith(b"\xef\xbb\xbf") else 0
    while raw[start : start + 1] in (b"\r", b"\n"):
        start += 1
    return start


def _part(octets: bytes, start: int, end: int, depth: int, budget: _Budget, default_type: str) -> Part:
    headers, body = email_headers.split_head(octets, start, end)
    declared, parameters = email_headers.parameters(headers.raw("content-type") or b"")
    begun = _TYPE.match(declared)
    part = Part(headers, octets, body, end, begun[0] if begun else default_type, parameters)
    if not begun:
        part.content_type = _type_for(part, declared, default_type)
    if headers.cut:
        part.problems.append(f"the head is longer than {email_headers.MAX_HEAD} octets; what follows was not read")
    if part.content_type.startswith("multipart/"):
        _cut(part, depth, budget)
    elif part.content_type in SIGNED:
        _open_signed(part, depth, budget)
    return part


def _type_for(part: Part, declared: str, default_type: str) -> str:
    """RFC 2045 section 5.2 reads a broken type as text/plain, old mailers wrote just `text`; a file may be anything."""
    if declared == "html":
        return "text/html"
    if declared.startswith("multipart"):
        return "multipart/mixed"
    named = "name" in part.parameters or "filename" in part.disposition()[1]
    return "application/octet-stream" if named and declared not in ("", "text") else default_type


def _cut(part: Part, depth: int, budget: _Budget) -> None:
    if depth >= MAX_DEPTH:
        part.problems.append(f"parts nested deeper than {MAX_DEPTH} were kept as one attachment")
        return
    spans = _find_spans(part)
    default_type = "message/rfc822" if part.content_type == "multipart/digest" else "text/plain"
    for start, end in spans:
        if not budget.take():
            part.problems.append(f"more than {MAX_PARTS} parts; the rest was not read")
            return
        part.parts.append(_part(part.octets, start, end, depth + 1, budget, default_type))
    if not spans:
        part.problems.append("a multipart without its boundary was read as plain text")
        part.content_type = "text/plain"


def _open_signed(part: Part, depth: int, budget: _Budget) -> None:
    """What an opaque signature encloses is a part under it."""
    inner = email_signed.enclosed(part.content()) if depth < MAX_DEPTH and budget.take() else None
    if inner:
        part.parts.append(_part(inner, 0, len(inner), depth + 1, budget, "text/plain"))


def _find_spans(part: Part) -> list[tuple[int, int]]:
    """The spans by the declared boundary, else under the transfer encoding RFC 2045 forbids here, else by the look."""
    boundary = email_headers.boundary(part.headers.raw("content-type") or b"")
    spans = _spans(part, boundary) if boundary else []
    if not spans and boundary and _encoding(part.headers) in ("base64", "quoted-printable"):
        decoded = Part(part.headers, part.content(), 0, 0, part.content_type, part.parameters)
        decoded.end = len(decoded.octets)
        spans = _spans(decoded, boundary)
        if spans:
            part.octets, part.start, part.end = decoded.octets, decoded.start, decoded.end
    if not spans and (looks := _BOUNDARY_LOOK.search(part.octets, part.start, part.end)):
        spans = _spans(part, looks[1])
    return spans


def _spans(part: Part, boundary: bytes) -> list[tuple[int, int]]:
    """Where the parts between the boundary lines lie. The last may lack its closing line."""
    octets, position = part.octets, part.start
    spans: list[tuple[int, int]] = []
    opened, lines = None, 0
    while (found := _boundary_line(octets, b"--" + boundary, position, part.end)) is not None:
        at, after, closing = found
        if opened is not None and opened < at:
            spans.append((opened, max(opened, _before_line_end(octets, at))))
        opened, position = (None, part.end) if closing else (after, after)
        lines += 1
        if len(spans) > MAX_PARTS or lines > MAX_LINES:
            break
    if opened is not None and opened < part.end:
        spans.append((opened, part.end))
    return spans


def _boundary_line(octets: bytes, delimiter: bytes, position: int, end: int) -> tuple[int, int, bool] | None:
    """The next line that is this boundary: where it starts, where the next line starts, whether it closes."""
    for _ in range(MAX_LINES):
        at = octets.find(delimiter, position, end)
        if at < 0:
            break
        position = at + len(delimiter)
        if at and octets[at - 1 : at] not in (b"\n", b"\r"):
            continue
        line_end = _line_end(octets, position, end)
        rest = octets[position : min(line_end, position + 1000)].strip()
        if not rest or _CLOSING.match(rest):
            return at, line_end, bool(rest)
    return None


def _line_end(octets: bytes, position: int, end: int) -> int:
    newline = _LINE_END.search(octets, position, end)
    return newline.end() if newline else end


def _before_line_end(octets: bytes, at: int) -> int:
    """The line end before a boundary belongs to the boundary (RFC 2046 section 5.1.1)."""
    if octets[at - 1 : at] == b"\n":
        at -= 1
    return at - 1 if octets[at - 1 : at] == b"\r" else at


def _encoding(headers: Headers) -> str:
    match = _TRANSFER.search(headers.text("content-transfer-encoding") or "")
    return match[0].lower() if match else ""


def _is_plain(octets: bytes) -> bool:
    """Whether what is said to be base64 is words between spaces, or has signs that base64 has not."""
    sample = octets[:4_096]
    letters = len(sample) - len(sample.translate(None, _BASE64))
    foreign = len(sample) - letters - len(_SPACE.findall(sample))
    return len(_WORD_END.findall(sample)) * 20 > letters or foreign * 10 > letters


def _undo(octets: bytes, encoding: str) -> bytes:
    if encoding == "base64":
        return email_headers.lenient_base64(octets)
    if encoding == "quoted-printable":
        return binascii.a2b_qp(_BLANKS_IN_SOFT_END.sub(b"=\n", octets))
    if encoding in _UUENCODE:
        return email_uuencode.decode(octets)
    return octets
