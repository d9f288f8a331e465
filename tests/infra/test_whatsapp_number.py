"""What a deployment says of the number on WhatsApp, and the one thing that it sets."""

import boto3
import pytest
from botocore.stub import Stubber

from infra import whatsapp_number

ID, TOPIC = "phone-number-id-976c72a700aac43eaf573ae050example", "arn:aws:sns:eu-west-1:123456789012:whatsapp"
ACCOUNT = "waba-fb2594b8a7974770b128a409e2example"
ARN = "arn:aws:social-messaging:eu-west-1:123456789012"
NUMBER = {
    "arn": f"{ARN}:phone-number-id/976c72a700aac43eaf573ae050example",
    "phoneNumber": "+21670555014",
    "phoneNumberId": ID,
    "metaPhoneNumberId": "321010217760100",
    "displayPhoneNumberName": "Ghusn",
    "displayPhoneNumber": "+216 70 555 014",
    "qualityRating": "GREEN",
}


@pytest.fixture
def aws(monkeypatch):
    """AWS as its answers say."""
    client = boto3.client("socialmessaging", "eu-west-1")
    monkeypatch.setattr(whatsapp_number, "_client", lambda: client)
    with Stubber(client) as answers:
        yield answers
        answers.assert_no_pending_responses()


def linked(aws, *told):
    found = {"phoneNumber": NUMBER, "linkedWhatsAppBusinessAccountId": ACCOUNT}
    account = {
        "arn": f"{ARN}:waba/fb2594b8a7974770b128a409e2example",
        "id": ACCOUNT,
        "wabaId": "365731266123456",
        "registrationStatus": "COMPLETE",
        "linkDate": 1_700_000_000,
        "wabaName": "Ghusn",
        "eventDestinations": [{"eventDestinationArn": one} for one in told],
        "phoneNumbers": [],
    }
    aws.add_response("get_linked_whatsapp_business_account_phone_number", found, {"id": ID})
    aws.add_response("get_linked_whatsapp_business_account", {"account": account}, {"id": ACCOUNT})


def test_a_number_that_is_ready_has_nothing_to_do(aws):
    linked(aws, TOPIC)

    assert list(whatsapp_number.set_up(ID, TOPIC)) == [
        "whatsapp: +216 70 555 014, quality GREEN",
        "whatsapp: messages come in by our topic",
    ]


def test_an_account_that_tells_nobody_is_set_to_tell_us(aws):
    linked(aws)
    wanted = {"id": ACCOUNT, "eventDestinations": [{"eventDestinationArn": TOPIC}]}
    aws.add_response("put_whatsapp_business_account_event_destinations", {}, wanted)

    assert list(whatsapp_number.set_up(ID, TOPIC))[1] == "whatsapp: the account was set to tell our topic"


def test_an_account_that_tells_another_is_left_as_it_is(aws):
    other = "arn:aws:sns:eu-west-1:123456789012:others"
    linked(aws, other)

    [_, line] = whatsapp_number.set_up(ID, TOPIC)
    assert line.startswith("whatsapp: TO DO") and other in line and TOPIC in line


def test_a_number_that_aws_does_not_have_stops_nothing(aws):
    aws.add_client_error("get_linked_whatsapp_business_account_phone_number", "ResourceNotFoundException")

    [line] = whatsapp_number.set_up(ID, TOPIC)
    assert "could not be looked at" in line
