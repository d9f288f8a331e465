"""Webhooks. There are few and every event asks for them, so one query brings them all, as they stand now."""

from dataclasses import replace

from chalicelib.domain.webhook import Webhook
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import Row, WebhookRow


def read() -> list[Webhook]:
    """All of them, oldest first."""
    changes.connection()
    found = Row.query(keys.webhook("")[0], consistent_read=True)
    return [rows.noun(Webhook, row) for row in found if isinstance(row, WebhookRow)]


def get(webhook_id: str) -> Webhook | None:
    row = rows.get(WebhookRow, keys.webhook(webhook_id))
    return rows.noun(Webhook, row) if row else None


def add(change: Changes, webhook: Webhook) -> Webhook:
    new = replace(webhook, version=1)
    change.add(_row(new))
    return new


def save(change: Changes, webhook: Webhook) -> Webhook:
    """Write a webhook in place of the version it was decided on."""
    new = replace(webhook, version=webhook.version + 1)
    change.replace(_row(new), webhook.version)
    return new


def delete(change: Changes, webhook: Webhook) -> None:
    """What was told to it expires by itself."""
    change.delete(_row(webhook))


def _row(webhook: Webhook) -> WebhookRow:
    return WebhookRow(keys.webhook(webhook.id), **rows.attributes(webhook))
