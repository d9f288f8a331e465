"""Which tasks follow from events that are dispatched together."""

from dataclasses import replace
from datetime import UTC, datetime

from chalicelib.domain.effects import tasks_of
from chalicelib.domain.event import Actor, Event

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def event(id: str, type: str, **about: str) -> Event:
    subject = next(iter(about.values()))
    return Event(f"evt_{id}", type, NOW, Actor("system"), subject, **about)  # type: ignore[arg-type]


def kinds(events: list[Event], announced: bool = False) -> list[str]:
    return [task.kind for task in tasks_of(events, announced)]


def test_tickets_of_one_batch_are_marked_by_one_task() -> None:
    batch = [
        event("1", "ticket.created", ticket_id="tkt_a"),
        event("2", "message.received", ticket_id="tkt_a"),
        event("3", "ticket.solved", ticket_id="tkt_b"),
        event("4", "message.delivery_changed", ticket_id="tkt_c"),
    ]
    (task,) = tasks_of(batch, announced=False)
    assert task.arguments == {"ticket_ids": ["tkt_a", "tkt_b"]}


def test_a_customer_changed_twice_is_renamed_once() -> None:
    batch = [event(id, "customer.updated", customer_id="cus_a") for id in "12"]
    assert kinds(batch) == ["rename_on_tickets", "index_customer", "refresh_doubles"]


def test_events_are_announced_only_while_somebody_listens() -> None:
    batch = [event(id, "article.gone", article_id=f"art_{id}") for id in "12"]
    assert kinds(batch) == []
    assert kinds(batch, announced=True) == ["announce_event", "announce_event"]


def test_who_writes_into_the_ticket_of_another_may_be_that_one() -> None:
    theirs = replace(event("1", "message.received", ticket_id="tkt_a"), customer_id="cus_a", message_id="msg_a")
    assert kinds([replace(theirs, actor=Actor("customer", "cus_a"))]) == ["index_tickets"]
    assert kinds([replace(theirs, actor=Actor("customer", "cus_b"))]) == ["meet", "index_tickets"]
