"""Every call goes through here: who asks, may he, what does he send; then the work; then the answer as HTTP.

The order matters: a request that is refused before the work leaves nothing behind, so it can be mended and sent again
under the same Idempotency-Key.
"""

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from chalice import Response
from chalice.app import Request

from chalicelib import ids, log, settings
from chalicelib.api import answer as answers
from chalicelib.api import authentication, body, language, operation, problems, queries
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.checking import checked
from chalicelib.api.operation import Operation
from chalicelib.api.routes import Route
from chalicelib.api.schemas.values import Empty
from chalicelib.domain.api_key import ApiKey
from chalicelib.errors import DiwanError, Invalid
from chalicelib.store import changes, idempotency

_LOOKING = ThreadPoolExecutor(8, "ahead")


def answer(route: Route, request: Request, path: Mapping[str, str]) -> Response:
    """The answer to one request; whatever goes wrong becomes a problem document."""
    call = _call(request, path)
    return _response(route, call, _answered(route, request, call))


def act(route: Route, request: Request, path: Mapping[str, str], key: ApiKey) -> Answer:
    """The same for a request that a job makes in the name of `key`, which counts as none of the key's own."""
    return _answered(route, request, _call(request, path), key)


def _answered(route: Route, request: Request, call: Call, key: ApiKey | None = None) -> Answer:
    try:
        return _handle(route, request, call, key)
    except DiwanError as error:
        return problems.of(error, call.locale, call.request_id)
    except Exception:  # the last line of defence: a caller is owed a problem document, and Chalice has another shape
        log.error("api.failed", operation=route.operation, request_id=call.request_id)
        return problems.of(DiwanError(), call.locale, call.request_id)


def _call(request: Request, path: Mapping[str, str]) -> Call:
    return Call(
        method=request.method,
        address=_address(request.path, path),
        path=path,
        headers=request.headers,
        query=dict(request.query_params or {}),
        locale=language.of(request.headers.get("accept-language", "")),
        request_id=str(request.context.get("requestId") or ids.new("req")),
    )


def _address(resource: str, path: Mapping[str, str]) -> str:
    for name, value in path.items():
        resource = resource.replace(f"{{{name}}}", value)
    return resource


def _handle(route: Route, request: Request, call: Call, key: ApiKey | None) -> Answer:
    wanted = operation.load(route.operation)
    if key and route.scope:
        authentication.admit_as(call, key, route.scope)
    elif route.scope:
        _admit(route.scope, wanted, request, call)
    given = _given(wanted, request, call)
    return _once(call, wanted, lambda: wanted.handler(call, *given))


def _admit(scope: str, wanted: Operation, request: Request, call: Call) -> None:
    """Let the call in; what its operation can look up before knows nothing of who asks, so both go on at once."""
    looking = _LOOKING.submit(wanted.ahead, body.octets(request)) if wanted.ahead else None
    authentication.admit(call, scope)
    call.ahead = looking.result() if looking else None


def _given(wanted: Operation, request: Request, call: Call) -> list[Any]:
    """What the handler takes beside the call: its query or its body, checked."""
    query: msgspec.Struct = queries.read(wanted.query, request, call.locale)
    if call.method not in ("POST", "PATCH"):
        return [] if wanted.query is Empty else [query]
    sent = body.read(request, call.locale)
    found: msgspec.Struct = checked(wanted.body, sent, call.locale)
    call.name(sent)
    return [] if wanted.body is Empty else [found]


def _once(call: Call, wanted: Operation, work: Callable[[], Answer]) -> Answer:
    """Do the work, or answer as the first time.

    A repeat may be refused before it comes to commit (its reply meets its own message as the newest one), so a refusal
    first looks whether the work was done already.
    """
    try:
        return work()
    except changes.Replayed as met:
        return _first(call, wanted, idempotency.of(met.stored))
    except DiwanError as refusal:
        found = idempotency.find(call.named) if call.named and refusal.status < 500 else None
        if found is None:
            raise
        return _first(call, wanted, found)


def _first(call: Call, wanted: Operation, found: tuple[str, dict[str, Any]] | None) -> Answer:
    if found is None or call.named is None:
        raise DiwanError("This work was done before, under another name.")
    request_hash, kept = found
    if request_hash != call.named.request_hash:
        words = "This Idempotency-Key came with another body before."
        raise Invalid(words, code="idempotency-key-reused")
    if wanted.again:
        kept = {**kept, "body": wanted.again(call, kept["body"])}
    return answers.again(kept)


def _response(route: Route, call: Call, made: Answer) -> Response:
    text = _text(made.body)
    tag = _tag(route, made, text)
    headers: dict[str, str | list[str]] = {
        "Content-Type": "application/json",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-Request-Id": call.request_id,
        **(authentication.rate_headers(call.key) if call.key else {}),
        **({"ETag": tag} if tag else {}),
        **({"Location": settings.public_url() + made.location} if made.location else {}),
        **made.headers,
    }
    if made.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="diwan"'
    if call.method == "GET" and tag and call.has(tag) and not made.moves:
        return Response("", headers, 304)
    return Response(text, headers, made.status)


def _tag(route: Route, made: Answer, text: str) -> str | None:
    """The version; for what has none and is read by its id, a digest of what is shown."""
    if made.version is not None:
        return f'"{made.version}"'
    if route.method == "GET" and route.path.endswith("{id}") and made.status == 200:
        return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'
    return None


def _text(value: Any) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return msgspec.json.encode(value).decode()
