"""A mail whose notice is lost on the way is found a quarter of an hour later, and the numbers agree."""

import uuid
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest

from tests.journeys.product import Product, running

RAW = "From: Alice <alice@example.org>\r\nTo: help@ghusn.example\r\nSubject: {}\r\n\r\nHello, {}\r\n"
QUARTER = 15 * 60


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Product]:
    """A product of its own: its clock jumps."""
    with running(tmp_path / "data", seed="empty") as started:
        yield started


def counts(world: Product) -> dict[str, int]:
    return dict(world.call("GET", "/health").json()["mail"])


def put_without_notice(world: Product, raw: str) -> str:
    """Put a mail where SES puts it, and tell nobody."""
    wanted = {"name": "a.txt", "content_type": "text/plain", "size": 1}
    parts = urlsplit(world.api("POST", "/uploads", wanted).json()["url"])
    keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "eu-west-1"}
    s3 = boto3.client("s3", endpoint_url=f"{parts.scheme}://{parts.netloc}", **keys)
    (bucket,) = [one["Name"] for one in s3.list_buckets()["Buckets"] if "mailbucket" in one["Name"].replace("-", "")]
    mail_id = uuid.uuid4().hex
    s3.put_object(Bucket=bucket, Key=f"received/{mail_id}", Body=raw.encode())
    return mail_id


def reconciled(world: Product) -> dict[str, int]:
    job = world.api("POST", "/jobs", {"type": "reconcile"}).json()
    world.settle()
    return dict(world.api("GET", f"/jobs/{job['id']}/results").json()["data"][-1]["body"])


def test_a_mail_whose_notice_was_lost_is_suspended_a_quarter_of_an_hour_later_and_all_is_accounted_for(
    world: Product,
) -> None:
    for n in range(3):
        world.mail("alice@example.org", RAW.format(f"Board {n}", n))
    twice = "Message-ID: <twice@example.org>\r\nDate: Sat, 14 Nov 2026 09:00:00 +0000\r\n" + RAW.format("Twice", 2)
    for _ in range(2):
        world.local("POST", "email", twice.encode())
    spam = world.local("POST", "email?spam=FAIL", RAW.format("Watches", "you").encode())["id"]
    lost = put_without_notice(world, RAW.format("Lost", "anybody there?"))

    settled = world.settle()
    assert settled["later"] >= 7, "each raw mail is looked for later"
    assert world.local("GET", f"email/{lost}")["outcome"] == "pending"
    assert counts(world) == {"seen": 0, "accounted": 0, "missing": 0}

    world.local("POST", "clock", {"advance_seconds": QUARTER + 1})

    assert world.local("GET", f"email/{lost}") == {
        "outcome": "suspended", "ticket_id": None, "message_id": None, "reason": "unverified",
    }  # fmt: skip
    assert counts(world) == {"seen": 7, "accounted": 7, "missing": 0}
    assert {one["id"] for one in world.api("GET", "/suspended").json()["data"]} == {f"sus_{spam}", f"sus_{lost}"}
    assert reconciled(world) == {
        "seen": 7, "message": 4, "suspended": 2, "duplicate": 1, "failed": 0, "waiting": 0, "missing": 0,
    }  # fmt: skip
    released = world.api("POST", f"/suspended/sus_{lost}/release").json()
    assert world.api("GET", f"/tickets/{released['ticket_id']}").json()["subject"] == "Lost"

    replay = world.api("POST", "/jobs", {"type": "replay", "since": "2020-01-01T00:00:00Z"}).json()
    world.settle()
    assert world.api("GET", f"/jobs/{replay['id']}").json()["progress"]["done"] == 7
    assert world.api("GET", f"/jobs/{replay['id']}/results").json()["data"] == []
    assert world.settle()["dead"] == 0
