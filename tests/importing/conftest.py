"""A file is uploaded and imported through the API's own doors; `world` is every row there is then."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest

from chalicelib import settings
from chalicelib.inbound import jobs as queue
from chalicelib.store.table import Row
from tests.api.conftest import Caller, api, gateway, key

__all__ = ["api", "gateway", "key"]

FILES = Path("tests/fixtures/importing")
# What two runs may differ in: the work itself, the key that asked, what waits to be put into the index.
OTHER = ("JOB#", "UPLOAD#", "APIKEY", "IDEMPOTENCY#", "UNINDEXED")


@pytest.fixture
def bring(api: Caller) -> Callable[..., dict[str, Any]]:
    """Import a file and give its job as it stands at the end; `results` are told on it."""

    def run(format: str, content: bytes, name: str = "file", **more: Any) -> dict[str, Any]:
        job = api.post(
            "/v1/jobs", {"type": "import", "format": format, "attachment_id": upload(api, content, name), **more}
        )
        assert job.status == 202, job.text
        work()
        ended = api.get(f"/v1/jobs/{job.json['id']}").json
        return {**ended, "results": api.walk(f"/v1/jobs/{job.json['id']}/results", limit=100)}

    return run


def upload(api: Caller, content: bytes, name: str = "file") -> str:
    """A file announced for import, put where its form would put it."""
    told = {"name": name, "content_type": "application/octet-stream", "size": len(content), "purpose": "import"}
    made = api.post("/v1/uploads", told)
    assert made.status == 201, made.text
    boto3.client("s3").put_object(Bucket=settings.files_bucket(), Key=made.json["fields"]["key"], Body=content)
    return str(made.json["attachment_id"])


def work() -> int:
    """Run what is on the jobs queue until nothing is, each message once; returns how many there were."""
    sqs, url, count = boto3.client("sqs"), settings.jobs_queue_url(), 0
    while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
        for message in found:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            event = {"Records": [{"messageId": message["MessageId"], "body": message["Body"]}]}
            assert queue.handle(event) == {"batchItemFailures": []}
            count += 1
    return count


def zipped(folder: Path = FILES / "zendesk") -> bytes:
    """A folder as a zip, as people upload it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, f"export/{path.relative_to(folder)}")
    return packed.getvalue()


def world() -> dict[tuple[str, str], dict[str, Any]]:
    """All rows but those of the work itself."""
    return {(row.pk, row.sk): row.to_simple_dict() for row in Row.scan() if not row.pk.startswith(OTHER)}


def outbox() -> list[Any]:
    """Whatever waits to be sent, or was dispatched."""
    name = "ApproximateNumberOfMessages"
    found = boto3.client("sqs").get_queue_attributes(QueueUrl=settings.send_queue_url(), AttributeNames=[name])
    waiting = [row.pk for row in Row.scan() if getattr(row, "dispatch", None) or row.kind == "delivery"]
    return waiting + ["sending"] * int(found["Attributes"][name])
