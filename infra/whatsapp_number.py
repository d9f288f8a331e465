"""The number that customers write to on WhatsApp, before a deployment: whether AWS has it, and where its events go.

An account has one event destination for all its numbers. One that has none is given our topic; one that tells somebody
else is left as it is, and told.
"""

from collections.abc import Iterator
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError


def set_up(phone_number_id: str, topic: str) -> Iterator[str]:
    """One line for each thing that was looked at or set; those that want something done begin with `whatsapp: TO DO`.

    Args:
        phone_number_id: AWS's id of our number, `phone-number-id-…`.
        topic: the ARN of the topic that messages are to come in by.
    """
    try:
        found = _client().get_linked_whatsapp_business_account_phone_number(id=phone_number_id)
        number = found["phoneNumber"]
        yield f"whatsapp: {number['displayPhoneNumber']}, quality {number['qualityRating']}"
        yield _way_in(found["linkedWhatsAppBusinessAccountId"], topic)
    except (ClientError, BotoCoreError) as error:
        yield f"whatsapp: the number {phone_number_id} could not be looked at: {error}"


def _way_in(account_id: str, topic: str) -> str:
    account: dict[str, Any] = _client().get_linked_whatsapp_business_account(id=account_id)["account"]
    told = [one["eventDestinationArn"] for one in account["eventDestinations"]]
    if topic in told:
        return "whatsapp: messages come in by our topic"
    if told:
        return f"whatsapp: TO DO messages do not come in: the account tells {told[0]}; make it tell {topic}"
    destination = {"eventDestinationArn": topic}
    _client().put_whatsapp_business_account_event_destinations(id=account_id, eventDestinations=[destination])
    return "whatsapp: the account was set to tell our topic"


def _client() -> Any:
    return boto3.client("socialmessaging")
