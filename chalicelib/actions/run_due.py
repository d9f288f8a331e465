"""Timers. Once a minute a sweep leases what is due and puts a job for each; the job does the work.

Leasing (moving the row's time on by 15 minutes) and not clearing: a job that is lost comes up again.
"""

from chalicelib import clock
from chalicelib.actions import release_webhook
from chalicelib.actions.change_ticket import changed_event
from chalicelib.channels import queues
from chalicelib.domain import ticket as life
from chalicelib.domain.effects import Job
from chalicelib.domain.event import SYSTEM
from chalicelib.store import changes, events, keys, shop, tickets, timers, unindexed_articles
from chalicelib.store.changes import Changes

# One sweep's work; what is left is there a minute later.
MOST_A_SHARD = 50


def sweep() -> int:
    """Put a job for everything that is due; returns how many."""
    now = clock.now()
    leased = [key for key in timers.due(now, MOST_A_SHARD) if timers.lease(key, now)]
    queues.put(_job(key) for key in leased)
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


def _job(key: keys.Key) -> Job:
    pk, sk = key
    ticket_id = pk.partition("#")[2]
    kind, _, rest = sk.partition("#")
    if kind == "EVENT":
        return Job("jobs", "dispatch", {"pk": pk, "sk": sk})
    if kind == "MESSAGE":
        message_id, _, suffix = rest.partition("#")
        purpose = "reply" if suffix == "DELIVERY" else suffix.lower()
        return Job("send", "deliver", {"ticket_id": ticket_id, "message_id": message_id, "purpose": purpose})
    if kind == "DELIVERY":
        return Job("webhooks", "deliver_webhook", {"webhook_id": ticket_id, "delivery_id": rest})
    if key == keys.webhook(sk):
        return release_webhook.job(sk)
    if kind == "WISH":
        return Job("jobs", "erase_as_wished", {"customer_id": ticket_id})
    if kind == "LEG":
        return Job("jobs", "look_after_leg", {"chain": ticket_id, "leg_id": rest})
    if kind == "JOB":
        return Job("jobs", "run_job", {"job_id": ticket_id})
    if key == keys.article(ticket_id):
        return Job("jobs", "publish_article", {"article_id": ticket_id})
    if key == keys.unindexed_article(sk):
        return unindexed_articles.job(sk)
    if key == keys.ticket_index():
        return Job("jobs", "publish_tickets", {})
    return Job("jobs", "run_timer", {"ticket_id": ticket_id})
