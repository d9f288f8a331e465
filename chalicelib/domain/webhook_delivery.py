"""A webhook's delivery: one event on its way to one webhook, and what became of each attempt.

pending -> sending -> delivered | pending (tried again later) | failed | stopped. Only a write under its version moves
it, so one attempt is made once however often its job runs; a receiver that answered too late still gets it twice.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

STATES = ("pending", "delivered", "failed", "stopped")
# The specification's schedule: what passes before each attempt.
SCHEDULE = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
# How much later than the schedule at most, as a part of the wait: what failed together shall not come back together.
JITTER = 0.1
LONGEST_WAIT = timedelta(days=1)
KEPT = timedelta(days=30)
# An attempt takes 15 seconds at most; who has not written its end by then has died.
LEASE = timedelta(minutes=2)
# A job on a queue takes seconds; one that has not run by then is lost, and a timer puts it anew.
JOB_LOST_AFTER = timedelta(minutes=10)
# SQS: a message can be delayed by 15 minutes. Longer waits stand before a timer only.
LONGEST_ON_QUEUE = timedelta(minutes=15)
# Seconds: a job that comes before its time does nothing, and whoever runs it may have a clock a little behind ours.
CLOCKS_APART = 1
MOST_ATTEMPTS_KEPT = 30


@dataclass(frozen=True)
class Attempt:
    """`status` is the receiver's, None when it gave none; `error` says in words why it failed.

    `answer` is the beginning of what the receiver answered.
    """

    at: datetime
    status: int | None
    duration_ms: int
    error: str | None = None
    answer: str | None = None

    @property
    def succeeded(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


@dataclass(frozen=True)
class WebhookDelivery:
    """`subject` is the partition of the event, None for a test call. `tries` counts the attempts begun in this round

    of the schedule, `attempts` are all that ended. `look_at` is when a timer must see to it if nothing happens before;
    one that waits without is parked: its webhook's own timer lets it go on (see `actions/release_webhook`).
    """

    id: str
    webhook_id: str
    event_id: str
    event_type: str
    created_at: datetime
    subject: str | None = None
    state: str = "pending"
    tries: int = 0
    attempts: tuple[Attempt, ...] = ()
    next_attempt_at: datetime | None = None
    look_at: datetime | None = None
    version: int = 0

    @property
    def is_parked(self) -> bool:
        return self.state == "pending" and self.look_at is None


def id_of(event_id: str) -> str:
    """The id of the delivery of an event to a webhook: one for each pair, and in the events' order."""
    return "whd_" + event_id.partition("_")[2]


def new(webhook_id: str, event_id: str, event_type: str, subject: str | None, now: datetime) -> WebhookDelivery:
    waiting = WebhookDelivery(id_of(event_id), webhook_id, event_id, event_type, now, subject)
    return replace(waiting, next_attempt_at=now, look_at=now + JOB_LOST_AFTER)


def may_attempt(delivery: WebhookDelivery, now: datetime) -> bool:
    """Whether it is time for an attempt, and nobody is at one (or who was has not been heard of)."""
    if delivery.state == "pending":
        return delivery.next_attempt_at is None or delivery.next_attempt_at <= now
    return delivery.state == "sending" and delivery.look_at is not None and delivery.look_at <= now


def is_worn_out(delivery: WebhookDelivery) -> bool:
    """Whether all attempts of the schedule were begun (those count whose sender died, too)."""
    return delivery.tries >= len(SCHEDULE)


def taken(delivery: WebhookDelivery, now: datetime) -> WebhookDelivery:
    return replace(delivery, state="sending", tries=delivery.tries + 1, look_at=now + LEASE)


def ended(delivery: WebhookDelivery, state: str) -> WebhookDelivery:
    return replace(delivery, state=state, next_attempt_at=None, look_at=None)


def noted(delivery: WebhookDelivery, attempt: Attempt) -> WebhookDelivery:
    return replace(delivery, attempts=(*delivery.attempts, attempt)[-MOST_ATTEMPTS_KEPT:])


def retried(delivery: WebhookDelivery, asked: timedelta | None, spread: float, now: datetime) -> WebhookDelivery:
    """Waiting for its next attempt, or failed when there is none left.

    `asked` is what the receiver asked us to wait at least; `spread` a number from 0 to 1, by chance.
    """
    if is_worn_out(delivery):
        return ended(delivery, "failed")
    wait = SCHEDULE[delivery.tries] * (1 + JITTER * spread)
    next_at = now + max(wait, min(asked or timedelta(0), LONGEST_WAIT))
    slack = JOB_LOST_AFTER if on_queue(next_at, now) else timedelta(0)
    return replace(delivery, state="pending", next_attempt_at=next_at, look_at=next_at + slack)


def parked(delivery: WebhookDelivery) -> WebhookDelivery:
    """Waiting before no timer of its own; its tries count on."""
    return replace(delivery, state="pending", next_attempt_at=None, look_at=None)


def released(delivery: WebhookDelivery, now: datetime) -> WebhookDelivery:
    """Parked no more."""
    return replace(delivery, next_attempt_at=now, look_at=now + JOB_LOST_AFTER)


def resent(delivery: WebhookDelivery, now: datetime) -> WebhookDelivery:
    """At the beginning of the schedule again; one at which somebody is at work stays as it is."""
    if delivery.state == "sending":
        return delivery
    return released(replace(delivery, state="pending", tries=0), now)


def on_queue(next_at: datetime, now: datetime) -> bool:
    """Whether the wait is short enough for a message on the queue."""
    return next_at - now <= LONGEST_ON_QUEUE


def wait_asked(retry_after: str | None, real_now: datetime) -> timedelta | None:
    """What a `Retry-After` header asks for (RFC 9110 §10.2.3): seconds or a date; None when it says nothing."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), int(LONGEST_WAIT.total_seconds())))
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(timedelta(0), min(aware - real_now, LONGEST_WAIT))
