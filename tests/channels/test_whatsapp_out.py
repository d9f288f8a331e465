"""WhatsApp messages as AWS's own client checks and sends them: no emulator has this service, botocore's model does."""

import json
from typing import Any

import pytest
from botocore.exceptions import ConnectTimeoutError, ReadTimeoutError
from botocore.stub import ANY, Stubber

from chalicelib import aws
from chalicelib.channels import whatsapp_out
from chalicelib.channels.sending import Rejected, Throttled, Unknown

NUMBER_ID = "phone-number-id-976c72a700aac43eaf573ae050example"
ALICE = "+21620555014"


@pytest.fixture
def social(monkeypatch):
    """The client with a stub in place of the network: requests and answers are checked against AWS's model."""
    monkeypatch.setenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID", NUMBER_ID)
    aws.forget_clients()
    with Stubber(aws.client("socialmessaging")) as stub:
        yield stub
    aws.forget_clients()


def sent(stub, message):
    expected = {"originationPhoneNumberId": NUMBER_ID, "metaApiVersion": "v24.0", "message": ANY}
    seen: list[dict[str, Any]] = []
    stub.client.meta.events.register(
        "before-parameter-build.socialmessaging.SendWhatsAppMessage", lambda params, **_: seen.append(params)
    )
    stub.add_response("send_whatsapp_message", {"messageId": "aws-1"}, expected)
    assert whatsapp_out.send(message, delivery_id="tkt_1-msg_1-reply") == "aws-1"
    return json.loads(seen[0]["message"])


def test_a_text_is_sent_as_meta_wants_it(social):
    assert sent(social, whatsapp_out.text(ALICE, "لوحك في الطريق", "wamid.1")) == {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        "to": ALICE,
        "context": {"message_id": "wamid.1"},
        "type": "text",
        "text": {"body": "لوحك في الطريق", "preview_url": False},
        "biz_opaque_callback_data": "tkt_1-msg_1-reply",
    }


def test_a_text_that_answers_nothing_quotes_nothing(social):
    assert "context" not in sent(social, whatsapp_out.text(ALICE, "Hello", None))


def test_a_template_is_filled_without_what_meta_refuses_in_it(social):
    made = whatsapp_out.template(
        ALICE, "answer_waiting", "en_US", ["Ghusn\n& Sons", "#1042", "https://x.example\t/t", ""]
    )

    assert sent(social, made)["template"] == {
        "name": "answer_waiting",
        "language": {"code": "en_US"},
        "components": [
            {
                "type": "body",
                "parameters": [
                    {"type": "text", "text": "Ghusn & Sons"},
                    {"type": "text", "text": "#1042"},
                    {"type": "text", "text": "https://x.example /t"},
                    {"type": "text", "text": "–"},
                ],
            }
        ],
    }


@pytest.mark.parametrize("length", [4096, 4097, 65_536])
def test_a_text_is_as_long_as_whatsapp_takes_it_or_leads_to_the_rest(length):
    body = whatsapp_out.shortened("ن" * length, "https://help.example/en/t/abc")

    assert len(body) <= 4096
    assert body.endswith("https://help.example/en/t/abc") == (length > 4096)


@pytest.mark.parametrize(
    ("code", "message", "status", "meaning"),
    [
        ("ThrottledRequestException", "Rate exceeded", 429, Throttled),
        ("AccessDeniedException", "not authorized", 403, Throttled),
        ("ResourceNotFoundException", "phone number", 404, Throttled),
        ("ValidationException", "bad", 400, Rejected),
        ("InvalidParametersException", "bad", 400, Rejected),
        ("InternalServiceException", "", 500, Unknown),
        ("DependencyException", "", 502, Unknown),
    ],
)
def test_refusals_are_told_apart(social, code, message, status, meaning):
    social.add_client_error("send_whatsapp_message", code, message, status)

    with pytest.raises(meaning):
        whatsapp_out.send(whatsapp_out.text(ALICE, "Hello", None), delivery_id="d")


def test_a_refusal_with_metas_code_is_told_by_it(social):
    social.add_client_error("send_whatsapp_message", "ValidationException", "(#131030) Recipient not in list", 400)

    with pytest.raises(Rejected) as refusal:
        whatsapp_out.send(whatsapp_out.text(ALICE, "Hello", None), delivery_id="d")
    assert refusal.value.code == "whatsapp-on-trial"


@pytest.mark.parametrize(("error", "meaning"), [(ReadTimeoutError, Unknown), (ConnectTimeoutError, Throttled)])
def test_who_did_not_answer_may_have_sent_it_if_he_was_reached(social, error, meaning):
    def fail(**_: Any) -> None:
        raise error(endpoint_url="https://social-messaging.eu-west-1.amazonaws.com")

    social.client.meta.events.register("before-send", fail)
    social.deactivate()
    with pytest.raises(meaning):
        whatsapp_out.send(whatsapp_out.text(ALICE, "Hello", None), delivery_id="d")


def test_it_is_never_tried_twice_by_itself(social):
    assert social.client.meta.config.retries["total_max_attempts"] == 1


def test_a_shop_without_a_number_on_whatsapp_sends_nothing(monkeypatch):
    monkeypatch.delenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID", raising=False)

    with pytest.raises(Rejected) as refusal:
        whatsapp_out.send(whatsapp_out.text(ALICE, "Hello", None), delivery_id="d")
    assert refusal.value.code == "whatsapp-not-connected"


def test_the_version_of_metas_api_can_be_set_when_one_ends(social, monkeypatch):
    monkeypatch.setenv("DIWAN_WHATSAPP_API_VERSION", "v27.0")
    expected = {"originationPhoneNumberId": NUMBER_ID, "metaApiVersion": "v27.0", "message": ANY}
    social.add_response("send_whatsapp_message", {"messageId": "aws-1"}, expected)

    assert whatsapp_out.send(whatsapp_out.text(ALICE, "Yes", None), delivery_id="d-1") == "aws-1"
