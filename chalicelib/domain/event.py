"""An event: the one row that says what a transaction did.

It is audit trail, outbox and webhook payload at once, so it carries ids and labels, never texts or addresses: those are
read from the current rows when needed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain.ticket import Ticket

TYPES = (
    "ticket.created", "ticket.updated", "ticket.solved", "ticket.merged", "ticket.split", "ticket.erased",
    "message.received", "message.sent", "message.delivery_changed",
    "customer.created", "customer.updated", "customer.merged", "customer.erased",
    "article.published", "article.archived", "mail.suspended", "sla.breached", "survey.answered",
)  # fmt: skip


@dataclass(frozen=True)
class Actor:
    """Who did it: a customer, an agent, an api key or the system itself."""

    type: str
    id: str | None = None


SYSTEM = Actor("system")


@dataclass(frozen=True)
class Event:
    """`subject` is the partition the event belongs to: the id of its ticket, customer, article or mail.

    `sends` names the deliveries that wait for it: `reply` and `receipt` of its message, any other by its tag. `counts`
    is where a ticket stood before and after, for the counters: `[[team, assignee, status] | None, …]`. `sequence` is
    its number in the feed, given by the dispatcher; None until then.
    """

    id: str
    type: str
    created_at: datetime
    actor: Actor
    subject: str
    ticket_id: str | None = None
    customer_id: str | None = None
    message_id: str | None = None
    article_id: str | None = None
    version: int | None = None
    changes: Mapping[str, list[Any]] = field(default_factory=dict)
    counts: tuple[Any, Any] | None = None
    sends: tuple[str, ...] = ()
    sequence: int | None = None


def told(event: Event) -> dict[str, Any]:
    """A dispatched event as the outside sees it, in the feed and in webhooks; times are RFC 3339 in UTC."""
    return {
        "id": event.id,
        "type": event.type,
        "sequence": event.sequence or 0,
        "created_at": event.created_at.isoformat().replace("+00:00", "Z"),
        "actor": {"type": event.actor.type, "id": event.actor.id},
        "data": {
            "ticket_id": event.ticket_id,
            "customer_id": event.customer_id,
            "message_id": event.message_id,
            "article_id": event.article_id,
            "version": event.version,
            "changes": dict(event.changes),
        },
    }


def standing(ticket: Ticket | None) -> list[str | None] | None:
    """What the counters count a ticket by."""
    return [ticket.team_id, ticket.assignee_id, ticket.status] if ticket else None
