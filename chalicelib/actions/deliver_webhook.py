"""Makes one attempt to tell a webhook of an event, if it is time for one, and settles what follows from how it went.

What is sent is made of the event at each attempt; only its id, the `webhook-id`, is the same every time.
"""

import math
import random
from datetime import timedelta

from chalicelib import clock, log, settings
from chalicelib.actions import tell_admins
from chalicelib.actions.announce_event import task_of
from chalicelib.channels import queues, webhook_out
from chalicelib.domain import webhook as life
from chalicelib.domain import webhook_delivery as rules
from chalicelib.domain.webhook import Webhook
from chalicelib.domain.webhook_delivery import Attempt, WebhookDelivery
from chalicelib.store import allowances, changes, events, keys, webhook_deliveries, webhooks
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes

# Each attempt at a dead receiver may take 15 s: twelve a minute keep three of our ten functions busy, and no more.
WHILE_FAILING = Allowance("webhook-failing", 12, timedelta(minutes=1))


def deliver(webhook_id: str, delivery_id: str) -> str:
    """Make the attempt that is due; returns the delivery's state then, `none` if there is no such delivery."""
    delivery = webhook_deliveries.get(webhook_id, delivery_id)
    if delivery is None:
        return "none"
    if settings.outbound() == "hold" or not rules.may_attempt(delivery, clock.now()):
        return delivery.state
    webhook = webhooks.get(webhook_id)
    if webhook is None or not webhook.enabled:
        return _finish(rules.ended(delivery, "stopped"))
    if rules.is_worn_out(delivery):
        return _finish(rules.ended(delivery, "failed"))
    if webhook.is_failing and not allowances.take(WHILE_FAILING, webhook.id):
        return _park(delivery)
    body = _body(webhook, delivery)
    if body is None:
        return _finish(rules.ended(delivery, "stopped"))
    taken = webhook_deliveries.move(rules.taken(delivery, clock.now()))
    return _attempt(webhook, taken, body) if taken else delivery.state


def _park(delivery: WebhookDelivery) -> str:
    """Let it lie until the webhook is well; that may have come about since we looked, so we look once more."""
    saved = None if delivery.is_parked else webhook_deliveries.move(rules.parked(delivery))
    webhook = webhooks.get(delivery.webhook_id) if saved else None
    if saved and not (webhook and webhook.is_failing):
        queues.put([task_of(saved)])
    return "pending"


def _body(webhook: Webhook, delivery: WebhookDelivery) -> bytes | None:
    """What is sent; None when the event is gone."""
    if delivery.subject is None:
        return life.test_body(webhook, delivery.event_id, delivery.created_at)
    found = events.get_all([keys.event(delivery.subject, delivery.event_id)])
    return life.body_of(found[0].event) if found else None


def _attempt(webhook: Webhook, delivery: WebhookDelivery, body: bytes) -> str:
    began = clock.now()
    headers = life.headers(webhook, delivery.event_id, body, clock.real_now(), began)
    agent = {"Content-Type": "application/json", "User-Agent": f"Diwan/{settings.VERSION}"}
    outcome = webhook_out.post(webhook.url, body, agent | headers, settings.webhook_loopback())
    attempt = Attempt(began, outcome.status, outcome.duration_ms, outcome.error, outcome.answer)
    log.info("webhook.attempted", webhook_id=webhook.id, delivery_id=delivery.id, status=outcome.status)
    standing = _health(webhook, attempt)
    noted = rules.noted(delivery, attempt)
    if attempt.succeeded:
        return _finish(rules.ended(noted, "delivered"))
    if standing is None or not standing.enabled:
        return _finish(rules.ended(noted, "stopped"))
    asked = rules.wait_asked(outcome.retry_after, clock.real_now())
    return _finish(rules.retried(noted, asked, random.random(), clock.now()))


def _finish(delivery: WebhookDelivery) -> str:
    """Write how it stands now, and put a job for a next attempt within minutes; a later one waits before its timer."""
    saved, now = webhook_deliveries.move(delivery), clock.now()
    next_at = delivery.next_attempt_at
    if saved and next_at and rules.on_queue(next_at, now):
        wait = math.ceil((next_at - now).total_seconds()) + rules.CLOCKS_APART
        queues.put([task_of(saved)], delay=min(wait, queues.MOST_DELAY))
    return delivery.state


def _health(webhook: Webhook, attempt: Attempt) -> Webhook | None:
    """The webhook as it stands after the attempt: failing since, switched off, or well again. None: it was deleted."""
    if attempt.succeeded and webhook.failing_since is None:
        return webhook
    return changes.again(lambda: _settle_health(webhook.id, attempt))


def _settle_health(webhook_id: str, attempt: Attempt) -> Webhook | None:
    webhook, now = webhooks.get(webhook_id), clock.now()
    if webhook is None:
        return None
    new = life.after_success(webhook, now) if attempt.succeeded else life.after_failure(webhook, attempt.status, now)
    if new == webhook:
        return webhook
    change = Changes()
    saved = webhooks.save(change, webhook, new)
    switched_off = webhook.enabled and not saved.enabled
    if switched_off:
        tell_admins.tell(saved)
    change.commit()
    if switched_off:
        log.warning("webhook.disabled", webhook_id=webhook_id, reason=saved.disabled_reason)
    return saved
