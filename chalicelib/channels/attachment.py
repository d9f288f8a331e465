"""A file that travels with a mail, in either direction."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attachment:
    """`name` is a bare file name, never a path; `content_id` is what HTML names as `cid:`, without angle brackets;
    `inline` when the sender meant it to be seen within the text."""

    name: str
    content_type: str
    content: bytes = field(repr=False)
    content_id: str | None = None
    inline: bool = False
