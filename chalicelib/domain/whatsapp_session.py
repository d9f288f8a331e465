"""The session of a number on WhatsApp: for 24 hours after its newest message a business may answer as it likes.

Later only a template goes out that Meta has approved, whatever the customer asked before:
https://developers.facebook.com/docs/whatsapp/cloud-api/guides/send-messages (customer service windows). An SMS or a
call of the same number opens nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

LIFE = timedelta(hours=24)


@dataclass(frozen=True)
class Session:
    """What is known of a number (E.164): when its newest message came, and the id (Meta's `wamid`) of that message."""

    number: str
    last_at: datetime
    wamid: str

    @property
    def ends_at(self) -> datetime:
        """From then on only a template goes out."""
        return self.last_at + LIFE


def is_open(session: Session | None, now: datetime) -> bool:
    """Whether a free text may go out now; None is a number that never wrote, or long ago."""
    return session is not None and now < session.ends_at


def newer(known: Session | None, heard: Session) -> Session | None:
    """What is known after a message was heard of; None where a newer one was taken in before.

    Meta counts in seconds: of two in one the later one to come counts.
    """
    return heard if known is None or known.last_at <= heard.last_at else None
