"""A call that goes the shorter way to moto is read by it as any other, and only what goes to moto goes that way."""

import io
import re
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.exceptions import ClientError
from botocore.httpchecksum import AwsChunkedWrapper, Crc32Checksum
from botocore.signers import RequestSigner
from moto.core import request
from moto.core.botocore_stubber import BotocoreStubber, MockRawResponse
from moto.s3.responses import S3Response

from tests import quick_calls

REAL = re.compile(r"Signature=(?!0{64})[0-9a-f]{64}$")
JSON = {"Content-Type": "application/x-amz-json-1.0"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
REQUESTS = {
    "a table's": ("POST", "https://dynamodb.eu-west-1.amazonaws.com/", JSON, b"{}"),
    "a body that says it is longer": ("POST", "https://a.amazonaws.com/", {"Content-Length": "99", "X-A": "1"}, b"{}"),
    "no body": ("GET", "https://diwan-mail.s3.eu-west-1.amazonaws.com/received/raw_01", {"x-amz-b": b"bytes"}, None),
    "an empty body": ("PUT", "https://diwan-mail.s3.eu-west-1.amazonaws.com/a", {"Content-Length": "0"}, b""),
    "a question": ("GET", "https://s3.amazonaws.com/a?list-type=2&prefix=a%2Fb&x=%D8%B2", {"A": "1, 2"}, None),
    "a form": ("POST", "https://sns.eu-west-1.amazonaws.com/", FORM, b"a=b"),
    "an empty form": ("POST", "https://sns.amazonaws.com/", FORM, b""),
    "text": ("PUT", "https://s3.amazonaws.com/a/b", {"Content-Type": "text/plain"}, "زيت"),
    "a quoted path": ("GET", "https://s3.amazonaws.com/a%2Fb/%D8%B2%20c", {}, None),
    "two slashes": ("GET", "https://s3.amazonaws.com//a//b/", {}, None),
    "a port": ("GET", "http://127.0.0.1:5000/a", {"Transfer-Encoding": "chunked"}, b"x"),
    "no port": ("GET", "http://localhost/a", {"Transfer-Encoding": "chunked"}, b"x"),
    "names that are kept": ("GET", "https://s3.amazonaws.com/a", {"x-amz-meta-my_key": "1"}, None),
    "a host of its own": ("GET", "https://s3.amazonaws.com/a", {"Host": "b.s3.amazonaws.com"}, None),
}  # fmt: skip


@pytest.fixture(params=["shorter", "moto's own"])
def way(request: pytest.FixtureRequest, cloud: None) -> Iterator[str]:
    """Each test is run in both ways, and asks for the same of both."""
    with pytest.MonkeyPatch.context() as patched:
        if request.param != "shorter":
            patched.setattr(BotocoreStubber, "process_request", quick_calls.moto_answers)
            patched.setattr(RequestSigner, "handler", quick_calls.boto_signs)
        yield request.param


@pytest.mark.parametrize("asked", REQUESTS.values(), ids=[*REQUESTS])
def test_a_request_is_read_as_moto_reads_it(asked: tuple[str, str, dict[str, Any], Any]) -> None:
    def told(way: Any) -> dict[str, Any]:
        prepared = AWSRequest(*asked[:3], data=asked[3]).prepare()
        made = way(request.Request, prepared.method, prepared.url, prepared.headers, prepared.body)
        seen = {"url": made.raw_url, "body": made.data, "headers": sorted(made.headers), "form": made.form}
        aside = ("wsgi.input", "wsgi.errors", "werkzeug.request")
        return seen | {name: value for name, value in made.environ.items() if name not in aside}

    assert told(quick_calls.read) == told(quick_calls.moto_reads)


@pytest.mark.parametrize("size", [0, 1, 100, 250])
def test_what_is_sent_in_chunks_arrives_whole(size: int) -> None:
    sent = bytes(range(10, 10 + 200))[:size] * (size // 50)

    def wrapped() -> AwsChunkedWrapper:
        return AwsChunkedWrapper(io.BytesIO(sent), Crc32Checksum, "x-amz-checksum-crc32", chunk_size=97)

    prepared = AWSRequest("PUT", "https://s3.amazonaws.com/a", {"Content-Encoding": "aws-chunked"}).prepare()
    bodies = [
        way(request.Request, "PUT", prepared.url, prepared.headers, wrapped()).data
        for way in (quick_calls.read, quick_calls.moto_reads)
    ]
    response = S3Response()

    assert bodies[0] == bodies[1]
    assert quick_calls.unwrap(response, bodies[0]) == quick_calls.moto_unwraps(response, bodies[0]) == sent
    assert quick_calls.unwrap(response, b"") == quick_calls.moto_unwraps(response, b"") == b""


def test_each_service_is_found(way: str) -> None:
    boto3.client("s3").put_object(Bucket="diwan-files", Key="a b/ز", Body=b"x", Metadata={"my_key": "1"})
    boto3.client("secretsmanager").create_secret(Name="one", SecretString="kept")
    topic = boto3.client("sns").create_topic(Name="one")["TopicArn"]
    stored = boto3.client("s3").get_object(Bucket="diwan-files", Key="a b/ز")

    assert (stored["Body"].read(), stored["Metadata"]) == (b"x", {"my_key": "1"})
    assert boto3.client("s3").list_objects_v2(Bucket="diwan-files")["Contents"][0]["Key"] == "a b/ز"
    assert boto3.client("secretsmanager").get_secret_value(SecretId="one")["SecretString"] == "kept"
    assert topic == "arn:aws:sns:eu-west-1:123456789012:one"
    assert boto3.client("sqs", "us-east-1").list_queues().get("QueueUrls", []) == []
    assert len(boto3.client("sqs").list_queues()["QueueUrls"]) == 3
    with pytest.raises(ClientError, match="404"):
        boto3.client("s3").head_object(Bucket="diwan-files", Key="nothing")


def test_only_what_goes_to_moto_is_unsigned(cloud: None) -> None:
    seen: list[str] = []

    def answer(request: Any, **_: Any) -> AWSResponse:
        seen.append(request.headers["Authorization"].decode())
        return AWSResponse(request.url, 200, {}, MockRawResponse("{}"))

    for address in (None, "http://127.0.0.1:1", "https://search.example"):
        table = quick_calls.boto_makes("dynamodb", endpoint_url=address)
        table.meta.events.register_first("before-send.dynamodb", answer)
        table.list_tables()

    assert [bool(REAL.search(one)) for one in seen] == [False, True, True]
    assert seen[0].endswith(f"Signature={quick_calls.UNSIGNED}")


def test_a_link_is_signed(cloud: None) -> None:
    link = boto3.client("s3").generate_presigned_url("get_object", {"Bucket": "diwan-files", "Key": "a"})

    assert re.search(r"Signature=[^0&][^&]+", link)


def test_a_client_is_made_once_for_the_same_words_and_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    first = boto3.client("sqs")

    assert boto3.client("sqs") is first
    assert boto3.client("sqs", "us-east-1") is not first
    assert boto3.client("sqs", region_name="us-east-1").meta.region_name == "us-east-1"
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    assert boto3.client("sqs").meta.endpoint_url == "http://127.0.0.1:1"
    monkeypatch.undo()
    assert boto3.client("sqs") is first


def test_a_request_has_a_number_like_motos() -> None:
    for more in ({}, {"include_digits": False}, {"lower_case": True}):
        letters = "a-z" + ("" if "lower_case" in more else "A-Z") + ("" if "include_digits" in more else "0-9")
        drawn = {quick_calls.draw(quick_calls.MotoRandom(), length=52, **more) for _ in range(20)}

        assert len(drawn) == 20
        assert all(re.fullmatch(f"[{letters}]{{52}}", one) for one in drawn)
