"""A phone call, as a message of a ticket holds it: which way it went, how it ended and how long they spoke.

Whoever wrote it down, the call itself says what it does to the ticket (`domain.ticket.called`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

DIRECTIONS = ("in", "out")
OUTCOMES = ("answered", "missed", "voicemail", "busy", "no_answer", "failed")
MAX_SECONDS = 24 * 60 * 60
CHANNEL = "phone"

# What can become of a call that somebody makes to us; all others of one that we make.
_INCOMING = ("answered", "missed", "voicemail")
_OUTGOING = ("answered", "voicemail", "busy", "no_answer", "failed")


@dataclass(frozen=True)
class Call:
    """`direction` is `in` for one that the customer made; `seconds` is how long somebody spoke, or left words."""

    direction: str
    outcome: str
    seconds: int = 0

    @property
    def is_incoming(self) -> bool:
        return self.direction == "in"

    @property
    def is_answered(self) -> bool:
        """Whether the two spoke with each other."""
        return self.outcome == "answered"

    @property
    def is_missed(self) -> bool:
        """Whether the customer called and spoke to nobody: that counts as words of his, whoever writes it down."""
        return self.is_incoming and not self.is_answered

    @property
    def minutes(self) -> int:
        """Every minute that was begun counts."""
        return -(-self.seconds // 60)

    def as_dict(self) -> dict[str, Any]:
        return dict(vars(self))


def of(stored: Mapping[str, Any] | None) -> Call | None:
    """The call that `as_dict` gave so; None of a message that is none."""
    return Call(stored["direction"], stored["outcome"], int(stored["seconds"])) if stored else None


def fault(call: Call) -> tuple[str, str] | None:
    """What is wrong with it: the field, and the code of the fault; None when it can have happened so."""
    if call.direction not in DIRECTIONS:
        return "direction", "unknown-value"
    if call.outcome not in OUTCOMES:
        return "outcome", "unknown-value"
    if call.outcome not in (_INCOMING if call.is_incoming else _OUTGOING):
        return "outcome", "call-outcome"
    if not 0 <= call.seconds <= MAX_SECONDS:
        return "seconds", "out-of-range"
    if call.seconds and call.outcome not in ("answered", "voicemail"):
        return "seconds", "call-seconds"
    return None
