"""A webhook: an address outside that is told of events, by the Standard Webhooks specification.

https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md gives names, signature and
headers. Signatures carry the real time, since a receiver compares it with its own clock.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.event import TYPES, Event, told

EVERYTHING = "*"
TEST = "webhook.test"
# The specification: between 24 and 64 octets.
SECRET_OCTETS = 32
# The specification: "usually smaller than 20kb".
MAX_BODY = 20_000
OVERLAP = timedelta(hours=24)
GIVE_UP_AFTER = timedelta(days=5)
# About so many: two that are made at the same moment are both let in.
MAX_WEBHOOKS = 25
# While it fails, one of the deliveries that are parked is let go so often, to see whether it is well again.
PROBE_EVERY = timedelta(minutes=5)
# When it is well again, a batch of them is let go so often.
PAUSE = timedelta(seconds=5)
# An index tells of what was written within a second or so; a minute is far beyond that.
INDEXED_WITHIN = timedelta(minutes=1)
# What an event tells of: all others are about tickets and what is said in them.
_SCOPES = {"customer": "customers:read", "article": "articles:read"}


@dataclass(frozen=True)
class Webhook:
    """`events` are types, or `*` for all. `disabled_reason` is `gone` (the receiver said 410) or `failing`, None when

    a person switched it off. `failing_since` is the first failure since the last success. `previous_secret` still
    signs, beside the new one, until `previous_until`. `look_at` is when a timer must see to the deliveries that are
    parked, None when none can be.
    """

    id: str
    url: str
    events: tuple[str, ...]
    secret: str
    created_at: datetime
    updated_at: datetime
    description: str = ""
    enabled: bool = True
    disabled_reason: str | None = None
    failing_since: datetime | None = None
    previous_secret: str | None = None
    previous_until: datetime | None = None
    look_at: datetime | None = None
    version: int = 0

    @property
    def is_failing(self) -> bool:
        return self.enabled and self.failing_since is not None

    def wants(self, event_type: str) -> bool:
        return self.enabled and (EVERYTHING in self.events or event_type in self.events)


def known_types() -> tuple[str, ...]:
    """What a webhook may ask for."""
    return (EVERYTHING, *TYPES)


def scopes_to_hear(types: Collection[str]) -> tuple[str, ...]:
    """The scopes that whoever is told of these `types` (or `*`) must have: those that reading the same would take."""
    heard = TYPES if EVERYTHING in types else types
    return tuple(dict.fromkeys(_SCOPES.get(one.partition(".")[0], "tickets:read") for one in heard))


def secret_of(octets: bytes) -> str:
    """A secret as it is shown; `octets` are SECRET_OCTETS random ones."""
    return "whsec_" + base64.b64encode(octets).decode()


def rotated(webhook: Webhook, secret: str, now: datetime) -> Webhook:
    """With a new secret; the old one signs along for 24 hours."""
    return replace(webhook, secret=secret, previous_secret=webhook.secret, previous_until=now + OVERLAP, updated_at=now)


def changed(webhook: Webhook, wanted: dict[str, Any], now: datetime) -> Webhook:
    """With the fields in `wanted`; switched on again, or led to another address, it has not failed yet."""
    new = replace(webhook, **wanted)
    if new == webhook:
        return webhook
    if new.url != webhook.url or (new.enabled and not webhook.enabled):
        new = replace(new, failing_since=None)
    reason, look_at = None if new.enabled else webhook.disabled_reason, now if webhook.look_at else None
    return replace(new, disabled_reason=reason, look_at=look_at, updated_at=now)


def after_success(webhook: Webhook, now: datetime) -> Webhook:
    return replace(webhook, failing_since=None, look_at=now, updated_at=now) if webhook.failing_since else webhook


def after_failure(webhook: Webhook, status: int | None, now: datetime) -> Webhook:
    """Switched off at a 410, and after five days without one success; `status` is what the receiver answered."""
    if not webhook.enabled:
        return webhook
    failing = webhook
    if webhook.failing_since is None:
        failing = replace(webhook, failing_since=now, look_at=now + PROBE_EVERY, updated_at=now)
    if status == 410:
        return replace(failing, enabled=False, disabled_reason="gone", look_at=now, updated_at=now)
    if failing.failing_since and now - failing.failing_since >= GIVE_UP_AFTER:
        return replace(failing, enabled=False, disabled_reason="failing", look_at=now, updated_at=now)
    return failing


def next_look(webhook: Webhook, found: bool, now: datetime) -> datetime | None:
    """When to see again to what is parked, after a look that `found` some, or none; None when that was the last."""
    if webhook.is_failing:
        return now + PROBE_EVERY
    if found:
        return now + PAUSE
    return now + INDEXED_WITHIN if now - webhook.updated_at < INDEXED_WITHIN else None


def body_of(event: Event) -> bytes:
    """What is sent: the event as the feed shows it, and its time under the specification's name.

    At most MAX_BODY octets: of changes that are longer only the names are told, the longest first.
    """
    shown = told(event)
    shown["timestamp"] = shown["created_at"]
    changes = shown["data"]["changes"]
    for name in sorted(changes, key=lambda one: len(_octets(changes[one])), reverse=True):
        if len(_octets(shown)) <= MAX_BODY:
            break
        changes[name] = [None, None]
    return _octets(shown)


def test_body(webhook: Webhook, event_id: str, now: datetime) -> bytes:
    """What a test call sends: like an event, of a type of its own, about the webhook itself."""
    moment = now.isoformat().replace("+00:00", "Z")
    about = {"id": event_id, "type": TEST, "sequence": 0, "created_at": moment, "timestamp": moment}
    return _octets({**about, "actor": {"type": "system", "id": None}, "data": {"webhook_id": webhook.id}})


def headers(webhook: Webhook, event_id: str, body: bytes, real_now: datetime, now: datetime) -> dict[str, str]:
    """The specification's three headers; `real_now` is the wall clock's time, `now` the product's."""
    timestamp = str(int(real_now.timestamp()))
    content = f"{event_id}.{timestamp}.".encode() + body
    signatures = [_signature(secret, content) for secret in _secrets(webhook, now)]
    return {"webhook-id": event_id, "webhook-timestamp": timestamp, "webhook-signature": " ".join(signatures)}


def _secrets(webhook: Webhook, now: datetime) -> list[str]:
    overlaps = webhook.previous_until is not None and now < webhook.previous_until
    return [webhook.secret, *([webhook.previous_secret] if overlaps and webhook.previous_secret else [])]


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return "v1," + base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()


def _octets(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
