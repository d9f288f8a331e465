"""Uuencoded files, as a transfer encoding of a part or written into the text of a mail that knows no parts."""

import binascii
import re
from itertools import islice

# A mail of 40 MB has as many.
MAX_LINES = 700_000
MAX_FILES = 20
MAX_BEGINNINGS = 200

_BEGIN_LINE = re.compile(rb"^begin [^\r\n]*", re.MULTILINE)
_LINES = re.compile(rb"[^\r\n]+")
_BEGIN = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n", re.MULTILINE)
_END = re.compile(r"(?:[` ]?[ \t]*\n)?end[ \t]*(?:\n|\Z)")
_LINE = re.compile(r"[!-M][ -`]{1,84}(?:\n|\Z)")


def decode(octets: bytes) -> bytes:
    """The first file in `octets`, up to the line that is none of it."""
    begin = _BEGIN_LINE.search(octets)
    decoded: list[bytes] = []
    for line in islice(_LINES.finditer(octets, begin.end() if begin else 0), MAX_LINES):
        content = None if line[0].strip() == b"end" else _line(line[0])
        if content is None:
            break
        decoded.append(content)
    return b"".join(decoded)


def take_out(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """`text` without the files written into it, and those files as name and octets. What does not run from a `begin`
    through lines of the code to an `end` is text, however alike it looks."""
    files: list[tuple[str, bytes]] = []
    kept: list[str] = []
    position = 0
    for _ in range(MAX_BEGINNINGS):
        begin = _BEGIN.search(text, position)
        if not begin or len(files) == MAX_FILES:
            break
        stop = _stop(text, begin.end())
        end = _END.match(text, stop)
        if end and stop > begin.end():
            kept.append(text[position : begin.start()])
            files.append((begin[1].strip(), decode(text[begin.start() : stop].encode("ascii", "replace"))))
            position = end.end()
        else:
            kept.append(text[position : max(stop, begin.end())])
            position = max(stop, begin.end())
    return "".join(kept) + text[position:], files


def _stop(text: str, at: int) -> int:
    """Where the lines of the code end."""
    while line := _LINE.match(text, at):
        at = line.end()
    return at


def _line(line: bytes) -> bytes | None:
    """One line, or None when it is none; encoders that pad a line too far are cut to the length the line tells."""
    try:
        return binascii.a2b_uu(line)
    except binascii.Error:
        told = ((line[0] - 32) & 63) if line else 0
    try:
        return binascii.a2b_uu(line[: (told * 4 + 5) // 3 + 1])
    except binascii.Error:
        return None
