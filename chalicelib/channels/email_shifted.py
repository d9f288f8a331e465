"""Charsets of seven bits, in which an escape says what the octets after it are: ASCII to every other reader, so one odd
letter must not send the text there. Japanese mailers write letters of Microsoft's into ISO-2022-JP (their CP50221).
"""

import re

JAPANESE = "iso2022_jp_ext"
# Longer text, which nobody wrote, is not gone through letter by letter.
MAX_MENDED = 200_000

_ESCAPES = {
    "iso2022_jp_ext": re.compile(rb"\x1b[$(]"),
    "iso2022_jp_2": re.compile(rb"\x1b[$(]"),
    "iso2022_jp_2004": re.compile(rb"\x1b[$(]"),
    "iso2022_jp_3": re.compile(rb"\x1b[$(]"),
    "iso2022_kr": re.compile(rb"\x0e"),
    "hz": re.compile(rb"~\{"),
    "utf-7": re.compile(rb"\+[A-Za-z0-9+/]{3,}-"),
}
_SECTION = re.compile(rb"(\x1b(?:\$\([A-Z]|[$(][A-Z@]))")
_TWO_OCTETS = (b"\x1b$B", b"\x1b$@")
_ROMAN = (b"", b"\x1b(B", b"\x1b(J", b"\x1b(H")
_PAIR = re.compile(rb"([\x21-\x7e])([\x21-\x7e])")


def is_written(octets: bytes, charset: str | None) -> bool:
    """Whether `charset` (Python's name) is of seven bits and `octets` hold one of its escapes."""
    escape = _ESCAPES.get(charset or "")
    return bool(escape and escape.search(octets))


def decode(octets: bytes, charset: str) -> str:
    """The text in `octets`; what `charset` does not know is U+FFFD in its place."""
    try:
        return octets.decode(charset)
    except (UnicodeError, ValueError):
        japanese = charset.startswith("iso2022_jp") and len(octets) <= MAX_MENDED
        return _japanese(octets) if japanese else octets.decode(charset, "replace")


def _japanese(octets: bytes) -> str:
    begun, *parted = _SECTION.split(octets)
    sections = [(b"", begun), *zip(parted[::2], parted[1::2], strict=True)]
    return "".join(_section(escape, written) for escape, written in sections)


def _section(escape: bytes, octets: bytes) -> str:
    if escape in _TWO_OCTETS:
        return _PAIR.sub(lambda pair: _shifted(pair[1][0], pair[2][0]), octets).decode("cp932", "replace")
    if escape == b"\x1b(I":
        return bytes(octet | 0x80 if 0x20 < octet < 0x60 else octet for octet in octets).decode("cp932", "replace")
    return ((b"" if escape in _ROMAN else escape) + octets).decode(JAPANESE, "replace")


def _shifted(row: int, cell: int) -> bytes:
    """A letter of JIS X 0208 as Shift_JIS, whose table in CP932 has the rows that Microsoft filled."""
    lead = (row + 1 >> 1) + (0x70 if row < 0x5F else 0xB0)
    trail = cell + 0x7E if row % 2 == 0 else cell + (0x1F if cell < 0x60 else 0x20)
    return bytes((lead, trail))
