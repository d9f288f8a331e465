"""WhatsApp by AWS End User Messaging Social, which hands Meta's own message objects on. It never tries twice by itself.

That AWS takes a message says little: that its session is over, or that nobody has WhatsApp at that number, comes back
later as a status. https://docs.aws.amazon.com/social-messaging/latest/APIReference/API_SendWhatsAppMessage.html
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from chalicelib import aws, log, settings
from chalicelib.channels import provider_errors
from chalicelib.channels.sending import Rejected, Throttled
from chalicelib.domain import whatsapp_errors

# Meta, Text messages: "Maximum 4096 characters."
MAX_TEXT = 4_096
_META_CODE = re.compile(r"\(#(\d+)\)|\bcode\W{1,4}(\d{3,6})\b")


def text(to: str, body: str, answers: str | None) -> dict[str, Any]:
    """A free text to the number (E.164), at most `MAX_TEXT` characters; `answers` is the `wamid` that it quotes."""
    quoted = {"context": {"message_id": answers}} if answers else {}
    return {**_to(to), **quoted, "type": "text", "text": {"body": body, "preview_url": False}}


def template(to: str, name: str, language: str, parameters: Sequence[str]) -> dict[str, Any]:
    """The approved template, with what stands in its body for {{1}}, {{2}} …

    A parameter with a new line, a tab or more than four spaces is refused by Meta (132000 to 132018).
    """
    filled = [{"type": "text", "text": " ".join(one.split()) or "–"} for one in parameters]
    body = {"type": "body", "parameters": filled}
    made = {"name": name, "language": {"code": language}, "components": [body]}
    return {**_to(to), "type": "template", "template": made}


def shortened(body: str, link: str) -> str:
    """The body if it is short enough, else its beginning and where to read the rest."""
    if len(body) <= MAX_TEXT:
        return body
    room = MAX_TEXT - len(link) - 3
    return f"{body[:room].rstrip()}…\n\n{link}"


def send(message: dict[str, Any], *, delivery_id: str) -> str:
    """Hand one message to AWS and return AWS's id of it.

    `delivery_id` comes back with every status of it (Meta's `biz_opaque_callback_data`, at most 512 characters).

    Raises:
        sending.Throttled: not sent, try later.
        sending.Rejected: not sent, and trying again is of no use.
        sending.Unknown: no answer came; it may have been sent.
    """
    origin = settings.whatsapp_phone_number_id()
    if origin is None:
        raise Rejected("No number on WhatsApp is set.", "whatsapp-not-connected")
    tagged = json.dumps({**message, "biz_opaque_callback_data": delivery_id}, ensure_ascii=False).encode()
    try:
        answer = aws.client("socialmessaging").send_whatsapp_message(
            originationPhoneNumberId=origin, metaApiVersion=settings.whatsapp_api_version(), message=tagged
        )
    except Exception as error:  # told apart by kind; a fault of ours is raised again as it was
        raise _told_apart(provider_errors.read(error)) from error
    log.info("whatsapp.sent", delivery_id=delivery_id, carrier_id=answer["messageId"])
    return str(answer["messageId"])


def _told_apart(error: Exception) -> Exception:
    """A refusal that names Meta's code by what that means; a number that AWS does not know is a fault of our set-up."""
    if not isinstance(error, Rejected):
        return error
    if error.reason.startswith("ResourceNotFound"):
        return Throttled(error.reason, provider_errors.SETUP_WAIT)
    found = _META_CODE.search(error.reason)
    return Rejected(error.reason, whatsapp_errors.reason(int(found[1] or found[2]))) if found else error


def _to(number: str) -> dict[str, Any]:
    return {"messaging_product": "whatsapp", "recipient_type": "individual", "to": number}
