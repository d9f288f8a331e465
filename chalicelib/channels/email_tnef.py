"""winmail.dat (TNEF, [MS-OXTNEF]): what Outlook packs instead of parts, opened into files and words.

Every length in it is a claim: nothing is read past the octets there are, and nothing is unpacked but the RTF, which is
bounded. What cannot be read ends the reading with `whole` false; what was found until then is given.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from chalicelib.channels import email_charset, email_rtf
from chalicelib.channels.attachment import Attachment

MAX_FILES = 100
MAX_ATTRIBUTES = 5_000
MAX_PROPERTIES = 2_000
MAX_DEPTH = 3
MAX_WORDS = 1_000_000

_SIGNATURE = b"\x78\x9f\x3e\x22"
_BODY, _CODE_PAGE, _MESSAGE = 0x800C, 0x9007, 0x9003
_NEW_FILE, _TITLE, _DATA, _FILE = 0x9002, 0x8010, 0x800F, 0x9005
_PLAIN, _HTML, _RTF, _HTML_CODE_PAGE, _SUBJECT = 0x1000, 0x1013, 0x1009, 0x3FDE, 0x0037
_CONTENT, _LONG_NAME, _NAME, _SHOWN_NAME = 0x3701, 0x3707, 0x3704, 0x3001
_TYPE, _CONTENT_ID, _MESSAGE_CLASS = 0x370E, 0x3712, 0x001A
_OBJECT, _STRING, _UNICODE, _BINARY = 0x0D, 0x1E, 0x1F, 0x102
_LENGTHS = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16, 0x01: 0}
_MANY = 0x1000
# The interface of a message within a message comes before its own TNEF.
_INTERFACE = 16
_MIME_TYPE = re.compile(r"[!-~]{1,60}/[!-~]{1,90}")
_CODE_PAGES = {65001: "utf-8", 20127: "ascii", 20866: "koi8-r", 21866: "koi8-u", 50220: "iso-2022-jp",
               51932: "euc-jp", 51949: "euc-kr", 54936: "gb18030", 1200: "utf-16-le", 10000: "mac_roman"}  # fmt: skip
_TYPES = {
    "pdf": "application/pdf", "doc": "application/msword", "xls": "application/vnd.ms-excel",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "bmp": "image/bmp",
    "tif": "image/tiff", "txt": "text/plain", "csv": "text/csv", "htm": "text/html", "html": "text/html",
    "xml": "text/xml", "rtf": "application/rtf", "zip": "application/zip", "eml": "message/rfc822",
    "ics": "text/calendar", "vcf": "text/vcard", "mp3": "audio/mpeg", "mp4": "video/mp4",
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """`files` in their order, `text` and `html` of the message ("" and None when it has none); `whole` is false when
    not all could be read, so that the packed file must be kept beside what was found."""

    files: tuple[Attachment, ...] = ()
    text: str = ""
    html: str | None = None
    whole: bool = False


def type_of(name: str) -> str:
    """The content type of a file by the ending of its name."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def is_tnef(content: bytes) -> bool:
    return content.startswith(_SIGNATURE)


def open_packed(packed: bytes, charset: str | None = None) -> Opened:
    """What the octets of a winmail.dat hold, at most 100 files; `charset` is taken when it names no code page.

    A message within it is a text file under its subject, followed by its own files, down to three levels.
    """
    return _open(packed, charset, 0, _Budget())


@dataclass
class _Budget:
    """How many attributes may still be read, over all messages within each other."""

    left: int = MAX_ATTRIBUTES


def _open(packed: bytes, charset: str | None, depth: int, budget: _Budget) -> Opened:
    if not is_tnef(packed):
        return Opened()
    reading = _Reading(charset, depth, budget)
    for level, name, value in _attributes(packed, reading):
        reading.take(level, name, value)
    return reading.opened()


def _attributes(packed: bytes, reading: "_Reading") -> Iterator[tuple[int, int, bytes]]:
    at = 6
    while reading.budget.left > 0:
        reading.budget.left -= 1
        if at >= len(packed):
            return
        if at + 9 > len(packed) or packed[at] not in (1, 2):
            break
        level, name, _, length = struct.unpack_from("<BHHI", packed, at)
        if at + 9 + length > len(packed):
            reading.whole = False
            length = len(packed) - at - 9
        yield level, name, packed[at + 9 : at + 9 + length]
        at += 9 + length + 2  # past the checksum, which some mailers count wrong
    # Nothing but the padding of its transfer encoding may follow.
    reading.whole = reading.whole and not packed[at:].strip(b"\0\r\n")


@dataclass
class _File:
    title: bytes = b""
    data: bytes | None = None
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)


@dataclass
class _Reading:
    charset: str | None
    depth: int
    budget: _Budget
    whole: bool = True
    code_page: str | None = None
    body: bytes = b""
    properties: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    files: list[_File] = field(default_factory=list)

    def take(self, level: int, name: int, value: bytes) -> None:
        if level == 1 and name == _CODE_PAGE and len(value) >= 4:
            self.code_page = _code_page(struct.unpack_from("<I", value)[0])
        elif level == 1 and name == _BODY:
            self.body = value
        elif level == 1 and name == _MESSAGE:
            self.properties = self._properties(value)
        elif level == 2 and name in (_NEW_FILE, _TITLE, _DATA, _FILE):
            self._take_file(name, value)

    def opened(self) -> Opened:
        html, text = self._html(), self._text(_PLAIN) or self._decoded(_STRING, self.body)
        if not html and not text.strip():
            found = email_rtf.read(email_rtf.unpack(self._value(_RTF)), self._charset())
            html, text = found.html, found.text
        files = tuple(one for file in self.files for one in self._attachments(file))
        whole = self.whole and len(files) <= MAX_FILES
        return Opened(files[:MAX_FILES], text.replace("\r\n", "\n").strip("\n"), html, whole)

    def _take_file(self, name: int, value: bytes) -> None:
        if name == _NEW_FILE or not self.files:
            if len(self.files) >= MAX_FILES:
                self.whole = False
                self.files.pop()
            self.files.append(_File())
        file = self.files[-1]
        if name == _TITLE:
            file.title = value
        elif name == _DATA:
            file.data = value
        elif name == _FILE:
            file.properties = self._properties(value)

    def _properties(self, value: bytes) -> dict[int, tuple[int, bytes]]:
        found: dict[int, tuple[int, bytes]] = {}
        try:
            for name, kind, content in _properties(value):
                found.setdefault(name, (kind, content))
        except (struct.error, KeyError):
            self.whole = False
        return found

    def _charset(self) -> str | None:
        return self.code_page or email_charset.charset(self.charset)

    def _html(self) -> str | None:
        kind, value = self.properties.get(_HTML, (0, b""))
        told = self._value(_HTML_CODE_PAGE)
        named = _code_page(struct.unpack_from("<I", told)[0]) if len(told) == 4 else None
        if kind == _BINARY:
            return email_charset.decode(value[:MAX_WORDS], named, self._charset()) or None
        return self._decoded(kind, value) or None

    def _value(self, name: int) -> bytes:
        return self.properties.get(name, (0, b""))[1]

    def _text(self, name: int) -> str:
        return self._decoded(*self.properties.get(name, (0, b"")))

    def _decoded(self, kind: int, value: bytes) -> str:
        value = value[:MAX_WORDS]
        if kind == _UNICODE:
            return email_charset.storable(value.decode("utf-16-le", "replace"))
        return email_charset.decode(value.partition(b"\0")[0], self._charset())

    def _attachments(self, file: _File) -> list[Attachment]:
        kind, content = file.properties.get(_CONTENT, (0, b""))
        if kind == _OBJECT and content[_INTERFACE:].startswith(_SIGNATURE):
            return self._inner(file, content[_INTERFACE:])
        if file.data is None and not content:
            # An object of another program (a drawing, a sheet) has no octets that anything else could read.
            self.whole = self.whole and not file.properties
        data = file.data or content
        return [self._attachment(file, data)] if data or self._name(file) else []

    def _inner(self, file: _File, packed: bytes) -> list[Attachment]:
        """A message within the message."""
        inner = _open(packed, self._charset(), self.depth + 1, self.budget) if self.depth < MAX_DEPTH else Opened()
        self.whole = self.whole and inner.whole and bool(inner.text or inner.html or inner.files)
        subject = self._name(file).removesuffix(".msg") or "message"
        if inner.html:
            return [Attachment(f"{subject}.html", "text/html", inner.html.encode()), *inner.files]
        return [Attachment(f"{subject}.txt", "text/plain", inner.text.encode()), *inner.files]

    def _attachment(self, file: _File, content: bytes) -> Attachment:
        name = self._name(file)
        kind = self._said(file, _TYPE).strip().lower()
        content_id = self._said(file, _CONTENT_ID).strip("<> ") or None
        return Attachment(
            name, kind if _MIME_TYPE.fullmatch(kind) else type_of(name), content, content_id, content_id is not None
        )

    def _name(self, file: _File) -> str:
        told = next((said for name in (_LONG_NAME, _NAME) if (said := self._said(file, name))), "")
        return told or self._decoded(_STRING, file.title) or self._said(file, _SHOWN_NAME)

    def _said(self, file: _File, name: int) -> str:
        kind, value = file.properties.get(name, (0, b""))
        return self._decoded(kind, value).rstrip("\0") if kind in (_STRING, _UNICODE) else ""


def _properties(value: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Name, type and first value of each MAPI property.

    Raises:
        struct.error, KeyError: the octets end too early, or a type is unknown, so that its length is.
    """
    (count,) = struct.unpack_from("<I", value)
    at = 4
    for _ in range(min(count, MAX_PROPERTIES)):
        kind, name = struct.unpack_from("<HH", value, at)
        at = _past_name(value, at + 4) if name >= 0x8000 else at + 4
        plain, many = kind & ~_MANY, kind & _MANY
        values = 1
        if many or plain in (_OBJECT, _STRING, _UNICODE, _BINARY):
            (values,) = struct.unpack_from("<I", value, at)
            at += 4
        first, at = _first_of(values, plain, value, at)
        yield name, plain, first


def _first_of(values: int, kind: int, value: bytes, at: int) -> tuple[bytes, int]:
    """The first of the values that begin there, and where they end. Each is padded to whole four octets."""
    if kind in _LENGTHS:
        length, end = _LENGTHS[kind], at + values * _LENGTHS[kind]
        return _within(value, at, length if values else 0), _checked(end, value)
    if kind not in (_OBJECT, _STRING, _UNICODE, _BINARY):
        raise KeyError(kind)
    first = b""
    for number in range(values):
        (length,) = struct.unpack_from("<I", value, at)
        found = _within(value, at + 4, length)
        first = first if number else found
        at += 4 + length + -length % 4
    return first, at


def _within(value: bytes, at: int, length: int) -> bytes:
    return value[at : _checked(at + length, value)]


def _checked(end: int, value: bytes) -> int:
    if end > len(value):
        raise struct.error("a property is longer than what holds it")
    return end


def _past_name(value: bytes, at: int) -> int:
    """Past the name of a property that has one: whose it is, then a number or a text."""
    kind, length = struct.unpack_from("<II", value, at + 16)
    return at + 24 + (length + -length % 4 if kind else 0)


def _code_page(number: int) -> str | None:
    if 28590 < number < 28606:
        return email_charset.charset(f"iso-8859-{number - 28590}")
    return email_charset.charset(_CODE_PAGES.get(number) or f"cp{number}")
