"""API Gateway played by hand: an HTTP request becomes a REST API event for the Chalice app, its answer a response.

Unlike Chalice's own local server it decodes path parameters and answers unknown routes, as the real one does with the
gateway responses of `infra/app.yaml`.
"""

import base64
import json
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from chalice.app import Chalice
from chalice.local import LocalChalice

from chalicelib.api import language, problem_words, problems
from chalicelib.errors import DiwanError
from infra.local import template
from infra.local.sources import Context

ACCOUNT = "000000000000"


@dataclass(frozen=True)
class Request:
    """One HTTP request; `headers` in their order, names as sent; `path` still encoded."""

    method: str
    path: str
    query: str
    headers: list[tuple[str, str]]
    body: bytes
    client: str


@dataclass(frozen=True)
class Response:
    status: int
    body: bytes = b""
    headers: list[tuple[str, str]] = field(default_factory=list)


class Gateway:
    """The HTTP side of `app`. Requests may come from several threads at once."""

    def __init__(self, app: Chalice) -> None:
        # Chalice keeps the current request on the app, which only a Lambda, one request at a time, can bear.
        app.__class__ = LocalChalice
        self._app = app
        self._routes = [(resource.strip("/").split("/"), resource) for resource in app.routes]

    def answer(self, request: Request) -> Response:
        resource, parameters = self._find(request.path)
        if resource is None:
            return refusal(request, "MISSING_AUTHENTICATION_TOKEN")
        routes = self._app.routes[resource]
        method = "GET" if request.method == "HEAD" and "HEAD" not in routes else request.method
        if method not in routes:
            return _wrong_method(request, sorted(routes))
        try:
            event = _event(request, method, resource, parameters, self._app.api.binary_types)
        except UnicodeDecodeError:
            return refused(request, "malformed", "The body is not UTF-8.")
        return _response(self._app(event, Context("http")))

    def _find(self, path: str) -> tuple[str | None, dict[str, str]]:
        """The route for `path`: of several, the one with literal segments earliest, as API Gateway prefers.

        Like it we do not turn back: below a literal first segment only that branch of the tree is looked at.
        """
        parts = path.strip("/").split("/")
        branch = [route for route in self._routes if route[0][0] == parts[0]] or self._routes
        found = [
            (resource, parameters)
            for segments, resource in branch
            if (parameters := _match(segments, parts)) is not None
        ]
        if not found:
            return None, {}
        return min(found, key=lambda pair: [_looseness(segment) for segment in pair[0].strip("/").split("/")])


def refusal(request: Request, kind: str) -> Response:
    """What API Gateway answers before any of our code runs: the gateway response `kind` of `infra/app.yaml`.

    API Gateway can say it in English only; here it is said in the reader's language.
    """
    answer = template.gateway_response(kind)
    told = json.loads(answer["ResponseTemplates"]["application/json"])
    return refused(request, told["code"], told["detail"], int(answer.get("StatusCode", 502)))


def refused(request: Request, code: str, detail: str, status: int | None = None) -> Response:
    """The problem of that code, in the language that the request asks for; `detail` is the English one."""
    error = DiwanError(detail, code=code)
    error.status = status or problem_words.of(code).status
    made = problems.of(error, language.of(header(request, "accept-language")), str(uuid.uuid4()))
    return problem(request, made.body)


def problem(request: Request, document: dict[str, Any]) -> Response:
    """A problem document (RFC 9457), as a line of text for a browser that asked for a page."""
    status = document["status"]
    headers = [("X-Request-Id", document["request_id"])] if "request_id" in document else []
    if request.path.startswith("/v1/") or "text/html" not in header(request, "accept"):
        octets = json.dumps(document, ensure_ascii=False).encode()
        return Response(status, octets, [("Content-Type", problems.MEDIA_TYPE), *headers])
    text = f"{document['detail']}\n".encode()
    return Response(status, text, [("Content-Type", "text/plain; charset=utf-8"), *headers])


def header(request: Request, name: str) -> str:
    """The header `name` (lower case), empty when there is none."""
    return next((value for key, value in request.headers if key.lower() == name), "")


def _wrong_method(request: Request, allowed: list[str]) -> Response:
    """405 with what is allowed. (API Gateway itself answers a wrong method as it does an unknown address.)"""
    methods = ", ".join(allowed)
    answer = refused(request, "method-not-allowed", f"Allowed at this address: {methods}.")
    return Response(answer.status, answer.body, [*answer.headers, ("Allow", methods)])


def _match(segments: list[str], parts: list[str]) -> dict[str, str] | None:
    parameters: dict[str, str] = {}
    for position, segment in enumerate(segments):
        if segment.endswith("+}"):
            rest = parts[position:]
            return parameters | {segment[1:-2]: unquote("/".join(rest))} if any(rest) else None
        if position >= len(parts) or (segment[:1] != "{" and segment != parts[position]):
            return None
        if segment[:1] == "{":
            if not parts[position]:
                return None
            parameters[segment[1:-1]] = unquote(parts[position])
    return parameters if len(segments) == len(parts) else None


def _looseness(segment: str) -> int:
    return 2 if segment.endswith("+}") else 1 if segment.startswith("{") else 0


def _event(
    request: Request, method: str, resource: str, parameters: Mapping[str, str], binary_types: list[str]
) -> dict[str, Any]:
    query = parse_qsl(request.query, keep_blank_values=True)
    body, encoded = _body(request, binary_types)
    return {
        "resource": resource,
        "path": unquote(request.path),
        "httpMethod": method,
        "headers": dict(request.headers) or None,
        "multiValueHeaders": _grouped(request.headers),
        "queryStringParameters": dict(query) or None,
        "multiValueQueryStringParameters": _grouped(query),
        "pathParameters": dict(parameters) or None,
        "stageVariables": None,
        "requestContext": _context(request, method, resource),
        "body": body,
        "isBase64Encoded": encoded,
    }


def _context(request: Request, method: str, resource: str) -> dict[str, Any]:
    return {
        "accountId": ACCOUNT,
        "apiId": "local",
        "stage": "local",
        "resourcePath": resource,
        "httpMethod": method,
        "path": request.path,
        "protocol": "HTTP/1.1",
        "requestId": str(uuid.uuid4()),
        "requestTimeEpoch": int(time.time() * 1000),
        "domainName": header(request, "host"),
        "identity": {"sourceIp": request.client, "userAgent": header(request, "user-agent")},
    }


def _body(request: Request, binary_types: list[str]) -> tuple[str | None, bool]:
    """API Gateway hands text on as UTF-8, with U+FFFD for what is none; here it is refused, so that it is noticed."""
    content_type = header(request, "content-type").partition(";")[0].strip().lower()
    if "*/*" in binary_types or content_type in binary_types:
        return base64.b64encode(request.body).decode(), True
    return (request.body.decode() if request.body else None), False


def _response(answer: dict[str, Any]) -> Response:
    body = answer.get("body") or ""
    octets = base64.b64decode(body) if answer.get("isBase64Encoded") else str(body).encode()
    headers = list((answer.get("headers") or {}).items())
    several = answer.get("multiValueHeaders") or {}
    headers += [(name, value) for name, values in several.items() for value in values]
    if not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", "application/json"))
    return Response(answer["statusCode"], octets, headers)


def _grouped(pairs: list[tuple[str, str]]) -> dict[str, list[str]] | None:
    groups: dict[str, list[str]] = {}
    for name, value in pairs:
        groups.setdefault(name, []).append(value)
    return groups or None
