"""Webhooks. There are few and every event asks for them, so one query brings them all, as they stand now."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from pynamodb.attributes import Attribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

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


def save(change: Changes, old: Webhook, webhook: Webhook) -> Webhook:
    """Write a webhook in place of `old`, on which it was decided."""
    new = replace(webhook, version=old.version + 1)
    change.put(_row(new), (Row.version == old.version) & _looks_as(old))
    return new


def look(change: Changes, webhook: Webhook, at: datetime | None, in_turn: bool = False) -> None:
    """Set when its timer sees to it next; to people the webhook stays as it is. `in_turn`: while that is as it was."""
    row = _row(replace(webhook, look_at=at))
    told = ((Row.due_pk, row.due_pk), (Row.due_sk, row.due_sk), (WebhookRow.look_at, at))
    actions = [_set(attribute, value) for attribute, value in told]
    here = Row.pk.exists()
    change.update(WebhookRow(keys.webhook(webhook.id)), actions, here & _looks_as(webhook) if in_turn else here)


def delete(change: Changes, webhook: Webhook) -> None:
    """What was told to it expires by itself."""
    change.delete(_row(webhook))


def _looks_as(webhook: Webhook) -> Condition:
    """Its timer is as it was read: that moves without the version."""
    seen = WebhookRow.look_at
    return seen == webhook.look_at if webhook.look_at else seen.does_not_exist()


def _set(attribute: Attribute[Any], value: Any) -> Action:
    return attribute.remove() if value is None else attribute.set(value)


def _row(webhook: Webhook) -> WebhookRow:
    row = WebhookRow(keys.webhook(webhook.id), **rows.attributes(webhook))
    row.index("due", keys.due(webhook.look_at, webhook.id) if webhook.look_at else None)
    return row
