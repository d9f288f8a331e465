"""The legs of a call in Amazon Connect: with each transfer one ends and another begins, and all of them are one call.

Events come in any order, more than once, and each of them tells but a part; so a leg is put together from several.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from chalicelib.domain.call import MAX_SECONDS, Call

# How a leg began (https://docs.aws.amazon.com/connect/latest/adminguide/contact-events.html): here a call of its own.
# A callback is one of ours, after the one in which it was asked for.
_INCOMING = ("INBOUND", "WEBRTC_API")
OUTGOING = ("OUTBOUND", "API", "CALLBACK", "CAMPAIGN_PREVIEW")
# Here the same call goes on with others of us. All else is none of the customer's: who listens in, whom an agent asks.
_GOING_ON = ("TRANSFER", "QUEUE_TRANSFER")

# Why nobody was spoken to, by how the leg ended or by what a machine heard; all else is that nobody answered.
_ENDS = {
    "TELECOM_BUSY": "busy",
    "SIT_TONE_BUSY": "busy",
    "VOICEMAIL_BEEP": "voicemail",
    "VOICEMAIL_NO_BEEP": "voicemail",
    "TELECOM_NUMBER_INVALID": "failed",
    "TELECOM_POTENTIAL_BLOCKING": "failed",
    "TELECOM_PROBLEM": "failed",
    "SIT_TONE_INVALID_NUMBER": "failed",
    "SIT_TONE_DETECTED": "failed",
    "FAX_MACHINE_DETECTED": "failed",
    "OUTBOUND_DESTINATION_ENDPOINT_ERROR": "failed",
    "OUTBOUND_RESOURCE_ERROR": "failed",
    "OUTBOUND_ATTEMPT_FAILED": "failed",
}


@dataclass(frozen=True)
class CallLeg:
    """`chain` is the id of the very first leg, which a callback has in common with the call in which it was asked for;
    `previous` that of the leg that it goes on from. `instance` is the ARN of the telephone system's instance.

    `connected_at` is when the customer's side was connected, `agent_at` when the `agent` (an ARN) was. `reason` is why
    it ended, `machine` what a machine heard there.
    """

    id: str
    chain: str
    instance: str
    method: str
    previous: str | None = None
    connected_at: datetime | None = None
    agent: str | None = None
    agent_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    machine: str | None = None

    @property
    def goes_on_from(self) -> str | None:
        """The id of the leg before it in the same call; None of one that begins a call."""
        return None if begins_call(self.method) else self.previous or self.chain

    @property
    def spoken_from(self) -> datetime | None:
        """Since when an agent and the customer were both there."""
        if self.agent_at is None or (self.method in OUTGOING and self.connected_at is None):
            return None
        return max(self.agent_at, self.connected_at or self.agent_at)


def counts(method: str) -> bool:
    """Whether a leg that began so is one in which the customer speaks with us."""
    return method in (*_INCOMING, *OUTGOING, *_GOING_ON)


def begins_call(method: str) -> bool:
    """Whether it is the first of its call."""
    return method in (*_INCOMING, *OUTGOING)


def with_more(known: CallLeg, told: CallLeg) -> CallLeg:
    """The leg with what another event tells of it; what was known stays."""
    new = {f.name: getattr(told, f.name) for f in fields(CallLeg) if getattr(known, f.name) is None}
    return replace(known, **new)


def calls_of(legs: Iterable[CallLeg]) -> dict[str, list[CallLeg]]:
    """The legs of a chain, call by call, by the id of the leg that each began with."""
    known, calls = {leg.id: leg for leg in legs}, dict[str, list[CallLeg]]()
    for leg in known.values():
        calls.setdefault(_beginning(leg, known), []).append(leg)
    return calls


def is_over(legs: Sequence[CallLeg]) -> bool:
    return bool(legs) and all(leg.ended_at for leg in legs)


def as_call(legs: Sequence[CallLeg]) -> Call:
    """What the call was, of one that is over: from when the first agent spoke to when the last leg ended."""
    first = first_of(legs)
    direction = "out" if first.method in OUTGOING else "in"
    spoken = [leg.spoken_from for leg in legs if leg.spoken_from]
    ended = [leg.ended_at for leg in legs if leg.ended_at]
    left_words = direction == "out" and (first.machine or "").startswith("VOICEMAIL")
    if spoken and ended and not left_words:
        seconds = round((max(ended) - min(spoken)).total_seconds())
        return Call(direction, "answered", min(max(seconds, 0), MAX_SECONDS))
    return Call(direction, "missed" if direction == "in" else _why_nobody(first))


def first_of(legs: Sequence[CallLeg]) -> CallLeg:
    """The leg that the call began with, or the first of which we were told."""
    return next((leg for leg in legs if begins_call(leg.method)), legs[0])


def last_agent(legs: Sequence[CallLeg]) -> str | None:
    """The ARN of the agent who was there last, with the customer or waiting for him."""
    there = [(leg.agent_at, leg.agent) for leg in legs if leg.agent_at and leg.agent]
    return max(there)[1] if there else None


def _beginning(leg: CallLeg, known: Mapping[str, CallLeg]) -> str:
    """Back from leg to leg; of what leads nowhere it is the chain's own."""
    for _ in known:
        if leg.goes_on_from is None:
            return leg.id
        leg = known.get(leg.goes_on_from, leg)
    return leg.chain


def _why_nobody(leg: CallLeg) -> str:
    return _ENDS.get(leg.machine or "") or _ENDS.get(leg.reason or "") or "no_answer"
