"""Signatures over short strings: reply addresses, cursors, sessions. `purpose` keeps one from passing as another."""

import base64
import hashlib
import hmac
import json
from typing import Any

from chalicelib import aws


def digest(purpose: str, text: str, octets: int = 32) -> bytes:
    """HMAC-SHA256 of `text` for `purpose`, cut to `octets` (80 bits = 10 octets suffice for an address)."""
    key = f"{purpose}:{aws.signing_secret()}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).digest()[:octets]


def matches(purpose: str, text: str, signature: bytes) -> bool:
    return hmac.compare_digest(digest(purpose, text, len(signature)), signature) and len(signature) >= 10


def same(ours: str, theirs: str) -> bool:
    """Whether two texts are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(ours.encode(), theirs.encode())


def seal(purpose: str, value: Any) -> str:
    """A JSON value as one URL-safe string that only we can have made (not secret: its holder can read it)."""
    body = json.dumps(value, separators=(",", ":"), ensure_ascii=False)
    return _base64(body.encode()) + "." + _base64(digest(purpose, body, 16))


def unseal(purpose: str, sealed: str) -> Any | None:
    """The value under `sealed`, or None when we did not seal it for this purpose."""
    head, _, tail = sealed.partition(".")
    try:
        body, signature = _octets(head).decode(), _octets(tail)
    except (ValueError, UnicodeDecodeError):
        return None
    return json.loads(body) if matches(purpose, body, signature) else None


def _base64(octets: bytes) -> str:
    return base64.urlsafe_b64encode(octets).rstrip(b"=").decode()


def _octets(text: str) -> bytes:
    if not text.isascii():
        raise ValueError("not base64")
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
