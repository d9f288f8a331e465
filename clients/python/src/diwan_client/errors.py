"""What can go wrong with a call, by name. Everything this package raises by itself is a DiwanError.

What the service refused is an ApiError with the fields of its problem document (RFC 9457); `code` is what to branch on.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx


class DiwanError(Exception):
    """Base of everything this package raises."""


class NoAnswer(DiwanError):
    """No whole answer came, after all tries: no connection, a time-out, a connection that broke. See `__cause__`."""


class UnreadableAnswer(DiwanError):
    """The service answered with something this version of the package cannot read."""


class NotModified(DiwanError):
    """You have this version already (304, to `if_none_match`)."""


class InvalidSignature(DiwanError):
    """A webhook that was not signed with this secret, or not in the last minutes. Answer it with 400."""


class TimedOut(DiwanError):
    """What was waited for did not come about in the time given."""


@dataclass(frozen=True)
class Fault:
    """One thing wrong with a request: where (`pointer`, RFC 6901), what (`code`), and in words."""

    pointer: str
    code: str
    message: str


class ApiError(DiwanError):
    """The service said no. `request_id` is what to name when you ask about it."""

    def __init__(self, status: int, problem: Mapping[str, Any], headers: Mapping[str, str]) -> None:
        self.status = status
        self.code = str(problem.get("code", "unknown"))
        self.type = str(problem.get("type", "about:blank"))
        self.title = str(problem.get("title", ""))
        self.detail = str(problem.get("detail", ""))
        self.request_id = str(problem.get("request_id") or headers.get("x-request-id", ""))
        self.errors = [_fault(one) for one in problem.get("errors") or []]
        self.headers = headers
        super().__init__(self._words())

    def _words(self) -> str:
        where = "".join(f"; {one.pointer or '/'}: {one.message}" for one in self.errors)
        return f"{self.status} {self.code}: {self.detail or self.title}{where} (request {self.request_id or 'unknown'})"


class BadRequest(ApiError):
    """400: the request could not be read, or a parameter is wrong."""


class Unauthorized(ApiError):
    """401: no such key, or it was revoked or has expired."""


class Forbidden(ApiError):
    """403: the key lacks a scope."""


class NotFound(ApiError):
    """404."""


class Conflict(ApiError):
    """409: it does not go with how things stand, as `newer-message`."""


class VersionMismatch(ApiError):
    """412: somebody was faster than your `if_match`. Read it again, then decide again."""


class Invalid(ApiError):
    """422: something in the body is wrong; `errors` names each fault."""


class TooManyRequests(ApiError):
    """429, after all tries."""


class ServiceFailed(ApiError):
    """5xx, after all tries."""


_BY_STATUS: dict[int, type[ApiError]] = {
    400: BadRequest,
    401: Unauthorized,
    403: Forbidden,
    404: NotFound,
    409: Conflict,
    412: VersionMismatch,
    422: Invalid,
    429: TooManyRequests,
}


def of(response: httpx.Response) -> DiwanError:
    """The error that an answer tells of; what is not a problem document (a proxy's page) keeps its first words."""
    if response.status_code == 304:
        return NotModified("You have this version already.")
    kind = ServiceFailed if response.status_code >= 500 else _BY_STATUS.get(response.status_code, ApiError)
    return kind(response.status_code, _problem(response), response.headers)


def _problem(response: httpx.Response) -> Mapping[str, Any]:
    try:
        found = response.json()
    except (json.JSONDecodeError, UnicodeDecodeError):
        found = None
    return found if isinstance(found, dict) else {"detail": response.text[:200]}


def _fault(told: Mapping[str, Any]) -> Fault:
    return Fault(str(told.get("pointer", "")), str(told.get("code", "")), str(told.get("message", "")))
