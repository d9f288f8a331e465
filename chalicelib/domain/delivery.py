"""A delivery: the sending of one message to one contact. Its state lives beside the message, never in it.

queued -> sending -> sent -> delivered | bounced | failed. Only a conditional write moves it from queued to
sending, so a message is sent once however often its job runs.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

STATES = ("received", "queued", "sending", "sent", "delivered", "bounced", "failed", "suppressed")
# What customers are sent. A notice to an agent has a purpose of its own for each agent: see `notice_to`.
PURPOSES = ("reply", "receipt")
LEASE = timedelta(minutes=5)
# A job on a queue takes seconds; one that has not run by then is lost, and a timer puts it anew.
JOB_LOST_AFTER = timedelta(minutes=10)
MAX_ATTEMPTS = 8
# Throttles cost no attempt; what they have kept back for so long is told to the agent instead.
MAX_AGE = timedelta(days=3)

_NOTICE = "notice_"

_RANK = {"queued": 0, "sending": 1, "sent": 2, "delivered": 3, "bounced": 4, "failed": 4, "suppressed": 4}


@dataclass(frozen=True)
class Delivery:
    """One sending of a message.

    `detail` says in words why it failed; `lease_until` is until when one sender may be at work on it or, of a
    queued one, when it may be tried again.
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

    @property
    def tag(self) -> str:
        """How the provider names it back to us in its events (letters, digits, _ and - only, SES's rule)."""
        return f"{self.ticket_id}-{self.message_id}-{self.purpose}"

    @property
    def agent_id(self) -> str | None:
        """The agent whom it tells of the message; None of what a customer is sent."""
        return self.purpose.removeprefix(_NOTICE) if self.purpose.startswith(_NOTICE) else None


def from_tag(tag: str) -> tuple[str, str, str] | None:
    """Ticket id, message id and purpose out of a tag; None when it is none of ours."""
    parts = tag.split("-")
    known = len(parts) == 3 and (parts[2] in PURPOSES or parts[2].startswith(_NOTICE))
    return (parts[0], parts[1], parts[2]) if known else None


def notice_to(agent_id: str) -> str:
    """The purpose of a notice: one row for each agent, so that he is told of a message once."""
    return f"{_NOTICE}{agent_id}"


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
    return replace(delivery, state="sending", attempts=delivery.attempts + 1, lease_until=now + LEASE, updated_at=now)


def sent(delivery: Delivery, provider_id: str, now: datetime) -> Delivery:
    return replace(delivery, state="sent", provider_id=provider_id, lease_until=None, detail=None, updated_at=now)


def failed(delivery: Delivery, detail: str, now: datetime) -> Delivery:
    return replace(delivery, state="failed", detail=detail, lease_until=None, updated_at=now)


def put_back(delivery: Delivery, now: datetime, retry_at: datetime | None) -> Delivery:
    """Queued again after a throttle: the provider took nothing, so the attempt does not count.

    `retry_at` puts it before a timer, for waits longer than a queue can delay.
    """
    return replace(delivery, state="queued", attempts=delivery.attempts - 1, lease_until=retry_at, updated_at=now)


def heard(delivery: Delivery, state: str, detail: str | None, now: datetime) -> Delivery:
    """What the provider reports later; reports come in any order, so a state never moves backwards."""
    if _RANK[state] <= _RANK.get(delivery.state, 0):
        return delivery
    return replace(delivery, state=state, detail=detail, lease_until=None, updated_at=now)
