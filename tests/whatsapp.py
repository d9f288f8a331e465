"""WhatsApp as AWS tells of it, for the tests: notices of the documented shape, and AWS's side of what we send."""

import json

from chalicelib.actions import send_reply
from chalicelib.actions.deliver_message import deliver
from chalicelib.actions.send_reply import Reply
from chalicelib.inbound import notifications
from chalicelib.store import deliveries, intake, tickets
from infra.local import whatsapp

ALICE = "+21620555014"
CHARLIE = "+21698555077"
NUMBER_ID = whatsapp.PHONE_NUMBER_ID


def record(notice, id="m-1", tries=1):
    """The notice as it stands on the inbound queue."""
    envelope = {"Type": "Notification", "TopicArn": "arn:aws:sns:eu-west-1:1:whatsapp", "Message": json.dumps(notice)}
    return {
        "messageId": id,
        "body": json.dumps(envelope),
        "attributes": {"ApproximateReceiveCount": str(tries)},
    }


def text(body, id, sender=ALICE, **more):
    return whatsapp.message(sender, id, type="text", text={"body": body}, **more)


def notice(*messages, sender=ALICE, name="Alice"):
    """One notice with messages of one customer."""
    return whatsapp.notice([whatsapp.from_customer(sender, name, messages)])


def come(*notices, tries=1):
    listed = [record(one, f"m-{number}", tries) for number, one in enumerate(notices)]
    return notifications.handle({"Records": listed})["batchItemFailures"]


def thread_of(wamid):
    return tickets.thread(intake.of_whatsapp(wamid).ticket_id)


def answered(bob, ticket_id, words, channel=None):
    """Bob's answer, delivered; the state of its delivery."""
    sent = send_reply.reply(ticket_id, bob, Reply(words, channel=channel))
    deliver(ticket_id, sent.message.id, "reply")
    return deliveries.get(ticket_id, sent.message.id, "reply")
