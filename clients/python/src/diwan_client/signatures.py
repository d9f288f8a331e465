"""Whether a webhook is ours: the rules of Standard Webhooks (https://www.standardwebhooks.com)."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
import time
from collections.abc import Mapping

from diwan_client.answers import Event
from diwan_client.errors import InvalidSignature, UnreadableAnswer
from diwan_client.reading import read

TOLERANCE_SECONDS = 300
_PREFIX = "whsec_"
_SECONDS = re.compile(r"[0-9]{1,12}")


def verify(payload: bytes | str, headers: Mapping[str, str], secret: str) -> Event:
    """The event in a webhook, after it has been proved to be from who knows `secret`, and new.

    Args:
        payload: the body as it came, octet for octet; what was parsed and written again does not match
        headers: of the request, in whatever case
        secret: whsec_…, of the webhook's making or its last rotation

    Raises:
        InvalidSignature: a header is missing, no signature fits, or it was signed more than five minutes from now.
        UnreadableAnswer: it is signed, and is no event.
    """
    body = payload.encode() if isinstance(payload, str) else payload
    given = {name.lower(): value for name, value in headers.items()}
    try:
        id, sent_at, signatures = (given[f"webhook-{part}"] for part in ("id", "timestamp", "signature"))
    except KeyError as missing:
        raise InvalidSignature(f"the header {missing} is missing") from None
    _refuse_old(sent_at)
    expected = _signature(_key(secret), f"{id}.{sent_at}.".encode() + body)
    offered = [one.removeprefix("v1,") for one in signatures.split(" ") if one.startswith("v1,")]
    if not any(hmac.compare_digest(expected.encode(), one.encode()) for one in offered):
        raise InvalidSignature("no signature fits")
    return _event(body)


def _refuse_old(sent_at: str) -> None:
    if not _SECONDS.fullmatch(sent_at) or abs(time.time() - int(sent_at)) > TOLERANCE_SECONDS:
        raise InvalidSignature("it was signed too long ago, or in the future: compare your clock")


def _event(body: bytes) -> Event:
    try:
        value = json.loads(body)
    except ValueError as error:
        raise UnreadableAnswer("what was signed is no JSON") from error
    return read(Event, value)


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("a webhook's secret is whsec_ and base64") from None


def _signature(key: bytes, signed: bytes) -> str:
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
