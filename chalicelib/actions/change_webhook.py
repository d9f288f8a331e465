"""Makes webhooks, changes, tests and deletes them. No event tells of it: a webhook is nobody's conversation."""

import secrets
from collections.abc import Callable, Mapping
from typing import Any

from chalicelib import clock, ids, settings
from chalicelib.actions.announce_event import task_of
from chalicelib.channels import queues
from chalicelib.domain import webhook as life
from chalicelib.domain import webhook_delivery, webhook_url
from chalicelib.domain.webhook import Webhook
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import changes, idempotency, webhook_deliveries, webhooks
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def create(fields: Mapping[str, Any], keyed: Keyed | None = None) -> Webhook:
    """A new webhook with a secret of its own; `fields` are url, events, description and enabled, as in Webhook.

    Raises:
        Invalid: code `invalid-webhook-url` or `webhook-address-refused`.
        Conflict: code `too-many-webhooks`.
        Replayed: the idempotency key was there before.
    """
    check_url(fields["url"])
    return changes.again(lambda: _create(fields, keyed))


def change(
    webhook_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None
) -> Webhook:
    """Set the fields in `wanted`, named as for `create`.

    Raises:
        NotFound: code `webhook-not-found`.
        VersionMismatch: `version` is given and not the webhook's.
        Invalid, Replayed: as `create`.
    """
    if "url" in wanted:
        check_url(wanted["url"])
    return _changed(webhook_id, lambda webhook: life.changed(webhook, dict(wanted), clock.now()), keyed, version)


def rotate_secret(webhook_id: str, keyed: Keyed | None = None, version: int | None = None) -> Webhook:
    """Give it a new secret; for 24 hours the old one signs along. Raises as `change`."""
    secret = _new_secret()
    return _changed(webhook_id, lambda webhook: life.rotated(webhook, secret, clock.now()), keyed, version)


def delete(webhook_id: str) -> None:
    """Delete it; what is on its way to it stops. Raises NotFound."""

    def attempt() -> None:
        change = Changes()
        webhooks.delete(change, find(webhook_id))
        change.commit()

    changes.again(attempt)


def test(webhook_id: str, keyed: Keyed | None = None) -> WebhookDelivery:
    """Send it a message of type `webhook.test`.

    Raises:
        NotFound: code `webhook-not-found`.
        Conflict: code `webhook-disabled`.
        Replayed: the idempotency key was there before.
    """
    enabled(webhook_id)
    wanted = webhook_delivery.new(webhook_id, ids.new("evt"), life.TEST, None, clock.now())

    def attempt() -> WebhookDelivery:
        change = Changes()
        made = webhook_deliveries.add(change, wanted)
        idempotency.record(change, keyed, made)
        change.commit()
        return made

    made = changes.again(attempt)
    queues.put([task_of(made)])
    return made


def check_url(url: str) -> None:
    """Refuse an address that a webhook may not lead to.

    Raises:
        Invalid: code `invalid-webhook-url` or `webhook-address-refused`.
    """
    try:
        webhook_url.parse(url, settings.webhook_loopback())
    except webhook_url.Refused as refused:
        raise Invalid(refused.words, code=refused.code, faults=(Fault("/url", refused.code, refused.words),)) from None


def find(webhook_id: str) -> Webhook:
    """Raises NotFound, code `webhook-not-found`."""
    found = webhooks.get(webhook_id)
    if found is None:
        raise NotFound(f"There is no webhook {webhook_id[:100]}.", code="webhook-not-found")
    return found


def enabled(webhook_id: str) -> Webhook:
    """Raises NotFound, or Conflict with code `webhook-disabled`."""
    found = find(webhook_id)
    if not found.enabled:
        raise Conflict("The webhook is switched off; set `enabled` first.", code="webhook-disabled")
    return found


def _create(fields: Mapping[str, Any], keyed: Keyed | None) -> Webhook:
    if len(webhooks.read()) >= life.MAX_WEBHOOKS:
        raise Conflict(f"There are {life.MAX_WEBHOOKS} webhooks already.", code="too-many-webhooks")
    now, edit = clock.now(), Changes()
    new = Webhook(id=ids.new("whk"), secret=_new_secret(), created_at=now, updated_at=now, **fields)
    saved = webhooks.add(edit, new)
    idempotency.record(edit, keyed, saved)
    edit.commit()
    return saved


def _changed(
    webhook_id: str, decide: Callable[[Webhook], Webhook], keyed: Keyed | None, version: int | None
) -> Webhook:
    return changes.again(lambda: _change(webhook_id, decide, keyed, version))


def _change(webhook_id: str, decide: Callable[[Webhook], Webhook], keyed: Keyed | None, version: int | None) -> Webhook:
    webhook, edit = find(webhook_id), Changes()
    if version is not None and version != webhook.version:
        raise VersionMismatch(f"The webhook is at version {webhook.version} now.")
    new = decide(webhook)
    saved = webhooks.save(edit, webhook, new) if new != webhook else webhook
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _new_secret() -> str:
    return life.secret_of(secrets.token_bytes(life.SECRET_OCTETS))
