"""WhatsApp as AWS tells of it, for the tests: notices of the documented shape, and AWS's side of what we send."""

import json

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
