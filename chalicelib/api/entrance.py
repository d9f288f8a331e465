"""Who comes round the front is turned away before any work: by a problem, or by a line of text in a browser."""

import json

from chalice import Response
from chalice.app import Request

from chalicelib import ids, log, settings
from chalicelib.errors import DiwanError, Forbidden
from chalicelib.web import front


def refusal(request: Request) -> Response | None:
    """The answer to whoever did not come by the front; None to all others, and where no front stands."""
    try:
        if front.is_passed(request):
            return None
        error: DiwanError = Forbidden(f"Diwan is asked at {settings.public_url()} only.", code="wrong-host")
    except Exception:  # the secret cannot be read: nobody is let in unseen, and Chalice would say it in its own shape
        log.error("front.unknown")
        error = DiwanError()
    return _told(error, request)


def _told(error: DiwanError, request: Request) -> Response:
    from chalicelib.api import language, problems

    headers = request.headers
    request_id = str(request.context.get("requestId") or ids.new("req"))
    made = problems.of(error, language.of(headers.get("accept-language", "")), request_id)
    kind, text = problems.MEDIA_TYPE, json.dumps(made.body, ensure_ascii=False)
    if not request.path.startswith("/v1/") and "text/html" in headers.get("accept", ""):
        kind, text = "text/plain; charset=utf-8", f"{made.body['detail']}\n{settings.public_url()}\n"
    always = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "X-Request-Id": request_id}
    return Response(text, {**made.headers, **always, "Content-Type": kind}, error.status)
