"""Files of WhatsApp messages, as AWS's own client asks for them."""

from urllib.parse import parse_qs, urlsplit

import pytest
from botocore.stub import Stubber

from chalicelib import aws
from chalicelib.channels import whatsapp_files
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.store import files

NUMBER_ID = "phone-number-id-976c72a700aac43eaf573ae050example"
PLACE = "https://diwan-files.s3.eu-west-1.amazonaws.com/attachments/1?X-Amz-Signature=0"


@pytest.fixture
def social(monkeypatch):
    monkeypatch.setenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID", NUMBER_ID)
    aws.forget_clients()
    with Stubber(aws.client("socialmessaging")) as stub:
        yield stub
    aws.forget_clients()


def test_a_file_is_asked_for_by_its_id_and_put_where_we_say(social):
    asked = {
        "mediaId": "530339869524171",
        "originationPhoneNumberId": NUMBER_ID,
        "destinationS3PresignedUrl": {"url": PLACE, "headers": {}},
    }
    social.add_response("get_whatsapp_message_media", {"mimeType": "image/jpeg", "fileSize": 78}, asked)

    whatsapp_files.fetch("530339869524171", PLACE)
    social.assert_no_pending_responses()


@pytest.mark.parametrize(
    ("code", "status", "meaning"),
    [
        ("ResourceNotFoundException", 404, Rejected),
        ("InvalidParametersException", 400, Rejected),
        ("AccessDeniedByMetaException", 403, Throttled),
        ("ThrottledRequestException", 429, Throttled),
        ("DependencyException", 502, Unknown),
    ],
)
def test_what_may_come_another_time_is_told_from_what_never_will(social, code, status, meaning):
    social.add_client_error("get_whatsapp_message_media", code, "", status)

    with pytest.raises(meaning):
        whatsapp_files.fetch("530339869524171", PLACE)


def test_the_address_wants_no_header_that_aws_would_have_to_know():
    signed = parse_qs(urlsplit(files.place_for("attachments/whatsapp/1/2")).query)

    assert signed["X-Amz-SignedHeaders"] == ["host"]
