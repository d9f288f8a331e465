"""Lets go the deliveries that are parked: those that a failing webhook may not be told yet, and those of a resend.

They stand before no timer of their own, so that many of them hold up nobody's timers. Their webhook has one, which
lets one of them go while the webhook fails, to see, and a batch every few seconds when it is well (or off: then each
ends as stopped).
"""

from chalicelib import clock
from chalicelib.actions.announce_event import task_of
from chalicelib.channels import queues
from chalicelib.domain import webhook as life
from chalicelib.domain import webhook_delivery as rules
from chalicelib.domain.task import Task
from chalicelib.domain.webhook import Webhook
from chalicelib.store import timers, webhook_deliveries, webhooks
from chalicelib.store.changes import Changes

# With `life.PAUSE` twenty a second: what ten functions bear whose receivers answer within half a second.
AT_ONCE = 100


def release(webhook_id: str) -> int:
    """Let go what may go now; returns how many. Does nothing before the webhook's timer is due."""
    webhook, now = webhooks.get(webhook_id), clock.now()
    if webhook is None or webhook.look_at is None or webhook.look_at > now:
        return 0
    listed = webhook_deliveries.parked(webhook_id, AT_ONCE)
    if not _taken(webhook, bool(listed)):
        return 0
    found = webhook_deliveries.get_all(listed)
    if len(found) < len(listed):
        timers.drop_expired(listed)
    parked = [one for one in found if one.is_parked]
    moved = [webhook_deliveries.move(rules.released(one, now)) for one in parked[: 1 if webhook.is_failing else None]]
    let_go = [one for one in moved if one]
    queues.put(task_of(one) for one in let_go)
    if listed and not webhook.is_failing:
        queues.put([task(webhook_id)], delay=int(life.PAUSE.total_seconds()) + rules.CLOCKS_APART)
    return len(let_go)


def task(webhook_id: str) -> Task:
    return Task("webhooks", "release_webhook", {"webhook_id": webhook_id})


def _taken(webhook: Webhook, found: bool) -> bool:
    """Whether this turn is ours; it is written with the time of the next one, so that each is taken once."""
    change = Changes()
    webhooks.look(change, webhook, life.next_look(webhook, found, clock.now()), in_turn=True)
    return change.took()
