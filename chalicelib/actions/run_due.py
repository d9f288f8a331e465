"""Timers. Once a minute a sweep leases what is due and puts a task for each; the task does the work.

Leasing (moving the row's time on by 15 minutes) and not clearing: a task that is lost comes up again.
"""

from chalicelib import clock
from chalicelib.actions import release_webhook
from chalicelib.actions.change_ticket import changed_event
from chalicelib.channels import queues
from chalicelib.domain import ticket as life
from chalicelib.domain.event import SYSTEM
from chalicelib.domain.task import Task
from chalicelib.store import changes, events, keys, shop, tickets, timers, unindexed_articles
from chalicelib.store.changes import Changes

# One sweep's work; what is left is there a minute later.
MOST_A_SHARD = 50


def sweep() -> int:
    """Put a task for everything that is due; returns how many."""
    now = clock.now()
    leased = [key for key in timers.due(now, MOST_A_SHARD) if timers.lease(key, now)]
    queues.put(_task(key) for key in leased)
    return len(leased)


def run_timer(ticket_id: str) -> None:
    """Do what the ticket's timer says: close it, when it was solved long enough ago."""
    changes.again(lambda: _run_timer(ticket_id))


def _run_timer(ticket_id: str) -> None:
    now, rules = clock.now(), shop.read().rules
    ticket = tickets.get(ticket_id)
    closes_at = life.closes_at(ticket, rules) if ticket else None
    if ticket is None:
        return
    if closes_at is None or closes_at > now:
        tickets.set_timer(ticket, rules)
        return
    change = Changes()
    saved = tickets.save(change, life.changed(ticket, {"status": "closed"}, now), rules)
    events.add(change, changed_event(ticket, saved, SYSTEM))
    change.commit()


def _task(key: keys.Key) -> Task:
    pk, sk = key
    ticket_id = pk.partition("#")[2]
    kind, _, rest = sk.partition("#")
    if kind == "EVENT":
        return Task("jobs", "dispatch", {"pk": pk, "sk": sk})
    if kind == "MESSAGE":
        message_id, _, suffix = rest.partition("#")
        purpose = "reply" if suffix == "DELIVERY" else suffix.lower()
        return Task("send", "deliver", {"ticket_id": ticket_id, "message_id": message_id, "purpose": purpose})
    if kind == "DELIVERY":
        return Task("webhooks", "deliver_webhook", {"webhook_id": ticket_id, "delivery_id": rest})
    if key == keys.webhook(sk):
        return release_webhook.task(sk)
    if kind == "WISH":
        return Task("jobs", "erase_as_wished", {"customer_id": ticket_id})
    if kind == "LEG":
        return Task("jobs", "look_after_leg", {"chain": ticket_id, "leg_id": rest})
    if kind == "JOB":
        return Task("jobs", "run_job", {"job_id": ticket_id})
    if key == keys.article(ticket_id):
        return Task("jobs", "publish_article", {"article_id": ticket_id})
    if key == keys.unindexed_article(sk):
        return unindexed_articles.task(sk)
    if key == keys.ticket_index():
        return Task("jobs", "publish_tickets", {})
    return Task("jobs", "run_timer", {"ticket_id": ticket_id})
