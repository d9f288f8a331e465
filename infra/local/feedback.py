"""What SES publishes about a mail it took: Send, then Delivery; its simulator's addresses bounce or complain instead.

https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html gives the shapes, and
https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html the simulator.
"""

import uuid
from dataclasses import dataclass
from email import message_from_string
from typing import Any

from chalicelib import clock
from infra.local.world import REGION

SIMULATOR = "simulator.amazonses.com"
ACCOUNT = "000000000000"


@dataclass(frozen=True)
class SentMail:
    """A mail as SES took it; `tags` are the EmailTags of the send call."""

    ses_id: str
    sender: str
    recipients: list[str]
    raw: str
    configuration_set: str
    tags: dict[str, str]


def events(mail: SentMail) -> list[dict[str, Any]]:
    """The events for `mail`, in the order of their publication."""
    published = [_event("Send", mail, {})]
    delivered = [address for address in mail.recipients if _fate(address) in ("success", "complaint", "ooto")]
    bounced = [address for address in mail.recipients if _fate(address) in ("bounce", "suppressionlist")]
    complained = [address for address in mail.recipients if _fate(address) == "complaint"]
    if delivered:
        published.append(_event("Delivery", mail, _delivery(delivered)))
    if bounced:
        published.append(_event("Bounce", mail, _bounce(bounced)))
    if complained:
        published.append(_event("Complaint", mail, _complaint(complained)))
    return published


def _fate(address: str) -> str:
    local, _, domain = address.lower().partition("@")
    return local.partition("+")[0] if domain == SIMULATOR else "success"


def _event(kind: str, mail: SentMail, details: dict[str, Any]) -> dict[str, Any]:
    return {"eventType": kind, "mail": _mail(mail), kind.lower(): details}


def _mail(mail: SentMail) -> dict[str, Any]:
    head = message_from_string(mail.raw.partition("\n\n")[0])
    headers = [{"name": name, "value": str(value)} for name, value in head.items()]
    tags = {"ses:configuration-set": mail.configuration_set, "ses:from-domain": mail.sender.partition("@")[2]}
    return {
        "timestamp": stamp(),
        "source": mail.sender,
        "sourceArn": f"arn:aws:ses:{REGION}:{ACCOUNT}:identity/{mail.sender.partition('@')[2]}",
        "sendingAccountId": ACCOUNT,
        "messageId": mail.ses_id,
        "destination": mail.recipients,
        "headersTruncated": False,
        "headers": headers,
        "commonHeaders": {"from": [head.get("From", "")], "to": [head.get("To", "")], "messageId": mail.ses_id},
        "tags": {name: [value] for name, value in (tags | mail.tags).items()},
    }


def _delivery(recipients: list[str]) -> dict[str, Any]:
    return {
        "timestamp": stamp(),
        "processingTimeMillis": 412,
        "recipients": recipients,
        "smtpResponse": "250 2.6.0 Message received",
        "reportingMTA": f"a8-1.smtp-out.{REGION}.amazonses.com",
    }


def _bounce(recipients: list[str]) -> dict[str, Any]:
    why = {
        "action": "failed",
        "status": "5.1.1",
        "diagnosticCode": "smtp; 550 5.1.1 user unknown",
    }
    return {
        "feedbackId": str(uuid.uuid4()),
        "bounceType": "Permanent",
        "bounceSubType": "General",
        "bouncedRecipients": [{"emailAddress": address, **why} for address in recipients],
        "timestamp": stamp(),
        "reportingMTA": "dns; simulator.amazonses.com",
    }


def _complaint(recipients: list[str]) -> dict[str, Any]:
    return {
        "feedbackId": str(uuid.uuid4()),
        "complaintSubType": None,
        "complainedRecipients": [{"emailAddress": address} for address in recipients],
        "timestamp": stamp(),
        "complaintFeedbackType": "abuse",
        "arrivalDate": stamp(),
    }


def stamp() -> str:
    """Now, as SES writes times."""
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
