"""Webhooks and what was told to them."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class WebhookRow(Row, discriminator="webhook"):
    id = UnicodeAttribute()
    url = UnicodeAttribute()
    events = JSONAttribute()
    secret = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    description = UnicodeAttribute(null=True)
    enabled = BooleanAttribute()
    disabled_reason = UnicodeAttribute(null=True)
    failing_since = TimeAttribute(null=True)
    previous_secret = UnicodeAttribute(null=True)
    previous_until = TimeAttribute(null=True)
    look_at = TimeAttribute(null=True)


class WebhookDeliveryRow(Row, discriminator="webhook-delivery"):
    """Kept for 30 days. What was sent is not in it: it is made anew of the event at each attempt."""

    id = UnicodeAttribute()
    webhook_id = UnicodeAttribute()
    event_id = UnicodeAttribute()
    event_type = UnicodeAttribute()
    created_at = TimeAttribute()
    subject = UnicodeAttribute(null=True)
    state = UnicodeAttribute()
    tries = NumberAttribute()
    attempts = JSONAttribute(null=True)
    next_attempt_at = TimeAttribute(null=True)
    look_at = TimeAttribute(null=True)
