"""Pictures of articles: announced, uploaded past us, shown to whoever knows the address, and never as anything else."""

import base64
import json

import boto3
import pytest

from chalicelib import settings
from chalicelib.domain import image as pictures
from infra.local import media
from infra.local.gateway import Request

PICTURE = {"name": "Split board.PNG", "content_type": "image/png", "size": 9}
PAGE = b"<script>alert(1)</script>"


@pytest.fixture
def image(api):
    made = api.post("/v1/images", PICTURE)
    assert made.status == 201, made.text
    return made.json


def upload(key, content=b"a picture", content_type="image/png"):
    boto3.client("s3").put_object(Bucket=settings.files_bucket(), Key=key, Body=content, ContentType=content_type)


def served(path, **headers):
    """What a local run answers, as CloudFront does on AWS."""
    listed = [(name.replace("_", "-"), value) for name, value in headers.items()]
    answer = media.serve(Request("GET", path, "", listed, b"", "127.0.0.1"))
    return answer.status, answer.body, dict(answer.headers)


def test_the_form_holds_the_upload_to_what_was_said(image):
    fields = image["fields"]
    policy = json.loads(base64.b64decode(fields["policy"]))

    assert image["path"] == f"/media/{image['image_id']}/split-board.png" == f"/{fields['key']}"
    assert ["content-length-range", 9, 9] in policy["conditions"]
    assert {"Content-Type": "image/png"} in policy["conditions"]
    assert {"Cache-Control": "public, max-age=31536000, immutable"} in policy["conditions"]


def test_an_uploaded_picture_is_shown_as_what_it_is_and_may_be_kept_for_good(api, image):
    upload(image["fields"]["key"])
    status, body, headers = served(image["path"])

    assert (status, body, headers["Content-Type"]) == (200, b"a picture", "image/png")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert served(image["path"], If_None_Match=headers["ETag"])[:2] == (304, b"")


def test_without_a_cdn_the_address_leads_to_the_picture_in_the_bucket(api, image):
    upload(image["fields"]["key"])
    answer = api.get(image["path"])

    assert answer.status == 302
    assert f"/{image['fields']['key']}?" in answer.headers["location"]
    assert "response-content-type=image%2Fpng" in answer.headers["location"]
    assert answer.headers["cache-control"] == "public, max-age=1800"
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("content_type", ["text/html", "image/svg+xml", "application/octet-stream"])
def test_what_is_no_picture_is_shown_by_no_door(api, image, content_type):
    upload(image["fields"]["key"], PAGE, content_type)

    assert served(image["path"])[0] == 404
    assert api.get(image["path"]).status == 404


def test_a_page_that_says_it_is_a_picture_is_none_to_a_browser(image):
    upload(image["fields"]["key"], PAGE)
    _, _, headers = served(image["path"])

    assert (headers["Content-Type"], headers["X-Content-Type-Options"]) == ("image/png", "nosniff")


def test_what_was_never_uploaded_is_not_there(api, image):
    assert served(image["path"])[0] == 404
    assert api.get(image["path"]).status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/media/img_01JD0000000000000000000000/../../attachments/secret.png",
        "/media/img_01JD0000000000000000000000/..%2F..%2Fattachments%2Fsecret.png",
        "/media/..%2Fattachments/secret.png",
        "/media/img_01JD0000000000000000000000/",
        "/media/img_01JD0000000000000000000000/.png",
        "/media/img_01JD0000000000000000000000/A.png",
        "/media/x/secret.png",
        "/media/img_01JD0000000000000000000000/a%00.png",
        "/media/img_01JD0000000000000000000000/a.png%0A",
    ],
    ids=[f"path {number}" for number in range(9)],
)
def test_no_address_leads_out_of_the_pictures(api, path):
    upload("attachments/secret.png")
    upload("media/x/secret.png")

    assert served(path)[0] == 404
    assert api.get(path).status in (403, 404)


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"content_type": "image/svg+xml"}, {"/content_type": "unknown-value"}),
        ({"content_type": "text/html"}, {"/content_type": "unknown-value"}),
        ({"size": 0}, {"/size": "out-of-range"}),
        ({"size": 5_000_001}, {"/size": "out-of-range"}),
        ({"name": ""}, {"/name": "blank"}),
        ({"visibility": "agents"}, {"/visibility": "unknown-field"}),
    ],
    ids=["svg", "html", "empty", "too big", "nameless", "unknown field"],
)
def test_what_is_wrong_with_a_picture_is_named(api, fields, fault):
    refused = api.post("/v1/images", {**PICTURE, **fields})

    assert (refused.status, refused.faults) == (422, fault)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("My Board (2).jpeg", "my-board-2.png"),
        ("لوح.png", "luh.png"),
        ("../../etc/passwd", "image.png"),
        ("x.svg", "image.png"),
        ("a\u202egnp.png", "agnp.png"),
        ("board.tar.gz", "board-tar.png"),
    ],
)
def test_a_picture_gets_a_name_for_addresses_and_the_ending_of_its_type(given, name):
    assert pictures.name_of(given, "image/png") == name


def test_a_picture_is_announced_once_and_only_by_who_may_write_articles(api, key):
    first, again = (api.post("/v1/images", PICTURE, Idempotency_Key="board") for _ in range(2))

    assert first.json == again.json
    assert key("articles:read").post("/v1/images", PICTURE).code == "missing-scope"
