"""The inbound queue: mails, SMS, WhatsApp, calls and reports about sendings, told apart by their shape.

By shape and not by topic alone, so that a stage may share topics; what fits no shape fails and ends in the
dead-letter queue, where somebody sees it.
"""

import json
from typing import Any

from chalicelib import log
from chalicelib.actions import keep_media, receive_call
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.channels import connect_in, whatsapp_in
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.inbound import mail_reports, raw_mail_notice, sms_receipts, whatsapp_notices
from chalicelib.inbound.batches import Report as BatchReport
from chalicelib.inbound.batches import each_message

# What SES sends to a topic by itself when it is named to it: not JSON, and an identity's notification of no mail.
_GREETINGS = ("Successfully validated SNS topic", '{"notificationType":"AmazonSnsSubscriptionSucceeded"')


def handle(event: dict[str, Any]) -> BatchReport:
    return each_message(event, _handle)


def _handle(record_: dict[str, Any]) -> None:
    body = json.loads(record_["body"])
    if raw_mail_notice.is_one(body):
        raw_mail_notice.handle(body, _tries(record_))
        return
    if connect_in.is_one(body):
        _hear_call(body)
        return
    if body["Message"].startswith(_GREETINGS):
        log.info("topic.greeted")
        return
    notice = json.loads(body["Message"])
    if whatsapp_in.is_one(notice):
        whatsapp_notices.handle(notice, _tries(record_))
        return
    if notice.get("notificationType") == "Received":
        receive_mail(_stored_mail(notice))
    elif "originationNumber" in notice:
        receive_sms(_sms(notice))
    elif sms_receipts.is_one(notice):
        sms_receipts.handle(notice)
    elif "mail" in notice:
        mail_reports.handle(notice)
    else:
        raise ValueError("a notification of no kind we know")


def _hear_call(body: dict[str, Any]) -> None:
    told = connect_in.read(body)
    if told:
        receive_call.hear(told.leg, told.number)


def _tries(record_: dict[str, Any]) -> int:
    """How often it has come."""
    return int(record_.get("attributes", {}).get("ApproximateReceiveCount", 1))


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
        spf=_verdict(receipt, "spfVerdict"),
        envelope_sender=notice["mail"].get("source") or "",
    )


def _verdict(receipt: dict[str, Any], name: str) -> str:
    return receipt.get(name, {}).get("status", "GRAY")


def _sms(notice: dict[str, Any]) -> InboundSms:
    media = tuple(keep_media.read(notice.get("media")))
    return InboundSms(
        id=notice["inboundMessageId"],
        sender=notice["originationNumber"],
        body=notice.get("messageBody") or "" if media else notice["messageBody"],
        previous_id=notice.get("previousPublishedMessageId"),
        media=media,
    )
