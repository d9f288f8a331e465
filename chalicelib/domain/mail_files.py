"""Which files of an answer travel in its mail, and which are only linked to: many mailboxes refuse a mail of 10 MB.

What counts is the size once encoded, a third more than the file. SES itself takes 40 MB, but few receivers do.
"""

from collections.abc import Iterable

from chalicelib.domain.message import Attachment, Message

MOST_OCTETS = 7_000_000
# Of a mail without its files: head, frame, and the heads of the parts.
_FRAME, _PART = 20_000, 500


def parted(message: Message) -> tuple[tuple[Attachment, ...], tuple[Attachment, ...]]:
    """Those that travel and those that are linked to, each in the message's order; the small ones travel first."""
    room = MOST_OCTETS - _FRAME - _words(message)
    travel = set()
    for file in sorted(message.attachments, key=lambda one: one.size):
        room -= _encoded(file.size)
        if room >= 0:
            travel.add(file.id)
    return _those(message.attachments, travel, True), _those(message.attachments, travel, False)


def _those(files: Iterable[Attachment], travel: set[str], wanted: bool) -> tuple[Attachment, ...]:
    return tuple(one for one in files if (one.id in travel) == wanted)


def _words(message: Message) -> int:
    """Text and HTML, encoded in the shorter of two ways, take at most this."""
    octets = 2 * len(message.text.encode("utf-8", "replace")) + len((message.html or "").encode("utf-8", "replace"))
    return octets * 3 // 2


def _encoded(size: int) -> int:
    """Base64 in lines of 76 with their ends (RFC 2045), and the head of the part."""
    letters = (size + 2) // 3 * 4
    return letters + letters // 76 * 2 + _PART
