"""What End User Messaging reports of an SMS that we sent (eventType TEXT_…), as our own reports.

A carrier may take 72 hours to tell: until then it is sent, however long. Two final reports may come of one text, since
`SUCCESSFUL` (the carrier took it) and `DELIVERED` (the phone did) are used for one another, as countries have it.
https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html
https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-types.html
"""

from typing import Any

from chalicelib import log
from chalicelib.actions.record_delivery import Report, record
from chalicelib.channels import sms_voice

MAX_DETAIL = 1_000

_ON_ITS_WAY = ("PENDING", "QUEUED", "SENT")
_ARRIVED = ("DELIVERED", "SUCCESSFUL")
# The reason of `delivery_reason` for what did not arrive.
_FAILED = {
    "BLOCKED": "sms-blocked",
    "CARRIER_BLOCKED": "sms-blocked",
    "CARRIER_UNREACHABLE": "sms-not-reached",
    "INVALID": "bad-number",
    "INVALID_MESSAGE": "sms-refused",
    "PROTECT_BLOCKED": "sms-country",
    "SPAM": "sms-taken-for-spam",
    "TTL_EXPIRED": "expired",
    "UNREACHABLE": "sms-not-reached",
}
_KIND = "TEXT_"


def is_one(notice: dict[str, Any]) -> bool:
    return str(notice.get("eventType", "")).startswith(_KIND) and "messageId" in notice


def handle(notice: dict[str, Any]) -> None:
    """Write down what the event says. That nothing was heard for 72 hours (UNKNOWN) is no news: it stays sent."""
    status = notice.get("messageStatus") or notice["eventType"].removeprefix(_KIND)
    if status in _ON_ITS_WAY:
        record(_report(notice, "sent"))
    elif status in _ARRIVED:
        record(_report(notice, "delivered"))
    elif status in _FAILED:
        # What is not final is tried again.
        record(_report(notice, "failed" if notice.get("isFinal") else "sent", _FAILED[status]))
    else:
        log.info("report.ignored", type=notice["eventType"], status=status)


def _report(notice: dict[str, Any], state: str, reason: str | None = None) -> Report:
    said = notice.get("messageStatusDescription") if reason else None
    tag = sms_voice.delivery_of(notice)
    return Report(state, notice["messageId"], tag, said[:MAX_DETAIL] if said else None, reason=reason)
