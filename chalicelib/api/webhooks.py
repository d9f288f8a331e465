"""Webhooks: who outside is told of events. Their secret is shown when it is made, and never again."""

from collections.abc import Collection

from msgspec import UNSET

from chalicelib import ids
from chalicelib.actions import change_webhook, resend_webhooks
from chalicelib.api import authentication, fields, jobs, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.queries import in_utc
from chalicelib.api.schemas import webhooks as schemas
from chalicelib.api.schemas.jobs import Job
from chalicelib.api.schemas.staff import ListQuery
from chalicelib.api.schemas.values import Page
from chalicelib.domain import webhook as life
from chalicelib.domain.webhook import Webhook
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.errors import NotFound
from chalicelib.store import webhook_deliveries, webhooks

_OF_URLS = ("invalid-webhook-url", "webhook-address-refused")
# A sender at work is one that waits, for whoever looks from outside.
_SHOWN_STATES = {"sending": "pending"}


@operation(
    "Make a webhook",
    body=schemas.NewWebhook,
    gives=schemas.WebhookWithSecret,
    status=201,
    refuses=(*_OF_URLS, "too-many-webhooks"),
)
def create(call: Call, body: schemas.NewWebhook) -> Answer:
    """From now on it is told of events, by the Standard Webhooks specification. Only this answer shows the secret.

    What it is told of the key must be able to read: `tickets:read`, and `customers:read` or `articles:read` for events
    of customers and articles; for `*` all three.
    """
    _refuse_unread(call, body.events)
    return _made(change_webhook.create(_settled(body), call.keyed(_made)))


@operation("List webhooks", query=ListQuery, gives=Page[schemas.Webhook])
def index(call: Call, query: ListQuery) -> Answer:
    """In the order they came."""
    return lists.piece(call, [_shape(one) for one in webhooks.read()], query.limit)


@operation("Read a webhook", gives=schemas.Webhook, refuses=("webhook-not-found",))
def show(call: Call) -> Answer:
    """Whether it works: `failing_since`, `enabled` and `disabled_reason` tell."""
    return _shown(change_webhook.find(_id(call)))


@operation(
    "Change a webhook",
    body=schemas.WebhookChange,
    gives=schemas.Webhook,
    refuses=("webhook-not-found", "version-mismatch", *_OF_URLS),
)
def update(call: Call, body: schemas.WebhookChange) -> Answer:
    """Only what is given changes. One that is switched on again is told of new events; older ones can be resent.

    To set `url` or `events` takes the scopes of all that the webhook is told of then, as for making it.
    """
    if body.url is not UNSET or body.events is not UNSET:
        _refuse_unread(call, change_webhook.find(_id(call)).events if body.events is UNSET else body.events)
    return _shown(change_webhook.change(_id(call), _settled(body), call.keyed(_shown), call.version))


@operation("Delete a webhook", status=204, refuses=("webhook-not-found",))
def delete(call: Call) -> Answer:
    """What is still on its way to it stops."""
    change_webhook.delete(_id(call))
    return Answer(status=204)


@operation(
    "Change a webhook's secret", gives=schemas.WebhookWithSecret, refuses=("webhook-not-found", "version-mismatch")
)
def rotate_secret(call: Call) -> Answer:
    """For 24 hours every message carries two signatures, so that the receiver can change over without missing one."""
    return _with_secret(change_webhook.rotate_secret(_id(call), call.keyed(_with_secret), call.version))


@operation(
    "Test a webhook",
    gives=schemas.WebhookDelivery,
    status=202,
    refuses=("webhook-not-found", "webhook-disabled"),
)
def test(call: Call) -> Answer:
    """Sends it a message of the type `webhook.test`, signed and retried as any other."""
    return _accepted(change_webhook.test(_id(call), call.keyed(_accepted)))


@operation(
    "List a webhook's deliveries",
    query=schemas.WebhookDeliveryQuery,
    gives=Page[schemas.WebhookDelivery],
    refuses=("webhook-not-found",),
)
def deliveries(call: Call, query: schemas.WebhookDeliveryQuery) -> Answer:
    """Newest first; those of the last 30 days, with every attempt."""
    state = None if query.state is UNSET else str(query.state)
    webhook = change_webhook.find(_id(call))
    found = webhook_deliveries.newest(webhook.id, query.limit, lists.place(call), state)
    return lists.page(call, [_delivery(one) for one in found.deliveries], found.after)


@operation(
    "Send a delivery again",
    gives=schemas.WebhookDelivery,
    status=202,
    refuses=("webhook-not-found", "delivery-not-found", "webhook-disabled"),
)
def resend(call: Call) -> Answer:
    """Begins its schedule again, at once and with the same `webhook-id`; delivered ones too."""
    delivery_id = call.path["delivery"]
    if not ids.is_id(delivery_id, "whd"):
        raise NotFound(f"There is no delivery {delivery_id[:100]}.", code="delivery-not-found")
    return _accepted(resend_webhooks.resend(_id(call), delivery_id, call.keyed(_accepted)))


@operation(
    "Send deliveries again",
    body=schemas.WebhookResend,
    gives=Job,
    status=202,
    refuses=("webhook-not-found", "webhook-disabled"),
)
def resend_all(call: Call, body: schemas.WebhookResend) -> Answer:
    """After an outage: all of a stretch of time, by a job. A minute after it they go out, twenty a second or fewer."""
    told = fields.given(body)
    since, until = in_utc(body.since), in_utc(told.get("until"))
    assert since is not None
    keyed = call.keyed(jobs.accepted)
    return jobs.accepted(resend_webhooks.start(_id(call), since, until, told.get("state"), call.owner.id, keyed))


def _refuse_unread(call: Call, events: Collection[str]) -> None:
    """Nobody hears by a webhook what his key may not read."""
    authentication.refuse_without(call.owner, *life.scopes_to_hear(events))


def _settled(body: schemas.NewWebhook | schemas.WebhookChange) -> dict[str, object]:
    given = fields.given(body)
    return {name: tuple(dict.fromkeys(value)) if name == "events" else value for name, value in given.items()}


def _id(call: Call) -> str:
    if not ids.is_id(call.id, "whk"):
        raise NotFound(f"There is no webhook {call.id[:100]}.", code="webhook-not-found")
    return call.id


def _told(webhook: Webhook) -> dict[str, object]:
    names = ("id", "url", "description", "enabled", "disabled_reason", "failing_since", "created_at", "updated_at")
    shown: dict[str, object] = {name: getattr(webhook, name) for name in (*names, "version")}
    return {**shown, "events": list(webhook.events), "previous_secret_until": webhook.previous_until}


def _shape(webhook: Webhook) -> schemas.Webhook:
    return schemas.Webhook(**_told(webhook))  # type: ignore[arg-type]


def _delivery(delivery: WebhookDelivery) -> schemas.WebhookDelivery:
    return schemas.WebhookDelivery(
        id=delivery.id,
        webhook_id=delivery.webhook_id,
        event_id=delivery.event_id,
        event_type=delivery.event_type,
        state=_SHOWN_STATES.get(delivery.state, delivery.state),  # type: ignore[arg-type]
        attempts=[schemas.WebhookAttempt(**vars(one)) for one in delivery.attempts],
        next_attempt_at=delivery.next_attempt_at,
        created_at=delivery.created_at,
    )


def _shown(webhook: Webhook) -> Answer:
    return Answer(_shape(webhook), version=webhook.version)


def _with_secret(webhook: Webhook) -> Answer:
    shown = schemas.WebhookWithSecret(**_told(webhook), secret=webhook.secret)  # type: ignore[arg-type]
    return Answer(shown, version=webhook.version)


def _made(webhook: Webhook) -> Answer:
    with_secret = _with_secret(webhook)
    return Answer(with_secret.body, 201, webhook.version, f"/v1/webhooks/{webhook.id}")


def _accepted(delivery: WebhookDelivery) -> Answer:
    return Answer(_delivery(delivery), 202)
