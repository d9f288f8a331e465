"""Who is signed in: a sealed cookie with an id and an end. Nothing is stored, so nothing can be stolen from us."""

from datetime import timedelta

from chalicelib import clock, signing
from chalicelib.web import cookies

LIFE = {"agent": timedelta(days=14), "customer": timedelta(days=30)}


def begin(role: str, person_id: str) -> str:
    """The Set-Cookie header that signs somebody in."""
    ends = int((clock.now() + LIFE[role]).timestamp())
    return cookies.write(role, signing.seal(f"session:{role}", [person_id, ends]), int(LIFE[role].total_seconds()))


def end(role: str) -> str:
    return cookies.write(role, "", 0)


def person_id(found: dict[str, str], role: str) -> str | None:
    """The id of who is signed in as `role`; None when nobody is, or the session is over."""
    sealed = signing.unseal(f"session:{role}", found.get(role, ""))
    if not isinstance(sealed, list) or sealed[1] < clock.now().timestamp():
        return None
    return str(sealed[0])
