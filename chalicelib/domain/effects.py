"""What follows from an event: the jobs the dispatcher puts on the queues. One table; a new effect is one line in it.

Sending is not in the table: an event names the deliveries that wait for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.event import Event


@dataclass(frozen=True)
class Job:
    """`queue` is `send`, `webhooks` or `jobs`; `kind` names the action; `arguments` are ids: a job reads the rest."""

    queue: str
    kind: str
    arguments: dict[str, Any]


def jobs_of(event: Event) -> list[Job]:
    sends = [_deliver(event, purpose) for purpose in event.sends]
    return [*sends, *(make(event) for make in EFFECTS.get(event.type, ())), _announce(event)]


def _deliver(event: Event, purpose: str) -> Job:
    return Job("send", "deliver", {"ticket_id": event.ticket_id, "message_id": event.message_id, "purpose": purpose})


def _announce(event: Event) -> Job:
    """Webhooks may ask for any event."""
    return Job("jobs", "announce_event", {"subject": event.subject, "event_id": event.id})


def _index_article(event: Event) -> Job:
    return Job("jobs", "index_article", {"article_id": event.article_id})


def _index_ticket(event: Event) -> Job:
    return Job("jobs", "index_ticket", {"ticket_id": event.ticket_id})


def _index_customer(event: Event) -> Job:
    return Job("jobs", "index_customer", {"customer_id": event.customer_id})


def _rename(event: Event) -> Job:
    return Job("jobs", "rename_on_tickets", {"customer_id": event.customer_id})


EFFECTS: dict[str, tuple[Callable[[Event], Job], ...]] = {
    "ticket.created": (_index_ticket,),
    "ticket.updated": (_index_ticket,),
    "ticket.solved": (_index_ticket,),
    "ticket.merged": (_index_ticket,),
    "ticket.split": (_index_ticket,),
    "ticket.erased": (_index_ticket,),
    "message.received": (_index_ticket,),
    "message.sent": (_index_ticket,),
    "customer.updated": (_rename, _index_customer),
    "customer.merged": (_rename, _index_customer),
    "customer.erased": (_index_customer,),
    "article.published": (_index_article,),
    "article.archived": (_index_article,),
}
