"""Files: announced, uploaded past us, named in a message."""

import base64
import json

import boto3
import pytest

from chalicelib import settings
from tests.api.conftest import new_ticket

FILE = {"name": "board.png", "content_type": "image/png", "size": 9}


def uploaded(api, **fields):
    """An announced file, put where its form would put it."""
    made = api.post("/v1/uploads", {**FILE, **fields}).json
    boto3.client("s3").put_object(Bucket=settings.files_bucket(), Key=made["fields"]["key"], Body=b"a picture")
    return made["attachment_id"]


def test_the_form_holds_the_upload_to_what_was_said(api):
    made = api.post("/v1/uploads", FILE)

    assert made.status == 201, made.text
    fields = made.json["fields"]
    policy = json.loads(base64.b64decode(fields["policy"]))
    assert ["content-length-range", 9, 9] in policy["conditions"]
    assert {"Content-Type": "image/png"} in policy["conditions"]
    assert made.json["url"].startswith("https://diwan-files.s3.eu-west-1.amazonaws.com/")
    assert fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert fields["key"].endswith(made.json["attachment_id"])
    assert made.json["attachment_id"].startswith("att_")


def test_a_message_names_the_file_and_shows_it(api, ticket):
    messages = f"/v1/tickets/{ticket['id']}/messages"
    answer = api.post(messages, {"text": "See here.", "attachments": [uploaded(api)]})
    heard = api.post(messages, {"text": "And here.", "author": {"type": "customer"}, "attachments": [uploaded(api)]})

    for message in (answer, heard):
        (shown,) = message.json["attachments"]
        assert (shown["name"], shown["content_type"], shown["size"]) == ("board.png", "image/png", 9)
        assert "s3.eu-west-1" in shown["url"] and "X-Amz-Signature" in shown["url"]


@pytest.mark.parametrize("author", ["customer", "agent"])
def test_a_new_ticket_may_have_files_too(api, author):
    message = {"text": "See here.", "attachments": [uploaded(api)], "author": {"type": author}}
    ticket = api.post("/v1/tickets", new_ticket(message=message)).json
    (first,) = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]

    assert [one["name"] for one in first["attachments"]] == ["board.png"]


def test_a_file_of_nobody_of_another_key_or_not_yet_there_is_refused_by_its_place(api, key, ticket):
    announced = api.post("/v1/uploads", FILE).json["attachment_id"]
    wanted = [uploaded(api), "att_none", uploaded(key()), announced]
    refused = api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "See.", "attachments": wanted})

    assert (refused.status, refused.code) == (422, "unknown-attachment")
    assert set(refused.faults) == {"/attachments/1", "/attachments/2", "/attachments/3"}


def test_files_that_no_mail_could_carry_are_refused(api, ticket):
    wanted = [uploaded(api, size=15 * 1024 * 1024) for _ in range(2)]
    refused = api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "See.", "attachments": wanted})

    assert (refused.status, refused.faults) == (422, {"/attachments": "too-big"})


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"size": 0}, {"/size": "out-of-range"}),
        ({"size": 20 * 1024 * 1024 + 1}, {"/size": "out-of-range"}),
        ({"size": "9"}, {"/size": "wrong-type"}),
        ({"content_type": "picture"}, {"/content_type": "invalid-characters"}),
        ({"name": "a\r\nb"}, {"/name": "invalid-characters"}),
    ],
)
def test_what_is_no_file_is_refused(api, fields, faults):
    assert api.post("/v1/uploads", {**FILE, **fields}).faults == faults
