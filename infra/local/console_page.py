"""The page at `/_local`, its script, and the mails it shows."""

from email import message_from_string, policy
from email.message import EmailMessage
from html import escape
from pathlib import Path
from typing import Any

from infra.local.gateway import Response

_HERE = Path(__file__).parent
# A letter is somebody else's HTML: it may show its pictures and be clicked, and nothing more.
_LETTER_POLICY = (
    "sandbox allow-popups allow-top-navigation-by-user-activation; "
    "default-src 'none'; img-src http: https: data:; style-src 'unsafe-inline'"
)


def page() -> Response:
    return Response(200, (_HERE / "console.html").read_bytes(), [("Content-Type", "text/html; charset=utf-8")])


def script() -> Response:
    return Response(200, (_HERE / "console.js").read_bytes(), [("Content-Type", "text/javascript; charset=utf-8")])


def letter(mail: dict[str, Any]) -> Response:
    """A sent mail as its recipient reads it: its HTML, else its text."""
    parsed = message_from_string(mail["raw"], policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    body = parsed.get_body(("html", "plain"))
    content = body.get_content() if body else ""
    if body is None or body.get_content_type() == "text/plain":
        content = f'<pre dir="auto" style="white-space:pre-wrap;font:1rem/1.6 sans-serif">{escape(content)}</pre>'
    page = f'<!doctype html><meta charset="utf-8"><base target="_top">{content}'
    headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", _LETTER_POLICY)]
    return Response(200, page.encode(), headers)
