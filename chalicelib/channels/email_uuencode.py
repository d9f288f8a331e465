"""Uuencoded files, as a transfer encoding of a part or written into the text of a mail that knows no parts."""

import binascii
import contextlib
import re

MAX_LINES = 600_000
MAX_FILES = 20

_BEGIN = re.compile(r"^begin [0-7]{3,4} (\S[^\n]{0,200})\n", re.MULTILINE)
_END = re.compile(r"(?:[` ]?[ \t]*\n)?end[ \t]*(?:\n|\Z)")
_LINE = re.compile(r"[!-M][ -`]{1,84}(?:\n|\Z)")


def decode(octets: bytes) -> bytes:
    """The first file in `octets`, up to the line that is none of it."""
    lines = octets.splitlines()[:MAX_LINES]
    begin = next((at for at, line in enumerate(lines) if line.startswith(b"begin ")), -1)
    decoded: list[bytes] = []
    for line in lines[begin + 1 :]:
        content = None if line.strip() == b"end" else _line(line)
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
    while len(files) < MAX_FILES and (begin := _BEGIN.search(text, position)):
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
    told = ((line[0] - 32) & 63) if line else 0
    for attempt in (line, line[: (told * 4 + 5) // 3 + 1]):
        with contextlib.suppress(binascii.Error):
            return binascii.a2b_uu(attempt)
    return None
