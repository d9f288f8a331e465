"""Asks Amazon Connect for what its events leave out: a caller's number, and who of us an agent there is."""

from dataclasses import dataclass
from typing import Any

from chalicelib import aws
from chalicelib.channels.connect_in import shown_number


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
    client = aws.client("connect")
    try:
        answer = client.describe_contact(InstanceId=_id(instance), ContactId=contact_id)
    except client.exceptions.ResourceNotFoundException:
        return Contact("")
    found = answer["Contact"]
    endpoint = found.get("CustomerEndpoint") or {}
    return Contact(
        shown_number(endpoint.get("Address")),
        found.get("DisconnectReason"),
        found.get("AnsweringMachineDetectionStatus"),
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


def _id(arn: str) -> str:
    """The instance's id in its ARN or in that of something of it; an id as it is."""
    return arn.rpartition("instance/")[2].partition("/")[0]
