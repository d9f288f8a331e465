"""Reads what Amazon Connect tells of a phone call by EventBridge. Nothing here asks AWS for anything.

Its documents and its events do not agree on the case of names (`AgentInfo`, `agentInfo`; `instanceARN`,
`instanceArn`; `Voice`, `VOICE`), so none is told apart by it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain import call_leg
from chalicelib.domain.call_leg import CallLeg

# Callers who hide their number send none, a word, or such a word as a telephone's keys spell it: carriers pass on
# +266696687, which is “anonymous”.
_NAMELESS = ("anonymous", "restricted", "blocked", "unknown", "unavailable", "private")
_KEYS = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")
_SPELLED = frozenset(f"+{word.translate(_KEYS)}" for word in _NAMELESS)


@dataclass(frozen=True)
class CallEvent:
    """What one event tells: a `leg`, and the customer's `number` where the event has it ("" for one that is hidden)."""

    leg: CallLeg
    number: str | None = None


def is_one(body: dict[str, Any]) -> bool:
    return body.get("source") == "aws.connect" and body.get("detail-type") == "Amazon Connect Contact Event"


def read(body: dict[str, Any]) -> CallEvent | None:
    """The event; None of what is no call with a customer (a chat, a task, somebody who listens in).

    Raises:
        ValueError: it names no contact, or a time that is none.
    """
    detail = _folded(body["detail"])
    method = str(detail.get("initiationmethod") or "").upper()
    if str(detail.get("channel")).upper() != "VOICE" or not call_leg.counts(method):
        return None
    leg = _leg(detail, method, body.get("time"))
    begins = call_leg.begins_call(method)
    return CallEvent(leg, _number(detail.get("customerendpoint")) if begins else None)


def shown_number(address: str | None) -> str:
    """The number as it was told; empty for a caller who hides it."""
    number = (address or "").strip()
    return "" if number.lower() in _NAMELESS or number in _SPELLED else number


def _leg(detail: dict[str, Any], method: str, told_at: str | None) -> CallLeg:
    id, type = str(detail.get("contactid") or ""), str(detail.get("eventtype")).upper()
    if not id:
        raise ValueError("an event of Amazon Connect that names no contact")
    agent = detail.get("agentinfo") or {}
    return CallLeg(
        id=id,
        chain=str(detail.get("initialcontactid") or id),
        instance=str(detail.get("instancearn") or ""),
        method=method,
        previous=detail.get("previouscontactid"),
        connected_at=_time(detail.get("connectedtosystemtimestamp")),
        agent=agent.get("agentarn"),
        agent_at=_time(agent.get("connectedtoagenttimestamp") or (type == "CONNECTED_TO_AGENT" and told_at)),
        ended_at=_time(detail.get("disconnecttimestamp") or (type == "DISCONNECTED" and told_at)),
        reason=detail.get("disconnectreason"),
        machine=detail.get("answeringmachinedetectionstatus"),
    )


def _number(endpoint: dict[str, Any] | None) -> str | None:
    return shown_number(endpoint.get("address")) if endpoint else None


def _time(written: Any) -> datetime | None:
    return datetime.fromisoformat(written) if written else None


def _folded(value: Any) -> Any:
    """With the names of all fields in lower case."""
    if isinstance(value, dict):
        return {str(name).lower(): _folded(one) for name, one in value.items()}
    return value
