"""The mark before the subject of a mail that is passed on, as mail programs write it in any language: `Fwd:`."""

import re

from chalicelib.domain import reply_line, reply_words

_NAMES = "|".join(re.escape(reply_line.plain(name)) for name in reply_words.FORWARD_SUBJECTS.split("|"))
# A list's or a desk's own mark may stand before it, and how often it was passed on behind it.
_MARKED = re.compile(rf"(?:\[[^\]]{{1,40}}\]\s*)*(?:{_NAMES})\s?(?:\[\d+\])?\s?:")


def is_marked(subject: str) -> bool:
    """Whether `subject` says that the whole mail is passed on (`Fwd: …`), not answered (`Re: Fwd: …`)."""
    return bool(_MARKED.match(reply_line.plain(subject)))


def bare(subject: str) -> str:
    """The subject without its marks."""
    while is_marked(subject):
        subject = subject.replace("：", ":").partition(":")[2].strip()
    return subject
