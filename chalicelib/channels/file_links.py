"""Links to files that were too large for their mail. Whoever holds the mail may fetch them, without signing in, for a
month; after that the link leads to the conversation, which asks who he is.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib import settings, signing
from chalicelib.domain.message import Attachment, Message

LIFE = timedelta(days=30)


@dataclass(frozen=True)
class FileLink:
    """One file of a message, as a mail links to it; `until` is when the link ends."""

    ticket_id: str
    message_id: str
    file_id: str
    until: datetime

    def address(self, locale: str) -> str:
        told = [self.ticket_id, self.message_id, self.file_id, int(self.until.timestamp())]
        return f"{settings.public_url()}/{locale}/files/{signing.seal('file-link', told)}"


def to(message: Message, file: Attachment, now: datetime) -> FileLink:
    return FileLink(message.ticket_id, message.id, file.id, now + LIFE)


def read(token: str) -> FileLink | None:
    """What a link's last part names; None when we did not make it."""
    told = signing.unseal("file-link", token)
    if not isinstance(told, list):
        return None
    ticket_id, message_id, file_id, until = told
    return FileLink(ticket_id, message_id, file_id, datetime.fromtimestamp(until, UTC))
