"""What SES reports of a mail that we sent, as our own reports: one event, or one notification, may tell of several
recipients.

Two shapes say the same: event publishing (`eventType`, which we subscribe to) and an identity's notifications
(`notificationType`). https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html
"""

from collections.abc import Callable
from typing import Any

from chalicelib import log
from chalicelib.actions.record_delivery import Report, record
from chalicelib.domain import delivery_reason

MAX_DETAIL = 1_000

# What the person himself did not say: that it was no spam after all, and a report of his provider's about signatures.
_NO_COMPLAINTS = ("not-spam", "auth-failure")


def handle(notice: dict[str, Any]) -> None:
    """Write down what the event says. Events that change nothing (opened, clicked) are passed over."""
    type = notice.get("eventType") or notice.get("notificationType") or ""
    if type not in _READERS:
        log.info("report.ignored", type=type)
        return
    for report in _READERS[type](notice, _named(notice["mail"])):
        record(report)


def _named(mail: dict[str, Any]) -> dict[str, Any]:
    """How the report finds its delivery: by the tag we sent along, else by SES's own id."""
    tags = (mail.get("tags") or {}).get("delivery") or [None]
    return {"provider_id": mail["messageId"], "tag": tags[0]}


def _sent(notice: dict[str, Any], named: dict[str, Any]) -> list[Report]:
    return [Report("sent", **named)]


def _delivered(notice: dict[str, Any], named: dict[str, Any]) -> list[Report]:
    return [Report("delivered", **named, address=who) for who in notice["delivery"]["recipients"]]


def _delayed(notice: dict[str, Any], named: dict[str, Any]) -> list[Report]:
    """SES still tries, for up to 14 hours: no failure, but worth knowing."""
    delay = notice["deliveryDelay"]
    reports = []
    for who in delay["delayedRecipients"]:
        reason = delivery_reason.of_delay(delay.get("delayType"), who.get("status"), who.get("diagnosticCode"))
        reports.append(Report("sent", **named, address=who["emailAddress"], reason=reason, detail=_said(who)))
    return reports


def _bounced(notice: dict[str, Any], named: dict[str, Any]) -> list[Report]:
    """Only a permanent bounce says that the address is of no use; one that is transient or undetermined does not."""
    bounce = notice["bounce"]
    mark = "bounce" if bounce.get("bounceType") == "Permanent" else None
    reports = []
    for who in bounce["bouncedRecipients"]:
        reason = delivery_reason.of_bounce(bounce.get("bounceSubType"), who.get("status"), who.get("diagnosticCode"))
        about = {"address": who["emailAddress"], "reason": reason, "detail": _said(who), "mark": mark}
        reports.append(Report("bounced", **named, **about))
    return reports


def _complained(notice: dict[str, Any], named: dict[str, Any]) -> list[Report]:
    """It arrived, and was not wanted. SES lists all whom the mail went to at that provider."""
    complaint = notice["complaint"]
    if complaint.get("complaintFeedbackType") in _NO_COMPLAINTS:
        return []
    listed = [who["emailAddress"] for who in complaint["complainedRecipients"]]
    return [Report("delivered", **named, address=who, reason="complaint", mark="complaint") for who in listed]


def _rejected(notice: dict[str, Any], named: dict[str, Any]) -> list[Report]:
    """SES took the mail, then found a virus in it, and sent it to nobody."""
    return [Report("failed", **named, reason="virus", detail=(notice.get("reject") or {}).get("reason"))]


def _not_made(notice: dict[str, Any], named: dict[str, Any]) -> list[Report]:
    return [Report("failed", **named, reason="not-made", detail=(notice.get("failure") or {}).get("errorMessage"))]


def _said(who: dict[str, Any]) -> str | None:
    said = who.get("diagnosticCode") or who.get("status")
    return said[:MAX_DETAIL] if said else None


_READERS: dict[str, Callable[[dict[str, Any], dict[str, Any]], list[Report]]] = {
    "Send": _sent,
    "Delivery": _delivered,
    "DeliveryDelay": _delayed,
    "Bounce": _bounced,
    "Complaint": _complained,
    "Reject": _rejected,
    "Rendering Failure": _not_made,
}
