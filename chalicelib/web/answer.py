"""Answers to a browser: a page or a redirect, always with the headers that keep a page from being misused."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from chalice import Response

from chalicelib import settings, signing
from chalicelib.web import cookies
from chalicelib.web.visit import Visit

Headers = dict[str, str | list[str]]

FLASH_SECONDS = 900
# CloudFront answers for a minute without asking us, then with what it has while it asks; browsers ask it each time.
# What is changed or withdrawn is seen after two minutes (PUBLIC_SECONDS) at most. docs/portal.md tells more.
PUBLIC_SECONDS = 120
PUBLIC = "public, max-age=0, s-maxage=60, stale-while-revalidate=60, stale-if-error=86400"


def html(visit: Visit, body: str, status: int = 200, set_cookies: Iterable[str] = ()) -> Response:
    headers = _page_headers() | {"Cache-Control": "no-store"}
    return Response(body, headers | _cookies(visit, set_cookies), status)


def public(visit: Visit, body: str, content_type: str = "text/html", cache: str = PUBLIC) -> Response:
    """What is the same for everybody and may be kept by caches: sets no cookie, and is a 304 for who has it already."""
    tag = hashlib.sha256(body.encode()).hexdigest()[:32]
    headers: Headers = _page_headers() if content_type == "text/html" else {"X-Content-Type-Options": "nosniff"}
    headers |= {"Content-Type": f"{content_type}; charset=utf-8", "Cache-Control": cache, "ETag": f'"{tag}"'}
    # A CDN that compressed the page calls our tag weak (W/"…"); it is told by the hash alone (RFC 9110 §13.1.2).
    if tag in visit.headers.get("if-none-match", ""):
        return Response("", headers, 304)
    return Response(body, headers)


def moved(address: str) -> Response:
    """The page that was asked for lives at that address from now on (301); caches and search engines may know it."""
    headers: Headers = {"Location": address, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": PUBLIC}
    return Response("", headers, 301)


def error(body: str, status: int) -> Response:
    """A page that says what went wrong: kept by nobody, and it sets no cookie, so that anybody may be shown it."""
    return Response(body, _page_headers() | {"Cache-Control": "no-store"}, status)


def _page_headers() -> Headers:
    headers: Headers = {
        "Content-Type": "text/html; charset=utf-8",
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
    return headers


def framed(visit: Visit, body: str, nonce: str) -> Response:
    """A page that a page of ours shows in a frame. It runs nothing; its one <style> with the `nonce` is let through."""
    policy = _policy().replace("style-src", f"style-src 'nonce-{nonce}'").replace("frame-ancestors 'none'", "")
    inside = {"Content-Security-Policy": policy + "frame-ancestors 'self'", "X-Frame-Options": "SAMEORIGIN"}
    return Response(body, _page_headers() | inside | {"Cache-Control": "no-store"} | _cookies(visit, ()))


def plain(visit: Visit, text: str, beside: Mapping[str, str] | None = None) -> Response:
    """Words for a script of ours, and what it is told in headers of our own."""
    headers: Headers = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store", **(beside or {})}
    return Response(text, headers | {"X-Content-Type-Options": "nosniff"} | _cookies(visit, ()))


def data(visit: Visit, value: object, status: int = 200) -> Response:
    """JSON for a script of ours."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    headers: Headers = {"Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store"}
    return Response(body, headers | {"X-Content-Type-Options": "nosniff"} | _cookies(visit, ()), status)


def nothing(visit: Visit, set_cookies: Iterable[str] = ()) -> Response:
    """There is nothing to tell (204)."""
    return Response("", {"Cache-Control": "no-store", **_cookies(visit, set_cookies)}, 204)


def see(address: str) -> Response:
    """See that page next (303), at an address that caches keep: said to everybody alike, it sets no cookie."""
    headers: Headers = {"Location": address, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Response("", headers, 303)


def redirect(visit: Visit, address: str, set_cookies: Iterable[str] = ()) -> Response:
    """See that page next (303: by GET, whatever this request was)."""
    headers: Headers = {"Location": address, "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}
    return Response("", headers | _cookies(visit, set_cookies), 303)


def flash(name: str, value: object) -> str:
    """A Set-Cookie header with a word for the next page, which `flashed` reads there. It lasts a quarter of an hour."""
    return cookies.write(f"flash_{name}", signing.seal(f"flash:{name}", value), FLASH_SECONDS)


def flashed(visit: Visit, name: str) -> object | None:
    value: object | None = signing.unseal(f"flash:{name}", visit.cookies.get(f"flash_{name}", ""))
    return value


def _cookies(visit: Visit, set_cookies: Iterable[str]) -> Headers:
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
        f"img-src {source} data: https:; connect-src 'self'; form-action 'self'; frame-src 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )
