"""What follows from an event: the tasks the dispatcher puts on the queues. One table; a new effect is one line in it.

Sending is not in the table: an event names the deliveries that wait for it.
"""

from collections.abc import Callable, Sequence

from chalicelib.domain.delivery import from_tag
from chalicelib.domain.event import Event
from chalicelib.domain.task import Task


def tasks_of(events: Sequence[Event], announced: bool) -> list[Task]:
    """The tasks of events that are dispatched together, each of them once.

    `announced` says whether any webhook listens at this moment; without one, nobody is told of an event.
    """
    found: list[Task] = []
    for event in events:
        found += [_deliver(event, purpose) for purpose in event.sends]
        made = (make(event) for make in EFFECTS.get(event.type, ()))
        found += [task for task in made if task and task not in found]
    found += [_announce(event) for event in events if announced]
    return found + _index_tickets(events)


def _deliver(event: Event, named: str) -> Task:
    """`named` is a purpose, of the event's own message, or the tag of a delivery of any other."""
    ticket_id, message_id, purpose = from_tag(named) or (event.ticket_id, event.message_id, named)
    return Task("send", "deliver", {"ticket_id": ticket_id, "message_id": message_id, "purpose": purpose})


def _announce(event: Event) -> Task:
    """Webhooks may ask for any event."""
    return Task("jobs", "announce_event", {"subject": event.subject, "event_id": event.id})


def _index_article(event: Event) -> Task:
    return Task("jobs", "index_article", {"article_id": event.article_id})


def _index_tickets(events: Sequence[Event]) -> list[Task]:
    """One task for all the tickets that are found by other words now."""
    ticket_ids = list(dict.fromkeys(event.ticket_id for event in events if event.type in REWORDED))
    return [Task("jobs", "index_tickets", {"ticket_ids": ticket_ids})] if ticket_ids else []


def _index_customer(event: Event) -> Task:
    return Task("jobs", "index_customer", {"customer_id": event.customer_id})


def _rename(event: Event) -> Task:
    return Task("jobs", "rename_on_tickets", {"customer_id": event.customer_id})


def _refresh_doubles(event: Event) -> Task:
    """By what he is found who may be the same person: it follows, so that no ticket waits for it."""
    return Task("jobs", "refresh_doubles", {"customer_id": event.customer_id})


def _meet(event: Event) -> Task | None:
    """Who writes into the ticket of somebody else may be that one, under another address."""
    if event.actor.type != "customer" or event.actor.id == event.customer_id:
        return None
    return Task("jobs", "meet", {"ticket_id": event.ticket_id, "message_id": event.message_id})


def _mirror_consent(event: Event) -> Task | None:
    """What a customer allows now, AWS is to know: it keeps a list of its own. The entries of that time say of which."""
    if "opted_out_of" not in event.changes:
        return None
    return Task("jobs", "mirror_consent", {"customer_id": event.customer_id, "at": event.created_at.isoformat()})


EFFECTS: dict[str, tuple[Callable[[Event], Task | None], ...]] = {
    "customer.created": (_refresh_doubles, _mirror_consent),
    "customer.updated": (_rename, _index_customer, _refresh_doubles, _mirror_consent),
    "customer.merged": (_rename, _index_customer),
    "customer.erased": (_index_customer,),
    "message.received": (_meet,),
    "article.published": (_index_article,),
    "article.archived": (_index_article,),
}
# After these, a search for tickets must look at the ticket anew.
REWORDED = frozenset(
    {
        "ticket.created",
        "ticket.updated",
        "ticket.solved",
        "ticket.merged",
        "ticket.split",
        "ticket.erased",
        "message.received",
        "message.sent",
    }
)
