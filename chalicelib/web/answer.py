"""Answers to a browser: a page or a redirect, always with the headers that keep a page from being misused."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from chalice import Response

from chalicelib import settings, signing
from chalicelib.web import cookies
from chalicelib.web.visit import Visit

FLASH_SECONDS = 900


def html(visit: Visit, body: str, status: int = 200, set_cookies: Iterable[str] = ()) -> Response:
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Cache-Control": "no-store",
        "Content-Security-Policy": _policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        # Not no-referrer: browsers would then send `Origin: null` with our own forms.
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if settings.public_url().startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return Response(body, headers | _cookies(visit, set_cookies), status)


def plain(visit: Visit, text: str, beside: Mapping[str, str] | None = None) -> Response:
    """Words for a script of ours, and what it is told in headers of our own."""
    headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **(beside or {})}
    return Response(text, headers | {"X-Content-Type-Options": "nosniff"} | _cookies(visit, ()))


def redirect(visit: Visit, address: str, set_cookies: Iterable[str] = ()) -> Response:
    """See that page next (303: by GET, whatever this request was)."""
    headers = {"Location": address, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Response("", headers | _cookies(visit, set_cookies), 303)


def flash(name: str, value: object) -> str:
    """A Set-Cookie header with a word for the next page, which `flashed` reads there. It lasts a quarter of an hour."""
    return cookies.write(f"flash_{name}", signing.seal(f"flash:{name}", value), FLASH_SECONDS)


def flashed(visit: Visit, name: str) -> object | None:
    value: object | None = signing.unseal(f"flash:{name}", visit.cookies.get(f"flash_{name}", ""))
    return value


def _cookies(visit: Visit, set_cookies: Iterable[str]) -> dict[str, list[str]]:
    listed = list(set_cookies)
    if visit.is_new_browser:
        listed.append(cookies.write("browser", visit.browser, cookies.YEAR))
    return {"Set-Cookie": listed} if listed else {}


def _policy() -> str:
    """Nothing runs or loads but our own static files; forms go to us; nobody frames us."""
    static = urlsplit(settings.static_url())
    source = f"'self' {static.scheme}://{static.netloc}" if static.netloc else "'self'"
    return (
        f"default-src 'none'; style-src {source}; script-src {source}; font-src {source}; "
        f"img-src {source} data: https:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
