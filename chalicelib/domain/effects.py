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


def _rename(event: Event) -> Job:
    return Job("jobs", "rename_on_tickets", {"customer_id": event.customer_id})


EFFECTS: dict[str, tuple[Callable[[Event], Job], ...]] = {
    "customer.updated": (_rename,),
    "customer.merged": (_rename,),
    "article.published": (_index_article,),
    "article.archived": (_index_article,),
}
