"""Each report of SES as its documentation shows it, through the inbound queue: as an event and as a notification."""

import json

import pytest

from chalicelib import clock
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.delivery import sent
from chalicelib.inbound import notifications
from chalicelib.store import customers, deliveries

ALICE, CHARLIE = "alice@example.org", "charlie@example.net"


@pytest.fixture
def delivery(cloud, bob):
    """Bob's answer to Alice, with Charlie in copy, which SES has taken."""
    charlie = Incoming("email", "Hello", Person("email", CHARLIE, "Charlie", "en"), subject="Another board")
    receive(charlie)
    opened = receive(Incoming("email", "Can it be saved?", Person("email", ALICE, "Alice", "en"), subject="My board"))
    queued = reply(opened.ticket.id, bob, Reply("Yes.", cc=(CHARLIE,))).delivery
    taken = sent(queued, "0102018f-0000", clock.now())
    assert deliveries.move(queued, taken)
    return taken


@pytest.fixture(params=["eventType", "notificationType"])
def publish(request, delivery):
    """Publish a report in either shape; notifications carry no tags."""

    def published(type, **details):
        mail = {"messageId": "0102018f-0000", "timestamp": "2026-11-22T10:00:00.000Z", "destination": [ALICE, CHARLIE]}
        if request.param == "eventType":
            mail["tags"] = {"ses:configuration-set": ["diwan"], "delivery": [delivery.tag]}
        body = {"Type": "Notification", "Message": json.dumps({request.param: type, "mail": mail} | details)}
        record = {"messageId": "m-1", "body": json.dumps(body)}
        assert notifications.handle({"Records": [record]}) == {"batchItemFailures": []}
        return deliveries.get(delivery.ticket_id, delivery.message_id, "reply")

    if request.param == "notificationType":
        from chalicelib.actions import deliver_message
        from chalicelib.store.changes import Changes

        change = Changes()
        deliver_message.remember(change, delivery)
        change.commit()
    return published


def bounce(type, subtype, email=ALICE, **told):
    who = {"emailAddress": email, "action": "failed", "status": "5.1.1", "diagnosticCode": "smtp; 550 5.1.1 unknown"}
    return {
        "bounceType": type,
        "bounceSubType": subtype,
        "bouncedRecipients": [who | told],
        "timestamp": "2026-11-22T10:00:05.000Z",
        "feedbackId": "0102018f-feed",
        "reportingMTA": "dns; a8-50.smtp-out.amazonses.com",
    }


def complaint(email=ALICE, kind="abuse"):
    return {
        "complainedRecipients": [{"emailAddress": email}],
        "timestamp": "2026-11-22T10:00:05.000Z",
        "feedbackId": "0102018f-feed",
        "complaintSubType": None,
        "complaintFeedbackType": kind,
    }


def mark_of(email):
    contact = customers.by_contact("email", email).contacts[0]
    return contact.suppressed_by if contact.suppressed else None


@pytest.mark.parametrize("subtype", ["General", "NoEmail"])
def test_a_permanent_bounce_marks_the_sending_and_the_contact(publish, subtype):
    found = publish("Bounce", bounce=bounce("Permanent", subtype))

    assert (found.state, found.reason, found.detail) == ("bounced", "no-such-mailbox", "smtp; 550 5.1.1 unknown")
    assert mark_of(ALICE) == "bounce"


@pytest.mark.parametrize("subtype", ["Suppressed", "OnAccountSuppressionList"])
def test_an_address_on_a_suppression_list_is_told_as_such(publish, subtype):
    found = publish("Bounce", bounce=bounce("Permanent", subtype))

    assert (found.state, found.reason, mark_of(ALICE)) == ("bounced", "known-to-bounce", "bounce")


@pytest.mark.parametrize(
    ("subtype", "reason"),
    [
        ("MailboxFull", "mailbox-full"),
        ("MessageTooLarge", "too-large"),
        ("ContentRejected", "content-refused"),
        ("AttachmentRejected", "file-refused"),
        ("General", "not-delivered"),
    ],
)
def test_a_transient_bounce_marks_the_sending_and_not_the_contact(publish, subtype, reason):
    found = publish("Bounce", bounce=bounce("Transient", subtype, status=None, diagnosticCode=None))

    assert (found.state, found.reason, mark_of(ALICE)) == ("bounced", reason, None)


def test_a_bounce_that_nobody_could_classify_marks_no_contact(publish):
    assert publish("Bounce", bounce=bounce("Undetermined", "Undetermined")).state == "bounced"
    assert mark_of(ALICE) is None


def test_a_bounce_of_a_copy_is_told_beside_the_sending(publish):
    found = publish("Bounce", bounce=bounce("Permanent", "General", CHARLIE))

    assert (found.state, dict(found.copies)) == ("sent", {CHARLIE: "no-such-mailbox"})
    assert (mark_of(ALICE), mark_of(CHARLIE)) == (None, "bounce")


def test_a_delay_is_no_failure(publish):
    late = {"emailAddress": ALICE, "status": "4.4.1", "diagnosticCode": "smtp; 421 4.4.1 Unable to connect"}
    delay = {"delayType": "TransientCommunicationFailure", "delayedRecipients": [late], "expirationTime": "…"}

    found = publish("DeliveryDelay", deliveryDelay=delay)

    assert (found.state, found.reason, found.detail) == ("sent", "no-answer", "smtp; 421 4.4.1 Unable to connect")
    assert mark_of(ALICE) is None
    found = publish("Delivery", delivery={"recipients": [ALICE], "smtpResponse": "250 ok"})
    assert (found.state, found.reason, found.detail) == ("delivered", None, None)


def test_a_delay_told_after_the_delivery_changes_nothing(publish):
    publish("Delivery", delivery={"recipients": [ALICE]})
    delay = {"delayType": "General", "delayedRecipients": [{"emailAddress": ALICE}]}

    found = publish("DeliveryDelay", deliveryDelay=delay)

    assert (found.state, found.reason) == ("delivered", None)


def test_a_mail_that_ses_rejects_has_failed(publish):
    found = publish("Reject", reject={"reason": "Bad content"})

    assert (found.state, found.reason, found.detail) == ("failed", "virus", "Bad content")


def test_a_mail_that_could_not_be_rendered_has_failed(publish):
    told = {"templateName": "x", "errorMessage": "Attribute 'name' is not present."}

    assert publish("Rendering Failure", failure=told).state == "failed"


def test_a_complaint_is_told_and_nothing_more_is_sent(publish):
    found = publish("Complaint", complaint=complaint())

    assert (found.state, found.reason, mark_of(ALICE)) == ("delivered", "complaint", "complaint")


def test_a_complaint_after_a_bounce_weighs_more(publish):
    publish("Bounce", bounce=bounce("Permanent", "General"))
    publish("Complaint", complaint=complaint())
    publish("Bounce", bounce=bounce("Permanent", "General"))

    assert mark_of(ALICE) == "complaint"


@pytest.mark.parametrize("kind", ["not-spam", "auth-failure"])
def test_a_report_that_it_was_no_spam_silences_nobody(publish, kind):
    publish("Complaint", complaint=complaint(kind=kind))

    assert mark_of(ALICE) is None


@pytest.mark.parametrize(
    "message",
    [
        "Successfully validated SNS topic for Amazon SES event publishing.",
        '{"notificationType":"AmazonSnsSubscriptionSucceeded","message":"You have successfully subscribed"}',
    ],
)
def test_what_ses_says_to_a_new_topic_is_passed_over(cloud, message):
    record = {"messageId": "m-1", "body": json.dumps({"Message": message})}

    assert notifications.handle({"Records": [record]}) == {"batchItemFailures": []}
