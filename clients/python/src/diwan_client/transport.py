"""One call over HTTP: sent, tried again while that helps, and turned into a value or an error.

The key is put on at the last moment and lives nowhere else: no repr, log line or exception of ours holds it.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

import httpx

from diwan_client import errors
from diwan_client.errors import NoAnswer, UnreadableAnswer
from diwan_client.retries import Retries
from diwan_client.version import VERSION

_log = logging.getLogger("diwan_client")


class Unset:
    """The type of `UNSET`: not given, which is not the same as None (null)."""

    def __repr__(self) -> str:
        return "UNSET"


UNSET = Unset()


@dataclass(frozen=True)
class Call:
    """What to send. `body` and `query` may hold UNSET, which is left out."""

    method: str
    path: str
    query: Mapping[str, Any] = field(default_factory=dict)
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tried:
    """The answer at last, and after how many tries."""

    response: httpx.Response
    tries: int


@dataclass(frozen=True)
class Transport:
    http: httpx.Client
    base_url: str
    api_key: str = field(repr=False)
    locale: str = "en"
    timeout: float = 30.0
    retries: Retries = field(default_factory=Retries)

    def with_options(self, **changes: Any) -> Transport:
        return replace(self, **changes)

    def json(self, call: Call) -> Any:
        """The JSON of the answer to `call`, None when it has no body.

        Raises:
            ApiError: the service refused it, or failed at every try.
            NoAnswer: no try brought a whole answer.
            NotModified, UnreadableAnswer
        """
        return _value(call, self.tried(self._request(call)).response)

    def done(self, call: Call) -> None:
        """The same for a call without an answer to read.

        What a repeated DELETE does not find was deleted by an earlier try, whose answer was lost.
        """
        tried = self.tried(self._request(call))
        if call.method == "DELETE" and tried.tries > 1 and tried.response.status_code == 404:
            return
        _value(call, tried.response)

    def tried(self, request: httpx.Request) -> Tried:
        """The answer to `request`, which is sent again while that helps. Raises NoAnswer."""
        tried = 0
        while True:
            response, failure = self._once(request)
            tried += 1
            wait = self.retries.wait(tried, response)
            if wait is None:
                break
            told = response.status_code if response is not None else repr(failure)
            _log.info("%s %s: %s, try %d follows in %.1f s", request.method, request.url.path, told, tried + 1, wait)
            time.sleep(wait)
        if response is None:
            raise NoAnswer(f"{request.method} {request.url.path}: {failure!r} after {tried} tries") from failure
        return Tried(response, tried)

    def _once(self, request: httpx.Request) -> tuple[httpx.Response | None, httpx.TransportError | None]:
        try:
            return self.http.send(request), None
        except (httpx.LocalProtocolError, httpx.UnsupportedProtocol) as failure:
            raise NoAnswer(f"{request.method} {request.url.path} cannot be sent: {failure}") from failure
        except httpx.DecodingError as failure:
            raise UnreadableAnswer(f"the answer to {request.method} {request.url.path}: {failure}") from failure
        except httpx.TransportError as failure:
            return None, failure

    def _request(self, call: Call) -> httpx.Request:
        headers = {
            "Authorization": f"Bearer {self.api_key}",
            "Accept": "application/json",
            "Accept-Language": self.locale,
            "User-Agent": f"diwan-client/{VERSION} (Python)",
            **call.headers,
        }
        content = None
        if call.method in ("POST", "PATCH"):
            headers.setdefault("Idempotency-Key", str(uuid4()))
            headers["Content-Type"] = "application/json"
            content = json.dumps(_given(call.body or {}), ensure_ascii=False, default=_plain).encode()
        query = {name: _parameter(value) for name, value in _given(call.query).items()}
        return self.http.build_request(
            call.method, self.base_url + call.path, params=query, content=content, headers=headers, timeout=self.timeout
        )


def _value(call: Call, response: httpx.Response) -> Any:
    if response.status_code >= 300:
        raise errors.of(response)
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError as error:
        raise UnreadableAnswer(f"the answer to {call.method} {call.path} is no JSON") from error


def _given(told: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not UNSET}


def _parameter(value: Any) -> str:
    """A value behind the `?`: lists by comma."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set | frozenset):
        return ",".join(map(_parameter, value))
    return str(_plain(value)) if isinstance(value, datetime) else str(value)


def _plain(value: Any) -> Any:
    """What JSON has no type for. Raises ValueError for a time without a time zone."""
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value!r} needs a time zone")
        return value.isoformat()
    if isinstance(value, tuple | set | frozenset):
        return list(value)
    raise TypeError(f"{value!r} cannot be sent as JSON")
