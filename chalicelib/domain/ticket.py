"""A ticket: one conversation with a customer, over whatever channels it runs, and the rules of its life.

Every rule takes the ticket as it was and gives the ticket as it becomes; none of them saves anything.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.message import Message
from chalicelib.domain.parts import WHOLE, Parts
from chalicelib.errors import Invalid

STATUSES = ("new", "open", "pending", "on_hold", "solved", "closed")
PRIORITIES = ("low", "normal", "high", "urgent")
MAX_SUBJECT = 998
# SES takes 50 recipients a mail; what plays SES counts each twice, in the envelope and in the head.
MAX_COPIES = 24
# Whom customers put in copy by mail: nobody can be refused there, so the list may be longer than what one mail takes.
MOST_IN_COPY = 100
# Of a number as people type it; more digits are no ticket's number.
MAX_DIGITS = 12
MAX_TAGS = 50
MAX_FIELDS = 50

_GROUPS = {
    "new": "open",
    "open": "open",
    "pending": "waiting",
    "on_hold": "waiting",
    "solved": "done",
    "closed": "done",
}


@dataclass(frozen=True)
class Ticket:
    """The header of a conversation; `version` grows by one with every change.

    `waiting_since` is when the customer began to wait for us, None while nobody waits.
    `last_public_id` is the newest message the customer can see; `reply_channel` that of his own newest one.
    `linked_ticket_id` names the ticket this one continues, `merged_into` the one that stands for it, `split_from` the
    one its first messages were taken out of.
    """

    id: str
    number: int
    subject: str
    status: str
    channel: str
    customer_id: str
    locale: str
    created_at: datetime
    updated_at: datetime
    priority: str = "normal"
    customer_name: str = ""
    team_id: str | None = None
    assignee_id: str | None = None
    tags: tuple[str, ...] = ()
    custom_fields: Mapping[str, Any] = field(default_factory=dict)
    cc: tuple[str, ...] = ()
    waiting_since: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None
    erased_at: datetime | None = None
    message_count: int = 0
    preview: str = ""
    last_public_id: str | None = None
    reply_channel: str | None = None
    reply_contact: str | None = None
    linked_ticket_id: str | None = None
    merged_into: str | None = None
    split_from: str | None = None
    external_id: str | None = None
    parts: Parts = WHOLE
    version: int = 0

    @property
    def group(self) -> str:
        """`open` waits for us, `waiting` for others, `done` for nobody."""
        return group_of(self.status)


@dataclass(frozen=True)
class Rules:
    """What the shop may set about a ticket's life, in days."""

    close_after_days: int = 7
    reopen_within_days: int = 30


def group_of(status: str) -> str:
    return _GROUPS[status]


def opened_by_customer(ticket: Ticket, message: Message) -> Ticket:
    """A new ticket; he waits for us, unless a machine of his wrote."""
    waiting_since = None if message.automatic else message.created_at
    return _with_message(replace(ticket, status="new", waiting_since=waiting_since), message)


def opened_by_agent(ticket: Ticket, message: Message, status: str | None = None) -> Ticket:
    return set_status(
        _with_message(replace(ticket, status="pending"), message), status or "pending", message.created_at
    )


def customer_wrote(ticket: Ticket, message: Message) -> Ticket:
    """A customer's message: what waited for him is open again, and he now waits for us."""
    written = _with_message(ticket, message)
    if ticket.status not in ("new", "open"):
        written = set_status(written, "open", message.created_at)
    return replace(written, waiting_since=ticket.waiting_since or message.created_at)


def agent_wrote(ticket: Ticket, message: Message, status: str | None = None) -> Ticket:
    """An agent's public answer: the next move is the customer's, unless the agent says otherwise by `status`."""
    answered = replace(_with_message(ticket, message), waiting_since=None)
    return set_status(answered, status or "pending", message.created_at)


def called(ticket: Ticket, message: Message, status: str | None = None) -> Ticket:
    """A phone call, whoever may read of it: one that was answered is an answer of ours, a missed one of the customer's
    lets him wait for us, and one of ours that nobody took changes nothing, unless the agent names a `status`.
    """
    call = message.call
    if call and call.is_answered:
        return agent_wrote(ticket, message, status)
    written = customer_wrote(ticket, message) if call and call.is_incoming else _with_message(ticket, message)
    return set_status(written, status, message.created_at) if status else written


def opened_by_call(ticket: Ticket, message: Message, status: str | None = None) -> Ticket:
    """A new ticket of a phone call: the customer waits where he was missed; else the next move is his."""
    missed = message.call and message.call.is_incoming and not message.call.is_answered
    opened = opened_by_customer(ticket, message) if missed else opened_by_agent(ticket, message)
    return set_status(opened, status, message.created_at) if status else opened


def copied(ticket: Ticket, addresses: Iterable[str]) -> Ticket:
    """Those too are in copy from then on, and so take part."""
    return replace(ticket, cc=tuple(dict.fromkeys((*ticket.cc, *addresses)))[:MOST_IN_COPY])


def noted(ticket: Ticket, message: Message, status: str | None = None) -> Ticket:
    written = _with_message(ticket, message)
    return set_status(written, status, message.created_at) if status else written


def recorded(ticket: Ticket, message: Message) -> Ticket:
    """An automatic mail, or a stranger's: kept in the thread, with no bearing on the ticket's life."""
    return _with_message(ticket, message)


def set_status(ticket: Ticket, status: str, now: datetime) -> Ticket:
    """The ticket with that status and the times that hang on it.

    Raises:
        Invalid: no such status.
    """
    if status not in STATUSES:
        raise Invalid(f"There is no status “{status}”; it is one of {', '.join(STATUSES)}.", code="unknown-status")
    if status == ticket.status:
        return ticket
    done = group_of(status) == "done"
    return replace(
        ticket,
        status=status,
        waiting_since=None if done else ticket.waiting_since,
        solved_at=(ticket.solved_at or now) if done else None,
        closed_at=now if status == "closed" else None,
    )


def reopened(ticket: Ticket, now: datetime) -> Ticket:
    """The ticket that its customer says is not solved: he waits for us again, though he wrote nothing."""
    if ticket.group != "done":
        return ticket
    return replace(set_status(ticket, "open", now), waiting_since=now, updated_at=now)


def assign(ticket: Ticket, assignee_id: str | None) -> Ticket:
    """Give the ticket to an agent (or to nobody); a new ticket that has somebody is open."""
    status = "open" if assignee_id and ticket.status == "new" else ticket.status
    return replace(ticket, assignee_id=assignee_id, status=status)


def changed(ticket: Ticket, wanted: Mapping[str, Any], now: datetime) -> Ticket:
    """The ticket after an agent set some of its fields (names as in Ticket)."""
    plain = {name: value for name, value in wanted.items() if name not in ("status", "assignee_id")}
    new = replace(ticket, **plain)
    if "assignee_id" in wanted:
        new = assign(new, wanted["assignee_id"])
    if wanted.get("status"):
        new = set_status(new, wanted["status"], now)
    return new if new == ticket else replace(new, updated_at=now)


def takes_replies(ticket: Ticket, now: datetime, rules: Rules) -> bool:
    """Whether a customer's message still belongs here, or opens a new ticket linked to this one."""
    if ticket.status != "closed" or ticket.closed_at is None:
        return True
    return now - ticket.closed_at <= timedelta(days=rules.reopen_within_days)


def closes_at(ticket: Ticket, rules: Rules) -> datetime | None:
    """When a solved ticket closes by itself; None while nothing is solved."""
    if ticket.status != "solved" or ticket.solved_at is None:
        return None
    return ticket.solved_at + timedelta(days=rules.close_after_days)


def next_at(ticket: Ticket, rules: Rules) -> datetime | None:
    """The earliest of all the ticket's waits: when a timer must look at it again."""
    return closes_at(ticket, rules)


def has_newer(ticket: Ticket, last_seen_message_id: str | None) -> bool:
    """Whether the customer can see a newer message than that one; None is who does not ask.

    Where no message is left that he can see, as after a split, none is newer.
    """
    return last_seen_message_id is not None and ticket.last_public_id not in (None, last_seen_message_id)


WATCHED = (
    "status",
    "priority",
    "subject",
    "team_id",
    "assignee_id",
    "tags",
    "custom_fields",
    "locale",
    "cc",
    "external_id",
    "merged_into",
)


def differences(old: Ticket, new: Ticket) -> dict[str, list[Any]]:
    """What changed, as `{field: [before, after]}`, for the event: ids and labels only, no texts."""
    names = [f.name for f in fields(Ticket) if f.name in WATCHED and f.name not in ("subject", "cc", "custom_fields")]
    before_after = {name: [_plain(getattr(old, name)), _plain(getattr(new, name))] for name in names}
    found = {name: pair for name, pair in before_after.items() if pair[0] != pair[1]}
    hidden = [name for name in ("subject", "cc", "custom_fields") if getattr(old, name) != getattr(new, name)]
    return found | {name: [None, None] for name in hidden}


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def wrote_in_copy(ticket: Ticket, message: Message) -> bool:
    """Whether it is from somebody who is only in copy: where he wrote from is no way back to the customer."""
    return message.author.id != ticket.customer_id and message.contact in ticket.cc


def _with_message(ticket: Ticket, message: Message) -> Ticket:
    public = message.is_public and not message.unknown_sender
    his_words = message.from_customer and not message.automatic and not message.call
    customers = public and his_words and not wrote_in_copy(ticket, message)
    return replace(
        ticket,
        updated_at=message.created_at,
        message_count=ticket.message_count + 1,
        preview=message.gist if public else ticket.preview,
        last_public_id=message.id if message.is_public else ticket.last_public_id,
        reply_channel=message.channel if customers else ticket.reply_channel,
        reply_contact=message.contact if customers else ticket.reply_contact,
    )
