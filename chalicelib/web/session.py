"""Who is signed in: a sealed cookie with an id, an address and an end. Nothing is stored that could be stolen from us.

It proves the address and no more: whoever asks must see to it that the person still has that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib import clock, signing
from chalicelib.web import cookies

# A link to a conversation may be passed on, and works for as long: what it opens must not outlive it by much.
LIFE = {"agent": timedelta(days=14), "customer": timedelta(days=30), "conversation": timedelta(days=14)}


@dataclass(frozen=True)
class Session:
    """Who signed in, and the address of mail or the number (E.164) that the link was sent to.

    In the role `conversation` nobody has: the link in a text opens the ticket `ticket_id`, and shows nothing more.
    `begun_at` is known of one that was read: who signs out everywhere ends all that were begun before.
    """

    person_id: str
    address: str
    ticket_id: str = ""
    begun_at: datetime | None = None

    @property
    def address_type(self) -> str:
        """The type of the contact that it is."""
        return "email" if "@" in self.address else "phone"

    def outlives(self, signed_out_at: datetime | None) -> bool:
        """Whether it was begun after its person signed out everywhere, if he ever did."""
        return signed_out_at is None or (self.begun_at is not None and self.begun_at > signed_out_at)


def begin(role: str, session: Session) -> list[str]:
    """The Set-Cookie headers that sign somebody in."""
    ends = round((clock.now() + LIFE[role]).timestamp(), 3)
    told = [session.person_id, ends, session.address]
    sealed = signing.seal(f"session:{role}", [*told, session.ticket_id] if session.ticket_id else told)
    seconds = int(LIFE[role].total_seconds())
    return [cookies.write(role, sealed, seconds), *_mark(role, "1", seconds)]


def end(role: str) -> list[str]:
    """The Set-Cookie headers that sign out who signed in as `role`."""
    return [cookies.write(role, "", 0), *_mark(role, "", 0)]


def read(found: Mapping[str, str], role: str) -> Session | None:
    """The session of who signed in as `role`; None when nobody did, or it is over."""
    sealed = signing.unseal(f"session:{role}", found.get(role, ""))
    parts = 4 if role == "conversation" else 3
    if not isinstance(sealed, list) or len(sealed) != parts or sealed[1] < clock.now().timestamp():
        return None
    begun_at = datetime.fromtimestamp(sealed[1], UTC) - LIFE[role]
    ticket_id = str(sealed[3]) if parts == 4 else ""
    return Session(str(sealed[0]), str(sealed[2]), ticket_id, begun_at)


def _mark(role: str, value: str, seconds: int) -> list[str]:
    """A cookie for scripts: public pages come out of a cache, and cannot know that a customer is signed in."""
    return [cookies.write("signed_in", value, seconds, readable=True)] if role == "customer" else []
