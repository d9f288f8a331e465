"""Sends again what a webhook was told: one delivery by its id, or by a job all of a stretch of time.

The `webhook-id` stays that of the event, so a receiver that had it after all can tell.
"""

from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.actions import change_webhook, start_job
from chalicelib.actions.announce_event import task_of
from chalicelib.channels import queues
from chalicelib.domain import webhook_delivery as rules
from chalicelib.domain.job import Job, Progress
from chalicelib.domain.webhook import INDEXED_WITHIN
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.errors import NotFound
from chalicelib.store import changes, idempotency, keys, webhook_deliveries, webhooks
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

JOB_TYPE = "resend"
# Without a state asked for: what did not get through.
UNDELIVERED = ("failed", "stopped")
A_STEP = 90


def resend(webhook_id: str, delivery_id: str, keyed: Keyed | None = None) -> WebhookDelivery:
    """Begin the schedule of one delivery again, at once; one that is being sent at this moment stays as it is.

    Raises:
        NotFound: code `webhook-not-found` or `delivery-not-found`.
        Conflict: code `webhook-disabled`.
        Replayed: the idempotency key was there before.
    """
    change_webhook.enabled(webhook_id)
    made = changes.again(lambda: _resend(webhook_id, delivery_id, keyed))
    queues.put([task_of(made)])
    return made


def start(
    webhook_id: str,
    since: datetime,
    until: datetime | None,
    state: str | None,
    created_by: str,
    keyed: Keyed | None = None,
) -> Job:
    """A job that sends again what was told of events from `since` to `until` (now) and is in that `state`.

    `created_by` is the API key's id. Raises as `resend`.
    """
    change_webhook.enabled(webhook_id)
    wanted = {
        "webhook_id": webhook_id,
        "since": keys.time(since),
        "until": keys.time(until or clock.now() + timedelta(seconds=1)),
        "states": [state] if state else list(UNDELIVERED),
    }
    return start_job.start(JOB_TYPE, wanted, created_by, keyed)


def step(job: Job, change: Changes) -> Progress:
    """The next of them. They are parked, and their webhook's timer lets them go a batch at a time."""
    wanted, now = job.wanted, clock.now()
    webhook = change_webhook.enabled(wanted["webhook_id"])
    since, until = keys.moment(wanted["since"]), keys.moment(wanted["until"])
    page = webhook_deliveries.between(wanted["webhook_id"], since, until, job.place.get("after"), A_STEP)
    chosen = [one for one in page.deliveries if one.state in wanted["states"]]
    for one in chosen:
        webhook_deliveries.save(change, rules.parked(rules.resent(one, now)))
    if chosen:
        webhooks.look(change, webhook, now + INDEXED_WITHIN)
    return Progress({"after": page.after} if page.after else None, done=len(chosen))


def _resend(webhook_id: str, delivery_id: str, keyed: Keyed | None) -> WebhookDelivery:
    delivery, change, now = webhook_deliveries.get(webhook_id, delivery_id), Changes(), clock.now()
    if delivery is None:
        raise NotFound(f"There is no delivery {delivery_id[:100]}.", code="delivery-not-found")
    new = rules.resent(delivery, now)
    saved = webhook_deliveries.save(change, new) if new != delivery else delivery
    idempotency.record(change, keyed, saved)
    if len(change):
        change.commit()
    return saved
