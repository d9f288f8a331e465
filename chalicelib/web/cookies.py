"""Cookies: small sealed notes that the browser keeps for us. Scripts see none but those that tell nothing secret."""

from http.cookies import CookieError, SimpleCookie

from chalicelib import settings

YEAR = 365 * 24 * 3600


def read(header: str) -> dict[str, str]:
    """The cookies of a request, under our own names; a header that cannot be read holds none."""
    try:
        found = SimpleCookie(header)
    except CookieError:
        return {}
    prefix = _prefix()
    return {name.removeprefix(prefix): one.value for name, one in found.items() if name.startswith(prefix)}


def write(name: str, value: str, seconds: int | None = None, *, readable: bool = False) -> str:
    """A Set-Cookie header. `seconds` None lasts as long as the browser is open; 0 takes the cookie away.

    Scripts may read, and write, one that is `readable`: the theme, the language, the mark of being signed in.
    """
    parts = [f"{_prefix()}{name}={value}", "Path=/", "SameSite=Lax", *([] if readable else ["HttpOnly"])]
    if seconds is not None:
        parts.append(f"Max-Age={seconds}")
    if _secure():
        parts.append("Secure")
    return "; ".join(parts)


def _secure() -> bool:
    return settings.public_url().startswith("https://")


def _prefix() -> str:
    """`__Host-` keeps a neighbour on a sub-domain from planting our cookies; browsers take it with https only."""
    return "__Host-diwan_" if _secure() else "diwan_"
