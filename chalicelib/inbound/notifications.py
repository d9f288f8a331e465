"""The inbound queue: mails, SMS and reports about sendings, each an SNS notification told apart by its shape.

By shape and not by topic alone, so that a stage may share topics; what fits no shape fails and ends in the
dead-letter queue, where somebody sees it.
"""

import json
from typing import Any

from chalicelib import log
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.actions.record_delivery import Report, record
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.inbound import raw_mail_notice
from chalicelib.inbound.batches import Report as BatchReport
from chalicelib.inbound.batches import each_message

# https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
_STATES = {"Send": "sent", "Delivery": "delivered", "Bounce": "bounced", "Complaint": "delivered", "Reject": "failed"}


def handle(event: dict[str, Any]) -> BatchReport:
    return each_message(event, _handle)


def _handle(record_: dict[str, Any]) -> None:
    body = json.loads(record_["body"])
    if raw_mail_notice.is_one(body):
        raw_mail_notice.handle(body, int(record_.get("attributes", {}).get("ApproximateReceiveCount", 1)))
        return
    notice = json.loads(body["Message"])
    if notice.get("notificationType") == "Received":
        receive_mail(_stored_mail(notice))
    elif "originationNumber" in notice:
        receive_sms(_sms(notice))
    elif "mail" in notice:
        _record_reports(notice)
    else:
        raise ValueError("a notification of no kind we know")


def _stored_mail(notice: dict[str, Any]) -> StoredMail:
    receipt = notice["receipt"]
    return StoredMail(
        id=notice["mail"]["messageId"],
        key=receipt["action"]["objectKey"],
        recipients=tuple(receipt["recipients"]),
        spam=_verdict(receipt, "spamVerdict"),
        virus=_verdict(receipt, "virusVerdict"),
        dmarc=_verdict(receipt, "dmarcVerdict"),
        dmarc_policy=receipt.get("dmarcPolicy"),
    )


def _verdict(receipt: dict[str, Any], name: str) -> str:
    return receipt.get(name, {}).get("status", "GRAY")


def _sms(notice: dict[str, Any]) -> InboundSms:
    return InboundSms(
        id=notice["inboundMessageId"],
        sender=notice["originationNumber"],
        body=notice.get("messageBody", ""),
        previous_id=notice.get("previousPublishedMessageId"),
    )


def _record_reports(notice: dict[str, Any]) -> None:
    type = notice.get("eventType") or notice.get("notificationType") or ""
    if type not in _STATES:
        log.info("report.ignored", type=type)
        return
    for report in _reports(type, notice):
        record(report)


def _reports(type: str, notice: dict[str, Any]) -> list[Report]:
    mail = notice["mail"]
    tags = mail.get("tags", {}).get("delivery", [])
    tag = tags[0] if tags else None
    made = {"state": _STATES[type], "provider_id": mail["messageId"], "tag": tag}
    if type == "Bounce":
        return [_bounce(notice["bounce"], who, made) for who in notice["bounce"]["bouncedRecipients"]]
    if type == "Complaint":
        listed = notice["complaint"]["complainedRecipients"]
        return [Report(**made, address=who["emailAddress"], permanent=True, detail="complaint") for who in listed]
    if type == "Delivery":
        return [Report(**made, address=who) for who in notice["delivery"]["recipients"]]
    detail = notice.get("reject", {}).get("reason") if type == "Reject" else None
    return [Report(**made, detail=detail)]


def _bounce(bounce: dict[str, Any], who: dict[str, Any], made: dict[str, Any]) -> Report:
    permanent = bounce.get("bounceType") == "Permanent"
    detail = who.get("diagnosticCode") or who.get("status") or bounce.get("bounceSubType")
    return Report(**made, detail=detail, address=who["emailAddress"], permanent=permanent)
