"""SMS as moto's SNS receives them."""

from collections.abc import Iterator
from typing import Any

import pytest
from botocore.exceptions import ClientError, ReadTimeoutError
from moto import mock_aws
from moto.core import DEFAULT_ACCOUNT_ID
from moto.sns.models import sns_backends

from chalicelib import aws
from chalicelib.channels import sms_out
from chalicelib.channels.sending import Rejected, Throttled, Unknown


@pytest.fixture
def sns() -> Iterator[Any]:
    with mock_aws():
        aws.forget_clients()
        yield sns_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"]
    aws.forget_clients()


def test_an_sms_reaches_its_number(sns: Any) -> None:
    carrier_id = sms_out.send("+21620123456", "لوحك في الطريق", delivery_id="dlv-1")
    assert sns.sms_messages[carrier_id] == ("+21620123456", "لوحك في الطريق")


def test_it_is_transactional_and_comes_from_our_number(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = _sns_answers(monkeypatch, {"MessageId": "1"})
    sms_out.send("+21620123456", "Hello", delivery_id="dlv-1")
    attributes = {name: value["StringValue"] for name, value in asked[0]["MessageAttributes"].items()}
    assert attributes == {"AWS.SNS.SMS.SMSType": "Transactional", "AWS.MM.SMS.OriginationNumber": "+21670555014"}


def test_a_stage_without_a_number_leaves_the_sender_to_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_SUPPORT_PHONE", "")
    asked = _sns_answers(monkeypatch, {"MessageId": "1"})
    sms_out.send("+21620123456", "Hello", delivery_id="dlv-1")
    assert list(asked[0]["MessageAttributes"]) == ["AWS.SNS.SMS.SMSType"]


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        (("InvalidParameter", "Invalid parameter: PhoneNumber", 400), Rejected),
        (("OptedOut", "Phone number is opted out", 403), Rejected),
        (("Throttling", "Rate exceeded", 400), Throttled),
        (("InternalError", "", 500), Unknown),
    ],
)
def test_refusals_are_told_apart(
    monkeypatch: pytest.MonkeyPatch, error: tuple[str, str, int], meaning: type[Exception]
) -> None:
    code, message, status = error
    response: Any = {"Error": {"Code": code, "Message": message}, "ResponseMetadata": {"HTTPStatusCode": status}}
    _sns_answers(monkeypatch, ClientError(response, "Publish"))
    with pytest.raises(meaning):
        sms_out.send("+21620123456", "Hello", delivery_id="dlv-1")


def test_a_time_out_may_have_been_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    _sns_answers(monkeypatch, ReadTimeoutError(endpoint_url="https://sns.eu-west-1.amazonaws.com"))
    with pytest.raises(Unknown):
        sms_out.send("+21620123456", "Hello", delivery_id="dlv-1")


def _sns_answers(monkeypatch: pytest.MonkeyPatch, answer: Any) -> list[dict[str, Any]]:
    asked: list[dict[str, Any]] = []

    class Sns:
        def publish(self, **request: Any) -> Any:
            asked.append(request)
            if isinstance(answer, Exception):
                raise answer
            return answer

    monkeypatch.setattr(aws, "client", lambda service: Sns())
    return asked
