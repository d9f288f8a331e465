"""A message: one thing somebody wrote in a ticket. A note is a message that only agents see."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.call import Call

VISIBILITIES = ("public", "internal")
AUTHOR_TYPES = ("customer", "agent", "system")

MAX_TEXT = 65_536
MAX_HTML = 200_000
MAX_ATTACHMENTS = 100


@dataclass(frozen=True)
class Author:
    """Who wrote; `id` names a customer or an agent, and is None for the system."""

    type: str
    id: str | None
    name: str


@dataclass(frozen=True)
class Attachment:
    """A file of a message; `key` is where its octets lie in the files bucket."""

    id: str
    name: str
    content_type: str
    size: int
    key: str
    inline: bool = False

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))


@dataclass(frozen=True)
class Message:
    """One entry of a ticket's thread; it never changes once written, but for what is read anew from its raw mail.

    `contact` is the address it came from or, on an agent's message, goes to. `doors` are our addresses that a received
    mail was sent to, first the one that counted. `email_id` is the Message-ID of a
    received mail. `matched_by` says why a received message landed in this ticket. `raw_key` is the mail as
    received, in the mail bucket. `unknown_sender` is somebody who takes no part in the ticket, `unverified_sender`
    somebody who may not be who he claims to be. `refused` is why an agent's answer by mail stayed inside as this note
    (the code of the refusal). `caution` is why a mail that was released had been suspended (see `suspension`), or
    `unscanned` where nobody looked for a virus in it. `call` is the phone call that it tells of; all others have none.
    """

    id: str
    ticket_id: str
    author: Author
    visibility: str
    channel: str
    text: str
    created_at: datetime
    html: str | None = None
    quoted_text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    contact: str | None = None
    cc: tuple[str, ...] = ()
    doors: tuple[str, ...] = ()
    email_id: str | None = None
    matched_by: str | None = None
    automatic: bool = False
    unknown_sender: bool = False
    unverified_sender: bool = False
    raw_key: str | None = None
    problems: tuple[str, ...] = ()
    refused: str | None = None
    caution: str | None = None
    call: Call | None = None

    @property
    def is_public(self) -> bool:
        return self.visibility == "public"

    @property
    def is_note(self) -> bool:
        return self.visibility == "internal"

    @property
    def from_customer(self) -> bool:
        return self.author.type == "customer"

    @property
    def gist(self) -> str:
        """What lists show of it: its first words, else what its files are called."""
        return preview(self.text) or preview(" · ".join(file.name for file in self.attachments))


def preview(text: str, limit: int = 120) -> str:
    """The first words of `text` on one line, at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
