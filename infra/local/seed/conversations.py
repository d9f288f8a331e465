"""The tickets of a seed, lived through in the order of time: each step by the domain's own rules, at its own moment.

Nothing is sent: every answer is written as delivered long ago, and the events bear no mark for the dispatcher.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain import ticket as life
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer, way_to
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.event import SYSTEM, Actor, Event, standing
from chalicelib.domain.message import Author, Message
from chalicelib.domain.rating import differences, given
from chalicelib.domain.ticket import Rules, Ticket
from chalicelib.store import counters, deliveries, events, keys, messages, numbers, ratings, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.table import CounterRow, PointerRow
from infra.local.seed.cast import Cast, at

# How long after the last message somebody marks a ticket as done.
WRAP_UP = timedelta(minutes=20)
DELIVERED_AFTER = timedelta(seconds=4)


@dataclass
class Conversation:
    """One ticket as the file tells it, and as it stands so far."""

    told: Mapping[str, Any]
    trail: bool = True
    ticket: Ticket | None = None
    customer: Customer = field(init=False)


@dataclass(frozen=True)
class _Step:
    at: datetime
    conversation: Conversation
    message: Mapping[str, Any] | None = None
    status: str = ""
    rating: Mapping[str, Any] | None = None


def live(
    change: Changes, told: Iterable[Mapping[str, Any]], cast: Cast, rules: Rules, trail: bool = True
) -> list[Ticket]:
    """Write those tickets, with all that was said, into `change`; returns them as they stand in the end.

    Without a `trail` no events are written, which are nearly half of the rows.
    """
    now = clock.now()
    stories = [Conversation(one, trail) for one in sorted(told, key=lambda one: -one["hours_ago"])]
    for story in stories:
        story.customer = cast.customers[story.told["customer"]]
    steps = [step for story in stories for step in _steps(story, now, rules)]
    for step in sorted(steps, key=lambda step: step.at):
        with at(step.at, now):
            _take(change, step, cast)
    ended = [story.ticket for story in stories if story.ticket]
    for ticket in ended:
        change.add(tickets.row_of(ticket, rules))
        change.add(PointerRow(keys.number(ticket.number), ticket_id=ticket.id))
    return ended


def count(change: Changes, ended: Iterable[Ticket]) -> None:
    """Add those tickets to the counters, as the dispatcher would have."""
    before = counters.read()
    for name, added in counters.recount(standing(ticket) for ticket in ended).items():
        change.put(CounterRow(keys.counter(name), value=before.get(name, 0) + added))


def _steps(story: Conversation, now: datetime, rules: Rules) -> Iterable[_Step]:
    ends = now
    for message in story.told["thread"]:
        ends = now - timedelta(hours=message["hours_ago"])
        yield _Step(ends, story, message=message)
    status = story.told["status"]
    if status in ("solved", "closed"):
        yield _Step(ends + WRAP_UP, story, status="solved")
    if "rating" in story.told:
        hours = timedelta(hours=story.told["rating"]["hours_after"])
        yield _Step(ends + WRAP_UP + hours, story, rating=story.told["rating"])
    if status == "closed":
        yield _Step(ends + WRAP_UP + timedelta(days=rules.close_after_days), story, status="closed")
    if status == "on_hold":
        yield _Step(ends + timedelta(seconds=1), story, status=status)


def _take(change: Changes, step: _Step, cast: Cast) -> None:
    before = step.conversation.ticket
    if step.rating:
        _rate(change, step, step.rating)
        return
    if step.message is None:
        assert before is not None
        after = life.set_status(replace(before, updated_at=step.at), step.status, step.at)
        _close_step(change, step, before, after, _worker(step.conversation, cast), None)
        return
    ticket = before or _opened(step.conversation, cast)
    message = _message(step, ticket, cast)
    messages.add(change, message, ticket.customer_id)
    after = _after(ticket, message, step.conversation, cast, first=before is None)
    _deliver(change, message, step.conversation.customer)
    _close_step(change, step, before, after, message.author, message)


def _close_step(
    change: Changes, step: _Step, before: Ticket | None, after: Ticket, author: Author, message: Message | None
) -> None:
    after = replace(after, version=after.version + 1)
    step.conversation.ticket = after
    if not step.conversation.trail:
        return
    event = Event(
        id=ids.new("evt"),
        type=_event_type(before, after, message),
        created_at=step.at,
        actor=Actor(author.type, author.id) if author.id else SYSTEM,
        subject=after.id,
        ticket_id=after.id,
        customer_id=after.customer_id,
        message_id=message.id if message else None,
        version=after.version,
        changes=life.differences(before, after) if before else {},
    )
    events.add(change, event, live=False)


def _rate(change: Changes, step: _Step, told: Mapping[str, Any]) -> None:
    ticket, customer = step.conversation.ticket, step.conversation.customer
    assert ticket is not None
    rating = ratings.put(change, None, given(ticket, None, told["answer"], told["words"], step.at))
    event = Event(
        id=ids.new("evt"),
        type="survey.answered",
        created_at=step.at,
        actor=Actor("customer", customer.id),
        subject=ticket.id,
        ticket_id=ticket.id,
        customer_id=customer.id,
        version=ticket.version,
        changes=differences(None, rating),
    )
    events.add(change, event, live=False)


def _opened(story: Conversation, cast: Cast) -> Ticket:
    told = story.told
    return Ticket(
        id=ids.new("tkt"),
        number=numbers.take(),
        subject=told["subject"],
        status="new",
        channel=told["channel"],
        customer_id=story.customer.id,
        customer_name=story.customer.display_name,
        locale=told["locale"],
        created_at=clock.now(),
        updated_at=clock.now(),
        priority=told["priority"],
        team_id=cast.teams[told["team"]].id if told["team"] else None,
        tags=tuple(told["tags"]),
    )


def _message(step: _Step, ticket: Ticket, cast: Cast) -> Message:
    told = step.message or {}
    customer, by_customer = step.conversation.customer, told["from"] == "customer"
    writer: Customer | Agent = customer if by_customer else cast.agents[told["from"]]
    name = writer.display_name if isinstance(writer, Customer) else writer.name_in(ticket.locale)
    way = None if told["note"] else way_to(customer, told["channel"], ticket.reply_contact)
    return Message(
        id=ids.new("msg"),
        ticket_id=ticket.id,
        author=Author("customer" if by_customer else "agent", writer.id, name),
        visibility="internal" if told["note"] else "public",
        channel=told["channel"],
        text=told["text"],
        quoted_text=told.get("quoted_text"),
        created_at=step.at,
        contact=way.contact.value if way else None,
    )


def _after(ticket: Ticket, message: Message, story: Conversation, cast: Cast, first: bool) -> Ticket:
    if message.from_customer:
        return life.opened_by_customer(ticket, message) if first else life.customer_wrote(ticket, message)
    owned = _assigned(ticket, story, cast)
    if first:
        return life.opened_by_agent(owned, message)
    return life.noted(owned, message) if message.is_note else life.agent_wrote(owned, message)


def _assigned(ticket: Ticket, story: Conversation, cast: Cast) -> Ticket:
    """Whoever the file names takes the ticket when the desk first touches it."""
    assignee = story.told["assignee"]
    return life.assign(ticket, cast.agents[assignee].id) if assignee and not ticket.assignee_id else ticket


def _deliver(change: Changes, message: Message, customer: Customer) -> None:
    if message.from_customer or message.is_note:
        return
    way = way_to(customer, message.channel)
    if way:
        at, to = message.created_at + DELIVERED_AFTER, way.contact.value
        delivery = Delivery(message.ticket_id, message.id, "reply", way.channel, to, "delivered", at, attempts=1)
        deliveries.add(change, delivery)


def _worker(story: Conversation, cast: Cast) -> Author:
    agent = cast.agents.get(story.told["assignee"] or "")
    return Author("agent", agent.id, agent.name) if agent else Author("system", None, "")


def _event_type(before: Ticket | None, after: Ticket, message: Message | None) -> str:
    if before is None:
        return "ticket.created"
    if message is None:
        return "ticket.solved" if after.status == "solved" else "ticket.updated"
    if message.is_note:
        return "ticket.updated"
    return "message.received" if message.from_customer else "message.sent"
