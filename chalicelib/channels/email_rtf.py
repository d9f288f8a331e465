"""RTF as Outlook packs it into winmail.dat: unpacked, then read as the HTML it carries or as plain text.

Neither a page nor a look is made of it, only words; what a text does not need (pictures, tables of fonts) is passed by.
"""

import re
import struct
from dataclasses import dataclass, field

from chalicelib.channels import email_charset

MAX_RTF = 1_000_000
MAX_GROUPS = 200

_COMPRESSED = b"LZFu"
# What every packed RTF may refer back to before its first octet ([MS-OXRTFCP] 2.1.2.1).
_BEGINNING = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    + b"\r\n"
    + rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_WINDOW = 4096
_TOKEN = re.compile(
    rb"\\(?:'(?P<hex>[0-9a-fA-F]{2})|(?P<word>[a-z]{1,32})(?P<number>-?\d{1,10})? ?|(?P<sign>[^a-z]))"
    rb"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)|\\",
    re.DOTALL,
)
_UNSEEN = {b"fonttbl", b"colortbl", b"stylesheet", b"info", b"pict", b"object", b"header", b"footer", b"listtable",
           b"listoverridetable", b"fldinst", b"themedata", b"datastore", b"xmlnstbl", b"generator"}  # fmt: skip
_WORDS = {b"par": "\n", b"line": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t", b"lquote": "‘", b"rquote": "’",
          b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"endash": "–", b"emdash": "—", b"zwj": "\u200d",
          b"zwnj": "\u200c", b"rtlmark": "\u200f", b"ltrmark": "\u200e"}  # fmt: skip
_SIGNS = {b"{": "{", b"}": "}", b"\\": "\\", b"~": "\xa0", b"_": "\u2011", b"\n": "\n", b"\r": "\n"}
# The charsets of fonts (RTF 1.9.1, "fcharset") in which text means other letters than in the document's own.
_FONTS = {128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254", 163: "cp1258",
          177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What a document says: `html` when it was made of HTML (then `text` is empty), else `text`."""

    text: str = ""
    html: str | None = None


def unpack(packed: bytes) -> bytes:
    """The RTF in a PR_RTF_COMPRESSED value, at most 1,000,000 octets of it; b"" when it is none ([MS-OXRTFCP])."""
    if len(packed) < 16:
        return b""
    length = min(struct.unpack_from("<I", packed, 4)[0], MAX_RTF)
    if packed[8:12] == _COMPRESSED:
        return _unpacked(packed, length)
    return packed[16 : 16 + length] if packed[8:12] == b"MELA" else b""


def read(rtf: bytes, charset: str | None = None) -> Words:
    """The words of an RTF document; `charset` is taken when it names no code page of its own."""
    if not rtf.startswith(b"{\\rtf"):
        return Words()
    reading = _Reading(b"\\fromhtml1" in rtf[:1_000], charset)
    for token in _TOKEN.finditer(rtf, 0, min(len(rtf), MAX_RTF)):
        reading.take(token)
    words = reading.words()
    return Words(html=words) if reading.from_html and words.strip() else Words(text=words)


def _unpacked(packed: bytes, length: int) -> bytes:
    out = bytearray(_BEGINNING)
    start, at, end = len(out), 16, min(len(packed), 16 + 2 * MAX_RTF)
    while at < end and len(out) - start < length:
        flags = packed[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += packed[at : at + 1]
                at += 1
            elif at + 1 < end:
                if not _refer(out, packed[at] << 8 | packed[at + 1], start):
                    return bytes(out[start : start + length])
                at += 2
    return bytes(out[start : start + length])


def _refer(out: bytearray, reference: int, start: int) -> bool:
    """Append what the reference (12 bits of place, 4 of length) points at; False where that is the end or nowhere."""
    place, length = reference >> 4, (reference & 15) + 2
    back = (len(out) - place) % _WINDOW
    if not back:
        return False
    at = len(out) - back
    if at < 0:
        return False
    piece = bytes(out[at : at + length])
    # A reference may run into what it writes: the piece then repeats.
    while len(piece) < length:
        piece += piece[: length - len(piece)]
    out += piece
    return True


@dataclass
class _Group:
    """What holds between two braces."""

    unseen: bool = False
    fonts: bool = False
    tag: bool = False
    hidden: bool = False
    font: int = 0
    fallbacks: int = 1


@dataclass
class _Reading:
    from_html: bool
    charset: str | None
    group: _Group = field(default_factory=_Group)
    groups: list[_Group] = field(default_factory=list)
    deep: int = 0
    fonts: dict[int, str] = field(default_factory=dict)
    skip: int = 0
    starred: bool = False
    said: list[str] = field(default_factory=list)
    octets: list[bytes] = field(default_factory=list)
    octets_font: int = 0

    def words(self) -> str:
        self._flush()
        return email_charset.storable("".join(self.said))

    def take(self, token: "re.Match[bytes]") -> None:
        if token["brace"]:
            self._brace(token["brace"])
        elif token["word"]:
            self._word(token["word"], int(token["number"]) if token["number"] else None)
        elif token["hex"]:
            self._octets(bytes([int(token["hex"], 16)]))
        elif token["sign"]:
            self._sign(token["sign"])
        elif token["text"]:
            self._octets(token["text"])

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.skip, self.starred = 0, False
        if brace == b"{":
            if len(self.groups) >= MAX_GROUPS:
                self.deep += 1
                return
            self.groups.append(self.group)
            before = self.group
            self.group = _Group(before.unseen, before.fonts, before.tag, before.hidden, before.font, before.fallbacks)
        elif self.deep:
            self.deep -= 1
        elif self.groups:
            self.group = self.groups.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        group, starred = self.group, self.starred
        self.starred = False
        if word == b"u" and number is not None:
            self._character(number)
        elif word == b"uc":
            group.fallbacks = min(max(number or 0, 0), 8)
        elif word == b"f" and number is not None:
            group.font = number
        elif word == b"fcharset" and group.fonts and number in _FONTS:
            self.fonts[group.font] = _FONTS[number]
        elif word == b"ansicpg" and number:
            self.charset = email_charset.charset(f"cp{number}") or self.charset
        elif word == b"htmlrtf":
            group.hidden = number != 0
        elif word == b"htmltag":
            group.tag, group.unseen = True, False
        elif word in _UNSEEN or starred:
            group.unseen, group.fonts = True, word == b"fonttbl" or group.fonts
        elif word in _WORDS:
            self._say(_WORDS[word])

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self.starred = True
        elif sign in _SIGNS:
            self._say(_SIGNS[sign])

    def _character(self, number: int) -> None:
        """`\\uN`: a UTF-16 unit as a signed number; what follows is for readers that do not know it."""
        self._say(chr(number & 0xFFFF))
        self.skip = self.group.fallbacks

    def _seen(self) -> bool:
        return not (self.group.unseen or self.group.hidden or self.deep)

    def _octets(self, octets: bytes) -> None:
        skipped = min(self.skip, len(octets))
        self.skip -= skipped
        if octets[skipped:] and self._seen():
            if self.octets_font != self.group.font:
                self._flush()
            self.octets_font = self.group.font
            self.octets.append(octets[skipped:])

    def _say(self, words: str) -> None:
        self._flush()
        if self._seen():
            self.said.append(words)

    def _flush(self) -> None:
        if self.octets:
            charset = self.fonts.get(self.octets_font, self.charset)
            self.said.append(b"".join(self.octets).decode(charset or "cp1252", "replace"))
            self.octets = []
