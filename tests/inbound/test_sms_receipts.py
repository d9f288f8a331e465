"""What End User Messaging reports of a text that went out, in the shapes its documentation gives."""

import itertools
import json

import pytest

from chalicelib import clock
from chalicelib.actions import deliver_message
from chalicelib.domain import delivery_reason
from chalicelib.domain.delivery import Delivery
from chalicelib.inbound import notifications
from chalicelib.store import deliveries
from chalicelib.store.changes import Changes
from chalicelib.store.table import EventRow

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def text():
    """An answer that End User Messaging took as `sms-1`."""
    return kept(provider_id="sms-1", state="sent", attempts=1)


def kept(**fields):
    change, now = Changes(), clock.now()
    made = Delivery(**{
        "ticket_id": "tkt_1",
        "message_id": "msg_1",
        "purpose": "reply",
        "channel": "sms",
        "to": "+14255550156",
        "state": "sending",
        "updated_at": now,
        **fields,
    })  # fmt: skip
    deliveries.add(change, made)
    change.commit()
    return made


def event(status, final=True, id="sms-1", tag="tkt_1-msg_1-reply", said="Told by the carrier"):
    """https://docs.aws.amazon.com/sms-voice/latest/userguide/configuration-sets-event-format.html"""
    return {
        "eventType": f"TEXT_{status}",
        "eventVersion": "1.0",
        "eventTimestamp": 1686975103470,
        "isFinal": final,
        "originationPhoneNumber": "+12065550152",
        "destinationPhoneNumber": "+14255550156",
        "isoCountryCode": "US",
        "mcc": "310",
        "mnc": "800",
        "messageId": id,
        "messageRequestTimestamp": 1686975103170,
        "messageEncoding": "GSM",
        "messageType": "TRANSACTIONAL",
        "messageStatus": status,
        "messageStatusDescription": said,
        **({"context": {"delivery": tag}} if tag else {}),
        "totalMessageParts": 1,
        "totalMessagePrice": 0.09582,
        "totalCarrierFee": 0.0,
    }


def report(*events):
    bodies = [json.dumps({"Type": "Notification", "TopicArn": "arn:1", "Message": json.dumps(one)}) for one in events]
    records = [{"messageId": f"m-{at}", "body": body} for at, body in enumerate(bodies)]
    assert notifications.handle({"Records": records}) == {"batchItemFailures": []}
    return deliveries.get("tkt_1", "msg_1", "reply")


def how(delivery):
    return delivery.state, delivery.reason


@pytest.mark.parametrize("status", ["DELIVERED", "SUCCESSFUL"])
def test_what_arrived_is_delivered(text, status):
    assert how(report(event(status))) == ("delivered", None)


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("BLOCKED", "sms-blocked"),
        ("CARRIER_BLOCKED", "sms-blocked"),
        ("CARRIER_UNREACHABLE", "sms-not-reached"),
        ("INVALID", "bad-number"),
        ("INVALID_MESSAGE", "sms-refused"),
        ("PROTECT_BLOCKED", "sms-country"),
        ("SPAM", "sms-taken-for-spam"),
        ("TTL_EXPIRED", "expired"),
        ("UNREACHABLE", "sms-not-reached"),
    ],
)
def test_what_did_not_arrive_is_failed_with_a_reason_in_words(text, status, reason):
    found = report(event(status))
    assert (how(found), found.detail) == (("failed", reason), "Told by the carrier")
    assert delivery_reason.words(reason, "en") and delivery_reason.words(reason, "ar")


@pytest.mark.parametrize("status", ["PENDING", "QUEUED", "SENT", "UNKNOWN", "SOMETHING_NEW"])
def test_what_is_on_its_way_or_never_told_of_stays_sent_however_long(text, status):
    clock.shift(5 * 24 * 3600)
    assert how(report(event(status, final=status == "UNKNOWN"))) == ("sent", None)


def test_what_is_tried_again_is_no_failure(text):
    assert how(report(event("CARRIER_UNREACHABLE", final=False))) == ("sent", "sms-not-reached")
    assert how(report(event("DELIVERED"))) == ("delivered", None)


@pytest.mark.parametrize("order", range(6))
def test_reports_come_in_any_order_and_twice(text, order):
    told = [event("QUEUED", final=False), event("CARRIER_UNREACHABLE", final=False), event("DELIVERED")]
    for one in list(itertools.permutations(told))[order]:
        report(one, one)
    assert how(report()) == ("delivered", None)
    changes = [row for row in EventRow.scan() if row.type == "message.delivery_changed"]
    assert len(changes) == 1


def test_a_report_may_be_faster_than_our_own_note_of_the_sending(cloud):
    kept(attempts=1)
    found = report(event("DELIVERED"))
    assert (found.state, found.provider_id) == ("delivered", "sms-1")


def test_a_text_without_context_is_found_by_the_id_that_aws_gave_it(text):
    change = Changes()
    deliver_message.remember(change, text)
    change.commit()
    assert how(report(event("DELIVERED", tag=None))) == ("delivered", None)


@pytest.mark.parametrize(("status", "state"), [("DELIVERED", "delivered"), ("SENT", "sent")])
def test_a_text_that_nobody_answered_for_is_known_when_its_receipt_comes(cloud, status, state):
    kept(state="failed", reason="no-word", detail="Our carrier gave no answer; it may have arrived.", attempts=1)
    assert how(report(event(status))) == (state, None)
    (told,) = [row for row in EventRow.scan() if row.type == "message.delivery_changed"]
    assert told.changes == {"delivery": [None, state]}


def test_what_is_reported_of_a_sending_before_counts_no_more(cloud):
    kept(state="sent", provider_id="sms-2", former_ids=("sms-1",), attempts=1)
    assert how(report(event("UNREACHABLE"))) == ("sent", None)


@pytest.mark.parametrize("tag", [None, "word-help", "tkt_9-msg_9-reply", "nonsense"])
def test_a_report_of_nothing_of_ours_is_passed_over(text, tag):
    assert how(report(event("UNREACHABLE", id="sms-9", tag=tag))) == ("sent", None)
