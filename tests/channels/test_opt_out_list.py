"""AWS's list of numbers that want no SMS, as its API answers."""

import boto3
import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber

from chalicelib import aws
from chalicelib.actions import mirror_consent
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.channels import opt_out_list
from chalicelib.store import consents, customers

ALICE = "+21620555014"
ON_LIST = {"OptOutListName": "Default", "OptedOutNumber": ALICE}


@pytest.fixture
def services(monkeypatch):
    """End User Messaging and SNS, as their answers say."""
    monkeypatch.setenv("DIWAN_OPT_OUT_LIST", "Default")
    made = {name: boto3.client(name, "eu-west-1") for name in ("pinpoint-sms-voice-v2", "sns")}
    real = aws.client
    monkeypatch.setattr(aws, "client", lambda name: made[name] if name in made else real(name))
    with Stubber(made["pinpoint-sms-voice-v2"]) as voice, Stubber(made["sns"]) as sns:
        yield voice, sns
        voice.assert_no_pending_responses()
        sns.assert_no_pending_responses()


def tell():
    """Tell AWS of what was said last."""
    alice = customers.id_of("phone", ALICE)
    newest, *_ = consents.page([alice], 1)[0]
    mirror_consent.tell(alice, newest.at)


def test_stop_puts_the_number_on_the_list_and_start_takes_it_off(cloud, services):
    voice, sns = services
    voice.add_response("put_opted_out_number", {}, ON_LIST)
    receive_sms(InboundSms("sms-1", ALICE, "STOP"))
    tell()
    voice.add_response("delete_opted_out_number", {}, ON_LIST)
    sns.add_response("opt_in_phone_number", {}, {"phoneNumber": ALICE})
    receive_sms(InboundSms("sms-2", ALICE, "START"))

    tell()


def test_what_aws_refuses_is_logged_and_stops_nothing(services):
    voice, sns = services
    voice.add_client_error("delete_opted_out_number", "ResourceNotFoundException")
    sns.add_client_error("opt_in_phone_number", "InvalidParameter", "once every 30 days")

    opt_out_list.remove(ALICE)


def test_what_passes_is_raised_so_that_it_is_tried_again(services):
    voice, _ = services
    voice.add_client_error("put_opted_out_number", "ThrottlingException")

    with pytest.raises(ClientError):
        opt_out_list.put(ALICE)


def test_both_lists_are_read_page_by_page_and_one_that_is_not_there_is_left_out(services):
    voice, sns = services
    voice.add_client_error("describe_opted_out_numbers", "ResourceNotFoundException")
    sns.add_response("list_phone_numbers_opted_out", {"phoneNumbers": [ALICE], "nextToken": "more"})
    sns.add_response("list_phone_numbers_opted_out", {"phoneNumbers": ["+21620555015"]}, {"nextToken": "more"})

    assert list(opt_out_list.listed()) == [[ALICE], ["+21620555015"]]


def test_a_stage_without_a_list_asks_aws_for_nothing(cloud):
    receive_sms(InboundSms("sms-1", ALICE, "STOP"))
    tell()
    mirror_consent.read()
