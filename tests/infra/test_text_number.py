"""What a deployment says of the number that customers text, and the one thing that it sets."""

import boto3
import pytest
from botocore.stub import Stubber

from infra import text_number

PHONE, TOPIC = "+21670555014", "arn:aws:sns:eu-west-1:123456789012:sms"
NUMBER = {
    "PhoneNumberArn": "arn:aws:sms-voice:eu-west-1:123456789012:phone-number/phone-1",
    "PhoneNumberId": "phone-1",
    "PhoneNumber": PHONE,
    "Status": "ACTIVE",
    "IsoCountryCode": "TN",
    "MessageType": "TRANSACTIONAL",
    "NumberCapabilities": ["SMS"],
    "NumberType": "LONG_CODE",
    "MonthlyLeasingPrice": "1.00",
    "TwoWayEnabled": True,
    "TwoWayChannelArn": TOPIC,
    "SelfManagedOptOutsEnabled": True,
    "OptOutListName": "Default",
    "DeletionProtectionEnabled": False,
    "CreatedTimestamp": 1_700_000_000,
}


@pytest.fixture
def aws(monkeypatch):
    """AWS as its answers say."""
    client = boto3.client("pinpoint-sms-voice-v2", "eu-west-1")
    monkeypatch.setattr(text_number, "_client", lambda: client)
    with Stubber(client) as answers:
        yield answers
        answers.assert_no_pending_responses()


def told():
    return list(text_number.set_up(PHONE, TOPIC, "Default"))


def test_a_number_that_is_ready_has_nothing_to_do(aws):
    aws.add_response("describe_phone_numbers", {"PhoneNumbers": [NUMBER | {"PhoneNumber": "+1"}, NUMBER]}, {})

    assert told() == [f"sms: {PHONE} leaves STOP, HELP and START to us", "sms: texts come in by our topic"]


def test_a_number_that_answers_stop_by_itself_is_set_to_leave_that_to_us(aws):
    number = NUMBER | {"SelfManagedOptOutsEnabled": False, "TwoWayEnabled": False, "OptOutListName": "shop"}
    aws.add_response("describe_phone_numbers", {"PhoneNumbers": [number]}, {})
    aws.add_response("update_phone_number", {}, {"PhoneNumberId": "phone-1", "SelfManagedOptOutsEnabled": True})

    first, *others = told()
    assert "was set to leave STOP" in first
    assert [line.startswith("sms: TO DO") for line in others] == [True, True]
    assert "OPT_OUT_LIST=shop" in others[1]


def test_a_number_that_aws_does_not_have_is_said(aws):
    aws.add_response("describe_phone_numbers", {"PhoneNumbers": []}, {})

    assert told() == [f"sms: TO DO {PHONE} is no number of this account and region: buy it, or deploy with another"]


def test_what_an_emulator_does_not_know_stops_nothing(aws):
    aws.add_client_error("describe_phone_numbers", "UnknownOperationException")

    assert "could not be looked at" in told()[0]
