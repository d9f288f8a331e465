"""How mail and text messages come in: as SES and AWS End User Messaging do it, stored first and then announced.

The shapes are those of https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html and
https://docs.aws.amazon.com/sms-voice/latest/userguide/two-way-sms-payload.html.
"""

import json
import uuid
from email import message_from_bytes
from email.message import Message
from email.utils import parseaddr
from typing import Any

from infra.local import whatsapp
from infra.local.feedback import stamp
from infra.local.world import SUPPORT_PHONE, World

# SES cuts the headers in its notification at 10 KB: an SNS message holds 256 KB at most.
HEADER_OCTETS = 10_000
FOLDER = "received/"
_VERDICTS = ("spam", "virus", "spf", "dkim", "dmarc")


def receive_email(
    world: World, raw: bytes, recipients: list[str], sender: str | None = None, verdicts: dict[str, str] | None = None
) -> str:
    """Take in one mail, octets as received, and return its SES message id.

    `recipients` and `sender` are the envelope's; `verdicts` those of the receipt by name (`spam`, `virus`, `spf`,
    `dkim`, `dmarc`, PASS unless given) and `dmarc_policy`.
    """
    ses_id = uuid.uuid4().hex + uuid.uuid4().hex[:8]
    bucket = world.outputs["MailBucketName"]
    world.client("s3").put_object(Bucket=bucket, Key=FOLDER + ses_id, Body=raw, ContentType="message/rfc822")
    notification = {
        "notificationType": "Received",
        "mail": _mail(ses_id, raw, recipients, sender),
        "receipt": _receipt(ses_id, bucket, world.outputs["MailTopicArn"], recipients, verdicts or {}),
    }
    _publish(world, "MailTopicArn", notification, Subject="Amazon SES Email Receipt Notification")
    return ses_id


def is_stored(world: World, ses_id: str) -> bool:
    """Whether a mail with that SES message id ever came in."""
    key = FOLDER + ses_id
    found = world.client("s3").list_objects_v2(Bucket=world.outputs["MailBucketName"], Prefix=key, MaxKeys=1)
    return bool(ses_id) and any(item["Key"] == key for item in found.get("Contents", []))


def receive_sms(world: World, sender: str, body: str, to: str = SUPPORT_PHONE, previous_id: str | None = None) -> str:
    """Take in one text message; `previous_id` is the id of the one it answers. Returns its own id."""
    message_id = str(uuid.uuid4())
    _publish(
        world,
        "SmsTopicArn",
        {
            "originationNumber": sender,
            "destinationNumber": to,
            "messageKeyword": "KEYWORD_DIWAN",
            "messageBody": body,
            "inboundMessageId": message_id,
            **({"previousPublishedMessageId": previous_id} if previous_id else {}),
        },
    )
    return message_id


def receive_whatsapp(world: World, sender: str, body: str, name: str = "", answers: str | None = None) -> str:
    """Take in one WhatsApp message; `answers` is Meta's id of the one it quotes. Returns its own (a `wamid`)."""
    wamid = whatsapp.wamid()
    quoted = {"context": {"from": SUPPORT_PHONE[1:], "id": answers}} if answers else {}
    told = whatsapp.message(sender, wamid, type="text", text={"body": body}, **quoted)
    publish_whatsapp(world, whatsapp.notice([whatsapp.from_customer(sender, name, [told])]))
    return wamid


def publish_whatsapp(world: World, notice: dict[str, Any]) -> None:
    """Publish one notice, as AWS End User Messaging Social does."""
    _publish(world, "WhatsAppTopicArn", notice)


def publish_feedback(world: World, event: dict[str, Any]) -> None:
    """Publish one SES event, as its configuration set's event destination does."""
    _publish(world, "FeedbackTopicArn", event, Subject="Amazon SES Email Event Notification")


def _publish(world: World, topic: str, message: dict[str, Any], **more: str) -> None:
    world.client("sns").publish(TopicArn=world.outputs[topic], Message=json.dumps(message), **more)


def _mail(ses_id: str, raw: bytes, recipients: list[str], sender: str | None) -> dict[str, Any]:
    head = message_from_bytes(raw[:HEADER_OCTETS].replace(b"\r\n", b"\n").partition(b"\n\n")[0] + b"\n\n")
    return {
        "timestamp": stamp(),
        "source": sender if sender is not None else parseaddr(_text(head, "From"))[1],
        "messageId": ses_id,
        "destination": recipients,
        "headersTruncated": len(raw) > HEADER_OCTETS,
        "headers": [{"name": name, "value": _printable(value)} for name, value in head.raw_items()],
        "commonHeaders": {
            "returnPath": sender or _text(head, "Return-Path"),
            "from": [_text(head, "From")],
            "to": [_text(head, "To")],
            "date": _text(head, "Date"),
            "messageId": _text(head, "Message-ID"),
            "subject": _text(head, "Subject"),
        },
    }


def _receipt(ses_id: str, bucket: str, topic: str, recipients: list[str], verdicts: dict[str, str]) -> dict[str, Any]:
    policy = verdicts.get("dmarc_policy")
    return {
        "timestamp": stamp(),
        "processingTimeMillis": 532,
        "recipients": recipients,
        **{f"{name}Verdict": {"status": verdicts.get(name, "PASS")} for name in _VERDICTS},
        **({"dmarcPolicy": policy.lower()} if policy else {}),
        "action": {
            "type": "S3",
            "topicArn": topic,
            "bucketName": bucket,
            "objectKeyPrefix": FOLDER,
            "objectKey": FOLDER + ses_id,
        },
    }


def _text(head: Message, name: str) -> str:
    return next((_printable(value) for key, value in head.raw_items() if key.lower() == name.lower()), "")


def _printable(value: Any) -> str:
    """A header's octets as JSON can carry them: what is not UTF-8 is shown as replaced."""
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
