"""What AWS puts on the inbound queue, in the shapes its documentation gives."""

import json

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.domain.delivery import Delivery
from chalicelib.inbound import notifications
from chalicelib.store import deliveries, intake, suspended, tickets
from chalicelib.store.changes import Changes

pytestmark = pytest.mark.usefixtures("cloud")
RAW = b"From: Alice <alice@example.org>\r\nTo: help@ghusn.example\r\nSubject: Board\r\n\r\nCan it be saved?\r\n"


def record(notice, id="m-1"):
    envelope = {"Type": "Notification", "TopicArn": "arn:aws:sns:eu-west-1:1:topic", "Message": json.dumps(notice)}
    return {"messageId": id, "body": json.dumps(envelope)}


def received(mail_id="ses-1", **verdicts):
    boto3.client("s3").put_object(Bucket=settings.mail_bucket(), Key=f"raw/{mail_id}", Body=RAW)
    passed = {name: {"status": "PASS"} for name in ("spamVerdict", "virusVerdict", "dmarcVerdict")}
    action = {"type": "S3", "bucketName": settings.mail_bucket(), "objectKey": f"raw/{mail_id}"}
    receipt = {"recipients": ["help@ghusn.example"], "action": action, **passed, **verdicts}
    return {"notificationType": "Received", "mail": {"messageId": mail_id}, "receipt": receipt}


def sms(id="sms-1", **fields):
    return {
        "originationNumber": "+21620555014",
        "destinationNumber": "+21670555014",
        "messageKeyword": "KEYWORD",
        "messageBody": "تكاد القطعة تدخل",
        "inboundMessageId": id,
    } | fields


def test_a_mail_becomes_a_ticket():
    assert notifications.handle({"Records": [record(received())]}) == {"batchItemFailures": []}

    assert intake.of_mail("ses-1").outcome == "message"


def test_the_verdicts_are_those_of_the_notice():
    notice = received(dmarcVerdict={"status": "FAIL"}, dmarcPolicy="REJECT")
    notifications.handle({"Records": [record(notice)]})

    assert intake.of_mail("ses-1").reason == "dmarc"


def test_spf_and_the_envelope_are_those_of_the_notice():
    suspicious = {"status": "FAIL"}
    notice = received(spamVerdict=suspicious, spfVerdict={"status": "PASS"})
    notice["mail"]["source"] = "bounces@example.org"
    notifications.handle({"Records": [record(notice)]})

    held = suspended.get("ses-1")
    assert (held.spf, held.envelope_sender) == ("PASS", "bounces@example.org")


def test_an_sms_becomes_a_ticket_in_its_language():
    notifications.handle({"Records": [record(sms()), record(sms())]})

    outcome = intake.of_sms("sms-1")
    ticket = tickets.get(outcome.ticket_id)
    assert (ticket.channel, ticket.locale, ticket.message_count) == ("sms", "ar", 1)


@pytest.mark.parametrize("sender", ["GHUSN", "88123", "+1"])
def test_an_sms_from_what_is_no_number_is_taken_in(sender):
    notifications.handle({"Records": [record(sms(originationNumber=sender))]})

    assert intake.of_sms("sms-1").outcome == "message"


@pytest.mark.parametrize("body", ["", "\x00\x07", "\ud800", "🪵" * 1600])
def test_an_sms_may_hold_anything(body):
    assert notifications.handle({"Records": [record(sms(messageBody=body))]}) == {"batchItemFailures": []}


def test_one_bad_message_comes_again_alone():
    batch = [record(received()), record({"what": "ever"}, id="m-2"), {"messageId": "m-3", "body": "no json"}]

    failed = notifications.handle({"Records": batch})["batchItemFailures"]

    assert [item["itemIdentifier"] for item in failed] == ["m-2", "m-3"]
    assert intake.of_mail("ses-1").outcome == "message"


@pytest.mark.parametrize("type", ["Open", "Click", "Subscription"])
def test_events_we_have_no_use_for_are_passed_over(type):
    notice = {"eventType": type, "mail": {"messageId": "x"}}

    assert notifications.handle({"Records": [record(notice)]}) == {"batchItemFailures": []}


@pytest.fixture
def sent():
    """A reply to Alice with Charlie in copy, which SES has taken."""
    delivery = Delivery(
        "tkt_1", "msg_1", "reply", "email", "alice@example.org", "sent", clock.now(), provider_id="ses-9"
    )
    change = Changes()
    deliveries.add(change, delivery)
    change.commit()
    return delivery


def told(delivery, type, *addresses):
    mail = {"messageId": delivery.provider_id, "tags": {"delivery": [delivery.tag]}}
    recipients = [{"emailAddress": address} for address in addresses]
    details = {
        "Delivery": {"delivery": {"recipients": list(addresses)}},
        "Bounce": {"bounce": {"bounceType": "Permanent", "bouncedRecipients": recipients}},
        "Complaint": {"complaint": {"complainedRecipients": recipients}},
    }
    notifications.handle({"Records": [record({"eventType": type, "mail": mail} | details[type])]})
    return deliveries.get("tkt_1", "msg_1", "reply").state


@pytest.mark.parametrize(
    ("type", "state"), [("Delivery", "delivered"), ("Bounce", "bounced"), ("Complaint", "delivered")]
)
def test_a_report_moves_a_sending_when_it_is_about_whom_it_was_sent_to(sent, type, state):
    assert told(sent, type, "charlie@example.net") == "sent"
    assert told(sent, type, "charlie@example.net", "Alice@Example.org") == state
