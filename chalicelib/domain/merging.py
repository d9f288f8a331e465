"""Tickets made one, taken apart again, and split: what each of them becomes. A pure change of headers; messages stay.

A merged ticket is closed and stands still until it is taken out again: whatever comes for it goes to its survivor.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.message import Message
from chalicelib.domain.parts import Joined, Parts, Standing
from chalicelib.domain.ticket import Ticket, set_status, wrote_in_copy

# A thread is read from all its tickets at the same time.
MOST_TOGETHER = 20
# The ids of moved messages lie on the ticket's own row, which is read and written with every message.
MOST_MOVED = 1000


def standing_of(ticket: Ticket) -> Standing:
    return Standing(ticket.status, ticket.waiting_since, ticket.solved_at, ticket.closed_at)


def put_away(loser: Ticket, into: Ticket, now: datetime) -> Ticket:
    """The ticket that is merged into another: closed, and remembering how it stood."""
    closed = set_status(loser, "closed", now)
    remembering = replace(loser.parts, was=standing_of(loser))
    return replace(closed, merged_into=into.id, parts=remembering, updated_at=now)


def joined(survivor: Ticket, loser: Ticket, now: datetime) -> Ticket:
    """The ticket that stands for both; if either waited for us, it does, since when the customer first began to."""
    stands = _reopened(survivor, loser, now)
    stands = replace(stands, waiting_since=_earlier(stands.waiting_since, loser.waiting_since))
    record = Joined(loser.id, standing_of(survivor), standing_of(stands), survivor.last_public_id)
    return replace(
        _with_newer_words(stands, loser),
        message_count=survivor.message_count + loser.message_count,
        parts=survivor.parts.with_joined(record),
        updated_at=now,
    )


def taken_back(loser: Ticket, now: datetime) -> Ticket:
    """The ticket on its own again, as it stood before it was merged."""
    was = loser.parts.was or standing_of(loser)
    return replace(loser, **vars(was), merged_into=None, parts=replace(loser.parts, was=None), updated_at=now)


def parted(survivor: Ticket, loser: Ticket, newest: Sequence[Message], now: datetime) -> Ticket:
    """The survivor without the ticket that was merged into it; `newest` are the messages it is left with.

    It stands again as before the merge, unless something was done or written since: then as the rest of it tells.
    """
    kept = lessened(survivor, loser.message_count, newest, now)
    record = next(one for one in survivor.parts.joined if one.ticket_id == loser.id)
    last = survivor.parts.joined[-1] == record
    untouched = standing_of(survivor) == record.after and kept.last_public_id == record.last_public_id
    restored = replace(kept, **vars(record.before)) if last and untouched else kept
    return replace(restored, parts=survivor.parts.without_joined(loser.id))


def lessened(ticket: Ticket, count: int, newest: Sequence[Message], now: datetime) -> Ticket:
    """The ticket without `count` of its messages; what its header tells of them is told by the `newest` that stay."""
    left = ticket.message_count - count
    known = ticket if len(newest) < left else replace(ticket, reply_channel=None, reply_contact=None)
    waiting = _unanswered_since(newest) if ticket.waiting_since else None
    return replace(retold(known, newest), message_count=left, waiting_since=waiting, updated_at=now)


def split_off(new: Ticket, moved: Sequence[Message]) -> Ticket:
    """A new ticket out of messages of another, oldest first: the newest of them says whose move it is."""
    told = replace(retold(new, moved), message_count=len(moved))
    public = [one for one in moved if _counts(one)]
    if not public or public[-1].from_customer:
        return replace(told, status="open", waiting_since=_unanswered_since(moved))
    return replace(told, status="pending", waiting_since=None)


def retold(ticket: Ticket, newest: Sequence[Message]) -> Ticket:
    """The header with what it repeats of its messages: the last words, the way back to the customer."""
    public = [one for one in newest if one.is_public]
    known = _known(newest)
    customers = [one for one in known if one.from_customer and not one.automatic and not wrote_in_copy(ticket, one)]
    told = replace(
        ticket,
        last_public_id=public[-1].id if public else None,
        preview=last_words(newest),
    )
    if not customers:
        return told
    return replace(told, reply_channel=customers[-1].channel, reply_contact=customers[-1].contact)


def last_words(newest: Sequence[Message]) -> str:
    """What a list shows of the ticket whose newest messages these are."""
    known = _known(newest)
    return known[-1].gist if known else ""


def above(ticket_id: str, family: Mapping[str, Ticket]) -> list[str]:
    """The ticket itself, whom it was merged into, whom that, and so on up to the one that stands for all."""
    found = [ticket_id]
    while (into := family[found[-1]].merged_into) and into in family:
        found.append(into)
    return found


def below(ticket: Ticket, family: Mapping[str, Ticket]) -> list[Ticket]:
    """The ticket and all that was merged into it, and into those."""
    found = [ticket]
    for one in found:
        found.extend(family[id] for id in one.parts.joined_ids if id in family)
    return found


def moved_over(
    family: Mapping[str, Ticket], holders: Mapping[str, str], moved: Iterable[Message], to: str
) -> dict[str, Ticket]:
    """The tickets whose pointers change when the ticket `to` holds those messages, each as it becomes.

    `family` holds every home and holder, `holders` names who holds each message by its id until now.
    """
    changed = dict(family)
    for message in moved:
        home, holder = message.ticket_id, holders[message.id]
        changed[home] = _with_parts(changed[home], changed[home].parts.sent([message.id], to))
        if holder != home:
            changed[holder] = _with_parts(changed[holder], changed[holder].parts.gave_up([message.id]))
    return {id: one for id, one in changed.items() if one != family[id]}


def losses(family: Mapping[str, Ticket], holders: Mapping[str, str], moved: Iterable[Message]) -> Counter[str]:
    """How many messages fewer each ticket counts: who held them, and all that stand for him."""
    return Counter(id for message in moved for id in above(holders[message.id], family))


def too_many_moved(tickets: Iterable[Ticket]) -> bool:
    return any(len(one.parts.absent) > MOST_MOVED for one in tickets)


def _known(newest: Sequence[Message]) -> list[Message]:
    """Those that the customer sees, of somebody who takes part."""
    return [one for one in newest if one.is_public and not one.unknown_sender]


def _with_parts(ticket: Ticket, parts: Parts) -> Ticket:
    return replace(ticket, parts=parts)


def _reopened(survivor: Ticket, loser: Ticket, now: datetime) -> Ticket:
    waits = loser.group == "open" or loser.waiting_since is not None
    return set_status(survivor, "open", now) if waits and survivor.group != "open" else survivor


def _with_newer_words(survivor: Ticket, loser: Ticket) -> Ticket:
    """What the header repeats of the newest messages, of whichever ticket has them."""
    if (loser.last_public_id or "") <= (survivor.last_public_id or ""):
        return survivor
    return replace(
        survivor,
        last_public_id=loser.last_public_id,
        preview=loser.preview or survivor.preview,
        reply_channel=loser.reply_channel or survivor.reply_channel,
        reply_contact=loser.reply_contact if loser.reply_channel else survivor.reply_contact,
    )


def _earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    return min(one, other) if one and other else one or other


def _unanswered_since(messages: Sequence[Message]) -> datetime | None:
    """When the customer began to wait: his first message behind our last answer."""
    since = None
    for message in messages:
        if _counts(message):
            since = (since or message.created_at) if message.from_customer else None
    return since


def _counts(message: Message) -> bool:
    """Whether a message makes it somebody's move: public, and of somebody who takes part."""
    return message.is_public and not (message.automatic or message.unknown_sender)
