"""A delivery: the sending of one message to one contact. Its state lives beside the message, never in it.

queued -> sending -> sent -> delivered | bounced | failed. Only a conditional write moves it from queued to
sending, so a message is sent once however often its job runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.channel import reaches_by

STATES = ("received", "queued", "sending", "sent", "delivered", "bounced", "failed", "suppressed")
# What customers are sent. A notice to an agent has a purpose of its own for each agent: see `notice_to` and
# `loss_told_to`.
PURPOSES = ("reply", "receipt")
LEASE = timedelta(minutes=5)
# A job on a queue takes seconds; one that has not run by then is lost, and a timer puts it anew.
JOB_LOST_AFTER = timedelta(minutes=10)
MAX_ATTEMPTS = 8
# Throttles cost no attempt; what they have kept back for so long is told to the agent instead.
MAX_AGE = timedelta(days=3)
MAX_FORMER_IDS = 20

# The reason of one whose carrier gave no answer: whatever is reported of it later is the first word.
NO_WORD = "no-word"

_NOTICE = "notice_"
_LOSS = "loss_"

_RANK = {"queued": 0, "sending": 1, "sent": 2, "delivered": 3, "bounced": 4, "failed": 4, "suppressed": 4}


@dataclass(frozen=True)
class Delivery:
    """One sending of a message.

    `reason` (see `delivery_reason`) says why it did not arrive or why it takes long, `detail` what the other side or
    the provider said of that. `lease_until` is until when one sender may be at work on it or, of a queued one, when it
    may be tried again. `copies` are the reasons of copies that did not arrive, by address.

    Of one that is tried anew, `retried_at` is since when, `former_ids` are the provider's ids of the sendings before:
    what is still reported of those counts no more. `past` is how each of them ended. `alone` is one whose copies
    arrived the first time. `held_until` is when one that was held (quiet hours, a cap) is looked at again: its age
    counts from then.
    """

    ticket_id: str
    message_id: str
    purpose: str
    channel: str
    to: str
    state: str
    updated_at: datetime
    detail: str | None = None
    provider_id: str | None = None
    attempts: int = 0
    lease_until: datetime | None = None
    reason: str | None = None
    copies: Mapping[str, str] = field(default_factory=dict)
    retried_at: datetime | None = None
    former_ids: tuple[str, ...] = ()
    alone: bool = False
    past: tuple[Mapping[str, str], ...] = ()
    held_until: datetime | None = None

    @property
    def tag(self) -> str:
        """How the provider names it back to us in its events (letters, digits, _ and - only, SES's rule)."""
        return f"{self.ticket_id}-{self.message_id}-{self.purpose}"

    @property
    def agent_id(self) -> str | None:
        """The agent whom it tells of the message, or of its loss; None of what a customer is sent."""
        return next((self.purpose.removeprefix(one) for one in (_NOTICE, _LOSS) if self.purpose.startswith(one)), None)

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody wrote it for this very customer."""
        return self.purpose == "reply"

    @property
    def contact_type(self) -> str:
        """The type of the contact that it goes to."""
        return reaches_by(self.channel) or "email"

    @property
    def is_complained_of(self) -> bool:
        """Whether it arrived and was marked as spam."""
        return self.state == "delivered" and self.reason == "complaint"

    @property
    def earlier(self) -> list[tuple[datetime, str | None]]:
        """When and for which reason the sendings before it was tried anew did not arrive, oldest first."""
        return [(datetime.fromisoformat(one["at"]), one["reason"] or None) for one in self.past]

    @property
    def tells_of_loss(self) -> bool:
        """Whether it tells an agent that the answer did not arrive."""
        return self.purpose.startswith(_LOSS)


def from_tag(tag: str) -> tuple[str, str, str] | None:
    """Ticket id, message id and purpose out of a tag; None when it is none of ours."""
    parts = tag.split("-")
    known = len(parts) == 3 and (parts[2] in PURPOSES or parts[2].startswith((_NOTICE, _LOSS)))
    return (parts[0], parts[1], parts[2]) if known else None


def notice_to(agent_id: str) -> str:
    """The purpose of a notice: one row for each agent, so that he is told of a message once."""
    return f"{_NOTICE}{agent_id}"


def loss_told_to(agent_id: str) -> str:
    """The purpose of a notice that an answer did not arrive: one row for each agent, too."""
    return f"{_LOSS}{agent_id}"


def is_lost(delivery: Delivery) -> bool:
    """Whether it is an answer that did not reach its customer, or that he marked as spam."""
    ended_badly = delivery.state in ("failed", "bounced", "suppressed") or delivery.is_complained_of
    return delivery.purpose == "reply" and ended_badly


def may_send(delivery: Delivery, now: datetime) -> bool:
    """Whether a sender may take it: nobody has, or who took it has not been heard of since his lease ran out."""
    if delivery.state == "queued":
        return True
    return delivery.state == "sending" and delivery.lease_until is not None and delivery.lease_until <= now


def look_again_at(delivery: Delivery) -> datetime | None:
    """When a timer must see to it, if nothing happens before; None once it was sent or given up."""
    if delivery.state == "queued":
        return delivery.lease_until or delivery.updated_at + JOB_LOST_AFTER
    return delivery.lease_until if delivery.state == "sending" else None


def taken(delivery: Delivery, now: datetime) -> Delivery:
    """In the hands of a sender; why it waited before is no longer so."""
    attempts = delivery.attempts + 1
    return replace(delivery, state="sending", attempts=attempts, lease_until=now + LEASE, updated_at=now, reason=None)


def sent(delivery: Delivery, provider_id: str, now: datetime) -> Delivery:
    return _ended(delivery, "sent", now, provider_id=provider_id)


def failed(delivery: Delivery, detail: str, now: datetime, reason: str | None = None) -> Delivery:
    return _ended(delivery, "failed", now, detail=detail, reason=reason)


def suppressed(delivery: Delivery, reason: str, now: datetime) -> Delivery:
    """Never sent: nothing may be sent to that address any more."""
    return _ended(delivery, "suppressed", now, reason=reason)


def put_back(delivery: Delivery, now: datetime, retry_at: datetime | None) -> Delivery:
    """Queued again after a throttle: the provider took nothing, so the attempt does not count.

    `retry_at` puts it before a timer, for waits longer than a queue can delay.
    """
    return replace(delivery, state="queued", attempts=delivery.attempts - 1, lease_until=retry_at, updated_at=now)


def held(delivery: Delivery, now: datetime, until: datetime, reason: str) -> Delivery:
    """Queued again, since it may not go out now, and looked at again at `until`; waiting so makes it no older."""
    return replace(put_back(delivery, now, until), reason=reason, held_until=until)


def waits_since(delivery: Delivery, written_at: datetime) -> datetime:
    """Since when it could have gone out; `written_at` is when its message was written."""
    return max(delivery.retried_at or written_at, delivery.held_until or written_at)


def heard(delivery: Delivery, state: str, now: datetime, detail: str | None, reason: str | None) -> Delivery:
    """What the provider reports later; reports come in any order, so a state never moves backwards.

    A reason given with the state that it has already is news, too: that the provider still tries, a complaint.
    """
    told = state == delivery.state and reason is not None and reason != delivery.reason
    if delivery.state == "failed" and delivery.reason == NO_WORD:  # nobody knew
        return _ended(delivery, state, now, detail=detail, reason=reason)
    if _RANK[state] > _RANK.get(delivery.state, 0) or told:
        return _ended(delivery, state, now, detail=detail, reason=reason)
    return delivery


def copy_failed(delivery: Delivery, address: str, reason: str, now: datetime) -> Delivery:
    """A copy did not arrive: that is told beside the sending, whose own state it is not."""
    return replace(delivery, copies={**delivery.copies, address: reason}, updated_at=now)


def left_out(delivery: Delivery, copies: Mapping[str, str]) -> Delivery:
    """Some in copy are not sent it, each for a reason."""
    return replace(delivery, copies={**delivery.copies, **copies})


def may_retry(delivery: Delivery) -> bool:
    return delivery.state in ("failed", "bounced")


def retried(delivery: Delivery, now: datetime) -> Delivery:
    """Queued anew, as if it had never been tried; whoever got a copy of a mail that bounced is sent none again."""
    ids = (*delivery.former_ids, *([delivery.provider_id] if delivery.provider_id else []))[-MAX_FORMER_IDS:]
    ended = {"state": delivery.state, "reason": delivery.reason or "", "at": delivery.updated_at.isoformat()}
    past = (*delivery.past, ended)[-MAX_FORMER_IDS:]
    anew = _ended(delivery, "queued", now, attempts=0, provider_id=None, retried_at=now, former_ids=ids, past=past)
    return replace(anew, alone=delivery.alone or delivery.state == "bounced")


def _ended(delivery: Delivery, state: str, now: datetime, **told: Any) -> Delivery:
    """Nobody is at work on it any more; what was said of it before is no longer so."""
    return replace(delivery, **{"detail": None, "reason": None, **told}, state=state, lease_until=None, updated_at=now)
