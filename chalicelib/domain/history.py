"""A ticket that was lived elsewhere: how it stands here, told by what was said in it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chalicelib.domain.message import Message
from chalicelib.domain.ticket import Rules, Ticket, group_of, wrote_in_copy


def lived(ticket: Ticket, messages: Sequence[Message], status: str | None, now: datetime, rules: Rules) -> Ticket:
    """The ticket after all its messages, oldest first.

    Args:
        status: the one it had; None where that is not known: then who wrote last decides, and a conversation in which
            nobody wrote for as long as a solved one waits is closed.
    """
    last = messages[-1].created_at
    told = replace(with_messages(ticket, messages), updated_at=max(ticket.updated_at, last))
    standing = status or _standing(messages, now, rules)
    if group_of(standing) == "done":
        return _done(told, standing, now, rules)
    return replace(
        told, status=standing, waiting_since=_waiting_since(messages) if group_of(standing) == "open" else None
    )


def with_messages(ticket: Ticket, messages: Iterable[Message]) -> Ticket:
    """The ticket with those messages in it, whatever others it has. Ids of messages sort by time."""
    for message in messages:
        ticket = replace(ticket, message_count=ticket.message_count + 1)
        if message.is_public and message.id > (ticket.last_public_id or ""):
            ticket = replace(ticket, last_public_id=message.id, preview=message.gist or ticket.preview)
            if message.from_customer and not message.automatic and not wrote_in_copy(ticket, message):
                contact = message.contact or ticket.reply_contact
                ticket = replace(ticket, reply_channel=message.channel, reply_contact=contact)
    return ticket


def _standing(messages: Sequence[Message], now: datetime, rules: Rules) -> str:
    if now - messages[-1].created_at > timedelta(days=rules.close_after_days):
        return "closed"
    heard = [message for message in messages if message.is_public and not message.automatic]
    return "pending" if not heard or not heard[-1].from_customer else "open"


def _waiting_since(messages: Sequence[Message]) -> datetime | None:
    """Since when the customer waits: his first message that no agent has answered."""
    since: datetime | None = None
    for message in messages:
        if message.is_public and not message.automatic:
            since = (since or message.created_at) if message.from_customer else None
    return since


def _done(ticket: Ticket, status: str, now: datetime, rules: Rules) -> Ticket:
    """Solved or closed. What was solved long enough ago is closed, or a flood of timers would have to close it."""
    solved_at = ticket.solved_at or ticket.updated_at
    closes_at = solved_at + timedelta(days=rules.close_after_days)
    if status == "solved" and closes_at > now:
        return replace(ticket, status="solved", solved_at=solved_at, waiting_since=None)
    closed_at = closes_at if status == "solved" else max(ticket.updated_at, solved_at)
    return replace(ticket, status="closed", solved_at=solved_at, closed_at=closed_at, waiting_since=None)
