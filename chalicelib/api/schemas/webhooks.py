"""Webhooks, and what became of the events they were told."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.values import NO_NUL, Cursor, Limit, Secret, Time
from chalicelib.domain.webhook import known_types
from chalicelib.domain.webhook_url import MAX_URL

EventName = Literal[known_types()]  # type: ignore[valid-type]
Events = Annotated[
    list[EventName],  # type: ignore[valid-type]
    Meta(min_length=1, max_length=100, description="Types of events, as in `GET /v1/events`; `*` is all of them."),
]
Url = Annotated[
    str,
    Meta(
        max_length=MAX_URL,
        pattern=r"^https?://[!-~]+(?![\s\S])",
        description="A public address, by https, in printable ASCII; on port 443, or one from 1024.",
        examples=["https://shop.example.org/hooks/diwan"],
    ),
]
Description = Annotated[str, Meta(max_length=500, pattern=NO_NUL)]
State = Literal["pending", "delivered", "failed", "stopped"]


class Webhook(Struct, kw_only=True):
    """`disabled_reason` says why it was switched off: `gone` (the receiver answered 410), `failing` (for five days,

    without one success), null when a person did it. `failing_since` is the first failure since the last success.
    `previous_secret_until` is until when the secret before the last change signs along.
    """

    id: str
    url: str
    events: list[str]
    description: str
    enabled: bool
    disabled_reason: Literal["gone", "failing"] | None
    failing_since: Time | None
    previous_secret_until: Time | None
    created_at: Time
    updated_at: Time
    version: int


class WebhookWithSecret(Webhook, kw_only=True):
    """`secret` is told here and never again: keep it where the receiver verifies signatures with it."""

    secret: Secret


class NewWebhook(Struct, forbid_unknown_fields=True, kw_only=True):
    """A webhook to make; without `events` it is told of all."""

    url: Url
    events: Events = field(default_factory=lambda: ["*"])
    description: Description = ""
    enabled: bool = True


class WebhookChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays. `events` are replaced as a whole."""

    url: Url | UnsetType = UNSET
    events: Events | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET


class WebhookAttempt(Struct, kw_only=True):
    """`status` is what the receiver answered, null when it did not; `error` says in words why it failed.

    `answer` is the beginning of its answer, at most 256 octets.
    """

    at: Time
    status: int | None
    duration_ms: int
    error: str | None
    answer: str | None


class WebhookDelivery(Struct, kw_only=True):
    """One event on its way to one webhook. `stopped`: the webhook was switched off before it got through.

    `event_id` is the `webhook-id` of every attempt; the newest 30 attempts are listed, oldest first.
    """

    id: str
    webhook_id: str
    event_id: str
    event_type: str
    state: State
    attempts: list[WebhookAttempt]
    next_attempt_at: Time | None
    created_at: Time


class WebhookDeliveryQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    state: State | UnsetType = UNSET
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET


class WebhookResend(Struct, forbid_unknown_fields=True, kw_only=True):
    """Which to send again: events from `since` to `until` (without it: now), in that `state`.

    Without `state`: those that did not get through, `failed` and `stopped`.
    """

    since: Time
    until: Time | UnsetType = UNSET
    state: Literal["delivered", "failed", "stopped"] | UnsetType = UNSET
