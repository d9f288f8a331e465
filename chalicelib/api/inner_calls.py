"""Calls of this API that a job makes in the name of a key: no HTTP, but the same door, checks and answers."""

import json
from collections.abc import Mapping
from typing import Any

from chalice.app import Request

from chalicelib import ids
from chalicelib.api import door, language, problems, routes
from chalicelib.api.answer import Answer
from chalicelib.domain.api_key import ApiKey
from chalicelib.errors import NotFound


def ask(
    key: ApiKey,
    method: str,
    path: str,
    body: Any = None,
    query: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """The answer to such a call, a problem if there is none at that path. Names of `headers` are in lower case."""
    found, sent = routes.find(method, path), headers or {}
    if found is None:
        missing = NotFound(f"There is no call {method} {path}.")
        return problems.of(missing, language.of(sent.get("accept-language", "")), ids.new("req"))
    event = {
        "multiValueQueryStringParameters": {name: [value] for name, value in (query or {}).items()},
        "headers": {**sent, "content-type": "application/json"},
        "pathParameters": dict(found.path),
        "requestContext": {"httpMethod": method, "resourcePath": found.route.path},
        "stageVariables": None,
        "body": None if body is None else json.dumps(body),
        "isBase64Encoded": False,
    }
    return door.act(found.route, Request(event, None), found.path, key)
