"""Requests to OpenSearch, each signed as AWS wants it; docs/decisions/opensearch.md says why by no client of its own.

None is repeated here: who searches is told at once that it does not answer, and what is to be indexed waits in a queue.
"""

import functools
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from chalicelib import aws, log, settings
from chalicelib.errors import Unavailable

# A collection that sleeps wakes in 10 to 30 s; API Gateway waits 29, a job 60.
_CONNECTING, _SEARCHING, _WRITING = 3, 20, 25
_DONE = (200, 201)
_MISSING = 404
# Of one operation among many: not found is what a deletion may say, a conflict that something newer is there.
_SETTLED = (*_DONE, _MISSING, 409)

Json = dict[str, Any]


def search(index: str, body: Json) -> Json:
    """What OpenSearch answers to a search; of an index that is not there yet, that it holds nothing.

    Raises:
        errors.Unavailable: it does not answer, or refuses us.
    """
    status, answer = _send("POST", f"/{index}/_search", json.dumps(body).encode(), _SEARCHING)
    if status == _MISSING:
        return {"hits": {"total": {"value": 0}, "hits": []}}
    return _accepted("search", status, answer)


def bulk(index: str, lines: Sequence[Json]) -> None:
    """Do what `lines` say: actions, each that needs one with its document behind it. Older versions change nothing.

    Raises:
        errors.Unavailable: it does not answer, or did not do all of it.
    """
    body = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode("utf-8", "replace")
    answer = _accepted("bulk", *_send("POST", f"/{index}/_bulk", body, _WRITING, "application/x-ndjson"))
    results = [result for item in answer["items"] for result in item.values()]
    refused = [result for result in results if result["status"] not in _SETTLED]
    if refused:
        raise _unavailable("bulk", refused[0]["status"], refused[0].get("error"))


def create(index: str, definition: Json) -> None:
    """Make the index, if it is not there.

    Raises:
        errors.Unavailable: it does not answer, or refuses us.
    """
    status, answer = _send("PUT", f"/{index}", json.dumps(definition).encode(), _WRITING)
    if _kind(answer.get("error")) != "resource_already_exists_exception":
        _accepted("create", status, answer)


def names(pattern: str) -> list[str]:
    """The indexes whose names fit a pattern such as `diwan-*`.

    Raises:
        errors.Unavailable: it does not answer, or refuses us.
    """
    status, answer = _send("GET", f"/{pattern}", b"", _SEARCHING)
    return [] if status == _MISSING else sorted(_accepted("list", status, answer))


def drop(index: str) -> None:
    """Delete an index with all it holds.

    Raises:
        errors.Unavailable: it does not answer, or refuses us.
    """
    status, answer = _send("DELETE", f"/{index}", b"", _WRITING)
    if status != _MISSING:
        _accepted("drop", status, answer)


def _send(method: str, path: str, body: bytes, seconds: int, kind: str = "application/json") -> tuple[int, Json]:
    from botocore.awsrequest import AWSRequest
    from botocore.exceptions import BotoCoreError

    headers = {"Content-Type": kind, "X-Amz-Content-SHA256": hashlib.sha256(body).hexdigest()}
    request = AWSRequest(method=method, url=settings.ticket_search() + path, data=body, headers=headers)
    try:
        _sign(request)
        answer = _connections(seconds).send(request.prepare())
        return answer.status_code, json.loads(answer.content or b"{}")
    except (BotoCoreError, ValueError) as error:
        raise _unavailable(path.rpartition("/")[2], 0, {"type": type(error).__name__}) from error


def _sign(request: Any) -> None:
    from botocore.auth import SigV4Auth

    session = aws.session()
    # A collection is another service than a domain, and refuses its signatures.
    service = "aoss" if ".aoss." in request.url else "es"
    SigV4Auth(session.get_credentials(), service, session.region_name).add_auth(request)


@functools.cache
def _connections(seconds: int) -> Any:
    from botocore.httpsession import URLLib3Session

    return URLLib3Session(timeout=(_CONNECTING, seconds))


def _accepted(what: str, status: int, answer: Json) -> Json:
    if status not in _DONE:
        raise _unavailable(what, status, answer.get("error"))
    return answer


def _unavailable(what: str, status: int, error: Any) -> Unavailable:
    """Its own words stay out of the log: they may hold what somebody searched for."""
    log.error("opensearch.failed", request=what, status=status, error=_kind(error))
    return Unavailable("The search of tickets does not answer at this moment.")


def _kind(error: Any) -> str | None:
    return error.get("type") if isinstance(error, dict) else None
