"""A mailbox: one mbox file, or a zip or tar of mails (.eml), or one mail.

First its mails are told by their heads alone, so that threads can be made of a file of any size; then each thread is
read whole. Which of two mbox dialects quotes a line `>From ` is never told: one `>` is taken away, as mboxrd has it.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import IO

from chalicelib.channels import email_in
from chalicelib.errors import Invalid
from chalicelib.importing import plain
from chalicelib.importing.archive import MAX_MEMBER, Archive
from chalicelib.importing.records import Mail, Record, Skipped
from chalicelib.importing.refusal import refuse

MAX_HEAD = 256 * 1024
_BLOCK = 1024 * 1024
_SEPARATOR = re.compile(rb"\n\r?\n(From [^\r\n]{0,300}\r?\n)(?=[A-Za-z0-9-]{1,70}:|>From )")
# A separator and the beginning of the first header behind it.
_OVERLAP = 1024
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER = re.compile(rb"\A(?:From [^\r\n]*\r?\n)?[A-Za-z0-9-]{1,70}:")
_DAYS = re.compile(rb"(\w{3} \w{3} +\d{1,2} \d\d:\d\d:\d\d)(?: [+-]\d{4}| \w{3,4})? (\d{4})")


class Reader:
    """The heads of all mails. A place is the count of members read, and the offset in the next one."""

    def __init__(self, archive: Archive, format: str) -> None:
        self._archive = archive
        self._boxes = format == "mbox"
        self._names = self._wanted()
        if not self._names:
            raise refuse("There is no mailbox (.mbox) in it." if self._boxes else "There is no mail (.eml) in it.")

    def records(self, place: list[int]) -> Iterator[tuple[list[int], Record]]:
        """The mails from that place on ([0, 0]: the first), each with the place behind it.

        Raises:
            Invalid: it is no mailbox, or no mail.
        """
        for at, name in enumerate(self._names[place[0] :], start=place[0]):
            if self._boxes:
                yield from self._box(at, name, place[1] if at == place[0] else 0)
            elif at > place[0] or not place[1]:
                yield [at + 1, 0], self._single(name)

    def _wanted(self) -> list[str]:
        names = self._archive.names
        if self._archive.is_single:
            self._refuse_what_is_neither(names[0])
            return names
        if self._boxes:
            return [name for name in names if name.lower().endswith((".mbox", "/mbox"))]
        return [
            name for name in names if name.lower().endswith((".eml", ".mail")) or "/cur/" in name or "/new/" in name
        ]

    def _refuse_what_is_neither(self, name: str) -> None:
        with self._archive.open(name) as stream:
            head = stream.read(4096).lstrip(b"\r\n")
        if self._boxes and not head.startswith(b"From "):
            raise refuse("This is no mailbox file: an mbox begins with a line “From ”.")
        if not _HEADER.match(head):
            raise refuse("This is neither a mail (.eml) nor a zip or tar of mails.")
        self._boxes = head.startswith(b"From ")

    def _box(self, at: int, name: str, start: int) -> Iterator[tuple[list[int], Record]]:
        with self._archive.open_anywhere(name) as stream:
            for offset, end, head in _mails(stream, start):
                where = f"{name}, byte {offset}"
                yield [at, end], _told(head, where, name, offset, end - offset)

    def _single(self, name: str) -> Record:
        try:
            with self._archive.open(name) as stream:
                return _told(stream.read(MAX_HEAD), name, name, 0, self._archive.size(name))
        except Invalid as damage:
            return Skipped(name, damage.detail)


def raw(archive: Archive, mail: Mail) -> bytes:
    """The octets of a mail, as it was sent."""
    if mail.offset == 0 and mail.size == archive.size(mail.member):
        return _unquoted(archive.read(mail.member) or b"")
    with archive.open_anywhere(mail.member) as stream:
        stream.seek(mail.offset)
        return _unquoted(stream.read(mail.size))


def _unquoted(octets: bytes) -> bytes:
    if not octets.startswith(b"From "):
        return octets
    return _QUOTED.sub(rb"\1", octets.partition(b"\n")[2])


def _mails(stream: IO[bytes], start: int) -> Iterator[tuple[int, int, bytes]]:
    """Where each mail begins and ends, and its head. No more is held at a time than a block and a head."""
    stream.seek(start)
    begin, head, window, at = start, b"", b"", start
    while block := stream.read(_BLOCK):
        window += block
        for found in _SEPARATOR.finditer(window):
            following = at + found.start(1)
            if following > begin:
                yield begin, following, _grown(head, begin, window[: found.start(1)], at)
                begin, head = following, b""
        head = _grown(head, begin, window, at)
        at += max(0, len(window) - _OVERLAP)
        window = window[-_OVERLAP:]
    if head.strip():
        yield begin, at + len(window), head


def _grown(head: bytes, begin: int, window: bytes, at: int) -> bytes:
    """A head, of a mail that begins at `begin`, with what more of it is in the window at `at`."""
    known = begin + len(head) - at
    return head + window[known : known + MAX_HEAD - len(head)]


def _told(octets: bytes, where: str, member: str, offset: int, size: int) -> Mail | Skipped:
    end = _HEAD_END.search(octets)
    read = email_in.read(octets[: end.end()] if end else octets)
    created_at = plain.believable(read.date) or _separator_date(octets)
    if size > MAX_MEMBER:
        return Skipped(where, "the mail has more than 64 MB")
    if not read.from_email:
        return Skipped(where, "no sender could be read")
    if created_at is None:
        return Skipped(where, "the mail has no believable date")
    return Mail(
        where,
        member,
        offset,
        size,
        created_at,
        read.from_email,
        read.from_name[:200],
        people=tuple(dict.fromkeys((*read.to, *read.cc)))[:50],
        subject=read.subject[:200],
        message_id=read.message_id or "",
        answers=tuple(dict.fromkeys([*read.references[-20:], *([read.in_reply_to] if read.in_reply_to else [])])),
    )


def _separator_date(octets: bytes) -> datetime | None:
    """The date in the line before a mail (`From alice@example.org Sat Nov  7 10:00:00 2020`), which is UTC."""
    line = octets.partition(b"\n")[0] if octets.startswith(b"From ") else b""
    found = _DAYS.search(line)
    if not found:
        return None
    try:
        return plain.believable(
            datetime.strptime(b" ".join(found.groups()).decode() + " +0000", "%a %b %d %H:%M:%S %Y %z")
        )
    except ValueError:
        return None
