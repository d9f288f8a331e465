"""Asks Amazon Connect for what its events leave out: a caller's number, who of us an agent there is, and legs whose
events were lost."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from chalicelib import aws
from chalicelib.channels.connect_in import shown_number
from chalicelib.domain import call_leg
from chalicelib.domain.call_leg import CallLeg


@dataclass(frozen=True)
class Contact:
    """`number` is the customer's, empty for one who hides it; `reason` and `machine` as in `CallLeg`."""

    number: str
    reason: str | None = None
    machine: str | None = None


def describe(instance: str, contact_id: str) -> Contact:
    """The contact (a leg of a call) as Connect keeps it, for two years; one that it does not know hides its number.

    `instance` is the ARN of the instance.
    """
    found = _contact(instance, contact_id)
    endpoint = found.get("CustomerEndpoint") or {}
    return Contact(
        shown_number(endpoint.get("Address")),
        found.get("DisconnectReason"),
        found.get("AnsweringMachineDetectionStatus"),
    )


def leg(instance: str, contact_id: str, chain: str) -> CallLeg | None:
    """The contact as a leg of that chain; None of what Connect does not know, or is no call with a customer."""
    found = _contact(instance, contact_id)
    method = str(found.get("InitiationMethod") or "")
    if found.get("Channel") != "VOICE" or not call_leg.counts(method):
        return None
    agent: dict[str, Any] = found.get("AgentInfo") or {}
    return CallLeg(
        id=contact_id,
        chain=chain,
        instance=instance,
        method=method,
        previous=found.get("PreviousContactId"),
        connected_at=_time(found.get("ConnectedToSystemTimestamp")),
        agent=f"{instance}/agent/{agent['Id']}" if "Id" in agent else None,
        agent_at=_time(agent.get("ConnectedToAgentTimestamp")),
        ended_at=_time(found.get("DisconnectTimestamp")),
        reason=found.get("DisconnectReason"),
        machine=found.get("AnsweringMachineDetectionStatus"),
    )


def emails_of(agent: str) -> list[str]:
    """The addresses that the agent with that ARN has in Connect, in lower case; his name there may be one, too."""
    client = aws.client("connect")
    try:
        user = client.describe_user(InstanceId=_id(agent), UserId=_id(agent.rpartition("/agent/")[2]))["User"]
    except client.exceptions.ResourceNotFoundException:
        return []
    identity: dict[str, Any] = user.get("IdentityInfo") or {}
    named = (user.get("Username"), identity.get("Email"), identity.get("SecondaryEmail"))
    return [one.lower() for one in named if one and "@" in one]


def _contact(instance: str, contact_id: str) -> dict[str, Any]:
    client = aws.client("connect")
    try:
        found: dict[str, Any] = client.describe_contact(InstanceId=_id(instance), ContactId=contact_id)["Contact"]
    except client.exceptions.ResourceNotFoundException:
        return {}
    return found


def _time(told: datetime | None) -> datetime | None:
    return told.astimezone(UTC) if told else None


def _id(arn: str) -> str:
    """The instance's id in its ARN or in that of something of it; an id as it is."""
    return arn.rpartition("instance/")[2].partition("/")[0]
