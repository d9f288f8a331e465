"""Makes the octets of a winmail.dat as Outlook would ([MS-OXTNEF]), for mails of the tests."""

import struct
from collections.abc import Sequence

NAMED_BY_OUTLOOK = b"\x78\x9f\x3e\x22"
MESSAGE, FILE = 1, 2
UNICODE, BINARY, OBJECT = 0x1F, 0x102, 0x0D
PLAIN, HTML, RTF, SUBJECT = 0x1000, 0x1013, 0x1009, 0x0037
CONTENT, LONG_NAME, TYPE, CONTENT_ID = 0x3701, 0x3707, 0x370E, 0x3712

Property = tuple[int, int, bytes]


def winmail(*attributes: bytes, code_page: int = 1252) -> bytes:
    return (
        NAMED_BY_OUTLOOK
        + b"\x01\x00"
        + attribute(MESSAGE, 0x9007, struct.pack("<II", code_page, 0))
        + b"".join(attributes)
    )


def attribute(level: int, name: int, value: bytes, length: int | None = None) -> bytes:
    """`length` is what it claims to be long."""
    claimed = len(value) if length is None else length
    return struct.pack("<BHHI", level, name, 6, claimed) + value + struct.pack("<H", sum(value) & 0xFFFF)


def message(*properties: Property) -> bytes:
    return attribute(MESSAGE, 0x9003, packed(properties))


def file(title: bytes, content: bytes, *properties: Property) -> bytes:
    """A file with its short name in the code page, and whatever else is told of it."""
    begun = attribute(FILE, 0x9002, b"\0" * 14) + attribute(FILE, 0x8010, title + b"\0")
    return begun + attribute(FILE, 0x800F, content) + attribute(FILE, 0x9005, packed(properties))


def inner(packed_message: bytes, *properties: Property) -> bytes:
    """A message within the message."""
    given = (CONTENT, OBJECT, b"\0" * 16 + packed_message)
    return attribute(FILE, 0x9002, b"\0" * 14) + attribute(FILE, 0x9005, packed([given, *properties]))


def text(name: int, value: str) -> Property:
    return name, UNICODE, value.encode("utf-16-le") + b"\0\0"


def packed(properties: Sequence[Property]) -> bytes:
    return struct.pack("<I", len(properties)) + b"".join(_packed(*each) for each in properties)


def _packed(name: int, kind: int, value: bytes) -> bytes:
    return struct.pack("<HHII", kind, name, 1, len(value)) + value + b"\0" * (-len(value) % 4)


def stored_rtf(rtf: bytes) -> Property:
    """RTF that is packed without being made smaller."""
    return RTF, BINARY, struct.pack("<II", len(rtf) + 12, len(rtf)) + b"MELA" + b"\0" * 4 + rtf


def squeezed_rtf(claimed: int, octets: bytes) -> Property:
    """RTF in Outlook's compression, with what it claims to be long when it is unpacked."""
    return RTF, BINARY, struct.pack("<II", len(octets) + 12, claimed) + b"LZFu" + b"\0" * 4 + octets
