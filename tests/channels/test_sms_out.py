"""SMS as SNS and End User Messaging receive them, and what each of their refusals means."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.stub import Stubber
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from chalicelib import aws
from chalicelib.channels import sms_out
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain import delivery_reason

ALICE = "+21620123456"
TAG = "tkt_1-msg_1-reply"
VOICE = "pinpoint-sms-voice-v2"


@pytest.fixture
def sns() -> Iterator[Any]:
    with mock_aws():
        aws.forget_clients()
        yield sns_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"]
    aws.forget_clients()


@pytest.fixture
def voice(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stubber]:
    monkeypatch.setenv("DIWAN_SMS_SERVICE", "sms-voice")
    with Stubber(aws.client(VOICE)) as stubber:
        yield stubber
    aws.forget_clients()


@pytest.fixture
def publish() -> Iterator[Stubber]:
    with Stubber(aws.client("sns")) as stubber:
        yield stubber
    aws.forget_clients()


def send() -> str:
    return sms_out.send(ALICE, "Hello", delivery_id=TAG)


def asked_of_sns(**attributes: str) -> dict[str, Any]:
    kinds = {"AWS.SNS.SMS.MaxPrice": "Number"}
    told = {n: {"DataType": kinds.get(n, "String"), "StringValue": value} for n, value in attributes.items()}
    return {"PhoneNumber": ALICE, "Message": "Hello", "MessageAttributes": told}


def test_an_sms_reaches_its_number(sns: Any) -> None:
    carrier_id = sms_out.send(ALICE, "لوحك في الطريق", delivery_id=TAG)
    assert sns.sms_messages[carrier_id] == (ALICE, "لوحك في الطريق")


def test_it_is_transactional_and_comes_from_our_number(publish: Stubber) -> None:
    told = {"AWS.SNS.SMS.SMSType": "Transactional", "AWS.MM.SMS.OriginationNumber": "+21670555014"}
    publish.add_response("publish", {"MessageId": "1"}, asked_of_sns(**told))
    assert send() == "1"


def test_a_stage_names_its_sender_and_what_one_sms_may_cost(publish: Stubber, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_SUPPORT_PHONE", "")
    monkeypatch.setenv("DIWAN_SMS_SENDER_ID", "Ghusn")
    monkeypatch.setenv("DIWAN_SMS_MAX_PRICE", "0.50")
    told = {
        "AWS.SNS.SMS.SMSType": "Transactional",
        "AWS.SNS.SMS.SenderID": "Ghusn",
        "AWS.SNS.SMS.MaxPrice": "0.50",
    }
    publish.add_response("publish", {"MessageId": "1"}, asked_of_sns(**told))
    assert send() == "1"


def test_a_stage_without_any_sender_leaves_it_to_aws(publish: Stubber, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_SUPPORT_PHONE", "")
    publish.add_response("publish", {"MessageId": "1"}, asked_of_sns(**{"AWS.SNS.SMS.SMSType": "Transactional"}))
    assert send() == "1"


def test_end_user_messaging_is_told_which_delivery_it_is(voice: Stubber) -> None:
    wanted = {
        "DestinationPhoneNumber": ALICE,
        "OriginationIdentity": "+21670555014",
        "MessageBody": "Hello",
        "MessageType": "TRANSACTIONAL",
        "Context": {"delivery": TAG},
    }
    voice.add_response("send_text_message", {"MessageId": "1"}, wanted)
    assert send() == "1"


def test_end_user_messaging_has_its_configuration_set_its_sender_and_its_limit(
    voice: Stubber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIWAN_SMS_CONFIGURATION_SET", "diwan-live")
    monkeypatch.setenv("DIWAN_SMS_SENDER_ID", "Ghusn")
    monkeypatch.setenv("DIWAN_SMS_MAX_PRICE", "0.50")
    wanted = {
        "DestinationPhoneNumber": ALICE,
        "OriginationIdentity": "Ghusn",
        "MessageBody": "Hello",
        "MessageType": "TRANSACTIONAL",
        "ConfigurationSetName": "diwan-live",
        "Context": {"delivery": TAG},
        "MaxPrice": "0.50",
    }
    voice.add_response("send_text_message", {"MessageId": "1"}, wanted)
    assert send() == "1"


@pytest.mark.parametrize("service", ["sns", VOICE])
def test_botocore_sends_nothing_twice_by_itself(service: str) -> None:
    assert aws.client(service).meta.config.retries["total_max_attempts"] == 1


@pytest.mark.parametrize(
    ("code", "words", "status", "meaning"),
    [
        ("OptedOut", "Phone number is opted out", 403, "sms-stopped"),
        ("InvalidParameter", "Invalid parameter: PhoneNumber Reason: +21 is not valid", 400, "bad-number"),
        ("InvalidParameter", "Invalid parameter: Message too long", 400, "sms-not-taken"),
        ("InvalidParameter", "This delivery would exceed max price", 400, "sms-too-dear"),
        ("UserError", "Phone number is not verified in the SMS sandbox", 400, "sms-on-trial"),
        ("ParameterValueInvalid", "An attribute is wrong", 400, "sms-not-taken"),
        ("Throttled", "Rate exceeded", 429, Throttled),
        ("Throttling", "Rate exceeded", 400, Throttled),
        ("KMSThrottling", "", 400, Throttled),
        ("KMSAccessDenied", "", 400, Throttled),
        ("InvalidSecurity", "", 403, Throttled),
        ("NotFound", "No such origination number", 404, Throttled),
        ("AuthorizationError", "May not", 403, Throttled),
        ("InternalError", "", 500, Unknown),
    ],
)
def test_the_refusals_of_sns_are_told_apart(
    publish: Stubber, code: str, words: str, status: int, meaning: str | type[Exception]
) -> None:
    publish.add_client_error("publish", code, words, status)
    _meant(meaning)


@pytest.mark.parametrize(
    ("code", "told", "meaning"),
    [
        ("ConflictException", {"Reason": "DESTINATION_PHONE_NUMBER_OPTED_OUT"}, "sms-stopped"),
        ("ConflictException", {"Reason": "DESTINATION_PHONE_NUMBER_NOT_VERIFIED"}, "sms-on-trial"),
        ("ConflictException", {"Reason": "DESTINATION_COUNTRY_BLOCKED_BY_PROTECT_CONFIGURATION"}, "sms-country"),
        (
            "ConflictException",
            {"Reason": "DESTINATION_PHONE_NUMBER_BLOCKED_BY_PROTECT_NUMBER_OVERRIDE"},
            "sms-blocked",
        ),
        ("ConflictException", {"Reason": "NO_ORIGINATION_IDENTITIES_FOUND"}, "sms-country"),
        ("ConflictException", {"Reason": "RESOURCE_NOT_ACTIVE"}, Throttled),
        ("ConflictException", {"Reason": "REGISTRATION_NOT_COMPLETE"}, Throttled),
        ("ConflictException", {"Reason": "RESOURCE_NOT_EMPTY"}, "sms-not-taken"),
        ("ValidationException", {"Reason": "COUNTRY_NOT_ENABLED"}, "sms-country"),
        ("ValidationException", {"Reason": "PRICE_OVER_THRESHOLD"}, "sms-too-dear"),
        (
            "ValidationException",
            {"Reason": "FIELD_VALIDATION_FAILED", "Fields": [{"Name": "DestinationPhoneNumber", "Message": "no"}]},
            "bad-number",
        ),
        ("ValidationException", {"Reason": "MAXIMUM_SIZE_EXCEEDED"}, "sms-not-taken"),
        ("ResourceNotFoundException", {"ResourceType": "configuration-set", "ResourceId": "x"}, Throttled),
        ("ServiceQuotaExceededException", {"Reason": "MONTHLY_SPEND_LIMIT_REACHED_FOR_TEXT"}, Throttled),
        ("AccessDeniedException", {"Reason": "ACCOUNT_DISABLED"}, Throttled),
        ("AccessDeniedException", {}, Throttled),
        ("ThrottlingException", {}, Throttled),
    ],
    ids=str,
)
def test_the_refusals_of_end_user_messaging_are_told_apart(
    voice: Stubber, code: str, told: dict[str, Any], meaning: str | type[Exception]
) -> None:
    voice.add_client_error("send_text_message", code, "Refused", 400, modeled_fields=told)
    _meant(meaning)


def test_trouble_within_end_user_messaging_may_have_sent_it(voice: Stubber) -> None:
    voice.add_client_error("send_text_message", "InternalServerException", "", 500)
    _meant(Unknown)


@pytest.mark.parametrize(("service", "call"), [("sns", "publish"), ("sms-voice", "send_text_message")])
@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (ReadTimeoutError(endpoint_url="https://sms.example"), Unknown),
        (ConnectTimeoutError(endpoint_url="https://sms.example"), Throttled),
        (ZeroDivisionError(), ZeroDivisionError),
    ],
    ids=["no answer", "not reached", "a fault of ours"],
)
def test_what_never_answered_is_told_from_what_never_left(
    monkeypatch: pytest.MonkeyPatch, service: str, call: str, error: Exception, meaning: type[Exception]
) -> None:
    def fail(**request: Any) -> None:
        raise error

    monkeypatch.setenv("DIWAN_SMS_SERVICE", service)
    monkeypatch.setattr(aws, "client", lambda name: type("Client", (), {call: staticmethod(fail)}))
    with pytest.raises(meaning):
        send()


def _meant(meaning: str | type[Exception]) -> None:
    with pytest.raises(Rejected if isinstance(meaning, str) else meaning) as caught:
        send()
    if isinstance(meaning, str):
        assert isinstance(caught.value, Rejected)
        assert caught.value.code == meaning
        assert delivery_reason.words(meaning, "ar")
