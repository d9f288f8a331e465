"""Tells webhooks of an event: a delivery for each that asks for its type, and a task to send it.

The dispatcher puts this task before it gives the event its feed number, which is part of what is told: an event without
one is waited for. If the dispatcher died in between, the stream brings the event to it again, and so this task, too.
"""

import time

from chalicelib import clock, log
from chalicelib.channels import queues
from chalicelib.domain import webhook_delivery as rules
from chalicelib.domain.event import Event
from chalicelib.domain.task import Task
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.store import changes, events, keys, webhook_deliveries, webhooks
from chalicelib.store.changes import Changes

# The number comes within milliseconds of the task, so most waits end within the first of these.
PAUSES = (0.05, 0.2, 0.5, 1.0)
# Then the task comes again, after seconds. The dispatcher's function ends after 60 s: what has no number by then is
# dispatched anew.
DELAYS = (2, 5, 15, 60, 120)


def announce(subject: str, event_id: str, tries: int = 0) -> int:
    """Write the event's deliveries and put a task for each; returns how many there are.

    `subject` is the event's partition, `tries` how often this task was put back already.
    """
    enabled = [webhook for webhook in webhooks.read() if webhook.enabled]
    if not enabled:
        return 0
    event = _numbered(subject, event_id)
    if event is None:
        return 0
    if event.sequence is None:
        _come_again(subject, event_id, tries)
        return 0
    made = [_delivery(webhook.id, event) for webhook in enabled if webhook.wants(event.type)]
    queues.put(task_of(one) for one in made)
    return len(made)


def task_of(delivery: WebhookDelivery) -> Task:
    """The task that makes the next attempt, if it is time for one."""
    return Task("webhooks", "deliver_webhook", {"webhook_id": delivery.webhook_id, "delivery_id": delivery.id})


def _numbered(subject: str, event_id: str) -> Event | None:
    """The event, if possible with its number; None when there is none."""
    found = _event(subject, event_id)
    for pause in PAUSES:
        if found is None or found.sequence is not None:
            break
        time.sleep(pause)
        found = _event(subject, event_id)
    return found


def _event(subject: str, event_id: str) -> Event | None:
    return next((stored.event for stored in events.get_all([keys.event(subject, event_id)])), None)


def _come_again(subject: str, event_id: str, tries: int) -> None:
    if tries >= len(DELAYS):
        log.warning("event.unnumbered", event_id=event_id)
        return
    arguments = {"subject": subject, "event_id": event_id, "tries": tries + 1}
    queues.put([Task("jobs", "announce_event", arguments)], delay=DELAYS[tries])


def _delivery(webhook_id: str, event: Event) -> WebhookDelivery:
    """The delivery of this event; one that is there already stays as it is."""
    wanted = rules.new(webhook_id, event.id, event.type, event.subject, clock.now())

    def attempt() -> None:
        change = Changes()
        webhook_deliveries.add(change, wanted)
        change.commit()

    try:
        changes.again(attempt)
    except changes.Replayed:
        log.info("webhook.told_before", delivery_id=wanted.id, webhook_id=webhook_id)
    return wanted
