"""SMS by AWS End User Messaging (pinpoint-sms-voice-v2, SendTextMessage), which tells of receipts by events.

They come to the inbound queue and name the delivery by the context given here.
"""

from collections.abc import Mapping
from typing import Any

from chalicelib import aws, settings

CONTEXT = "delivery"


def send(to: str, body: str, delivery_id: str) -> str:
    """Hand it to End User Messaging; returns its message id. Raises what botocore raises."""
    answer = aws.client("pinpoint-sms-voice-v2").send_text_message(**_request(to, body, delivery_id))
    return str(answer["MessageId"])


def delivery_of(event: Mapping[str, Any]) -> str | None:
    """The delivery that an event of End User Messaging names; None when it was not sent by us so."""
    return (event.get("context") or {}).get(CONTEXT)


def _request(to: str, body: str, delivery_id: str) -> dict[str, Any]:
    optional = {
        "OriginationIdentity": settings.sms_sender_id() or settings.support_phone(),
        "ConfigurationSetName": settings.sms_configuration_set(),
        "MaxPrice": settings.sms_max_price(),
    }
    return {
        "DestinationPhoneNumber": to,
        "MessageBody": body,
        "MessageType": "TRANSACTIONAL",
        "Context": {CONTEXT: delivery_id},
        **{name: value for name, value in optional.items() if value},
    }
