"""Who is signed in: a sealed cookie with an id, an address and an end. Nothing is stored that could be stolen from us.

It proves the address and no more: whoever asks must see to it that the person still has that one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from chalicelib import clock, signing
from chalicelib.web import cookies

LIFE = {"agent": timedelta(days=14), "customer": timedelta(days=30)}
# A link in a text may be passed on, and works for as long: what it opens must not outlive it by much.
LINK_LIFE = timedelta(days=14)


@dataclass(frozen=True)
class Session:
    """Who signed in, and the address of mail or the number (E.164) that the link was sent to.

    `by_ticket_link`: by the link to a conversation, which may be passed on and works for two weeks. It lets him read
    and write, and change nothing of who he is.
    """

    person_id: str
    address: str
    by_ticket_link: bool = False

    @property
    def address_type(self) -> str:
        """The type of the contact that it is."""
        return "email" if "@" in self.address else "phone"


def begin(role: str, session: Session) -> str:
    """The Set-Cookie header that signs somebody in."""
    life = LINK_LIFE if session.by_ticket_link else LIFE[role]
    ends = int((clock.now() + life).timestamp())
    sealed = signing.seal(f"session:{role}", [session.person_id, ends, session.address, int(session.by_ticket_link)])
    return cookies.write(role, sealed, int(life.total_seconds()))


def end(role: str) -> str:
    return cookies.write(role, "", 0)


def read(found: Mapping[str, str], role: str) -> Session | None:
    """The session of who signed in as `role`; None when nobody did, or it is over."""
    sealed = signing.unseal(f"session:{role}", found.get(role, ""))
    if not isinstance(sealed, list) or len(sealed) not in (3, 4) or sealed[1] < clock.now().timestamp():
        return None
    return Session(str(sealed[0]), str(sealed[2]), bool(sealed[3:4] == [1]))
