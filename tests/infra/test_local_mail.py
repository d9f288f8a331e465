"""Mail and text messages on a local run: what goes out as its recipient sees it, what comes in as SES tells of it."""

import json
from pathlib import Path
from typing import Any

import pytest

from chalicelib.channels import whatsapp_in, whatsapp_out
from infra.local import arrivals, feedback, whatsapp
from infra.local.feedback import SentMail
from infra.local.outbox import Outbox, as_received

HEAD = "From: Ghusn <help@ghusn.example>\r\nMessage-ID:\r\n <ours@ghusn.example>\r\nSubject: Hello\r\n"
RAW = HEAD + "\r\nMessage-ID: kept\r\n"


class Clients:
    """A world whose S3 and SNS only note what they are given."""

    def __init__(self) -> None:
        self.outputs = {"MailBucketName": "mail", "MailTopicArn": "mail-topic", "FeedbackTopicArn": "feedback-topic"}
        self.stored: dict[str, bytes] = {}
        self.published: list[tuple[str, dict[str, Any]]] = []

    def client(self, service: str) -> "Clients":
        return self

    def put_object(self, Bucket: str, Key: str, Body: bytes, ContentType: str) -> None:  # noqa: N803 (boto3's names)
        self.stored[Key] = Body

    def publish(self, TopicArn: str, Message: str, **more: str) -> None:  # noqa: N803 (boto3's names)
        assert self.stored, "announced before it was stored"
        self.published.append((TopicArn, json.loads(Message)))


def take(raw: bytes, **more: Any) -> tuple[Clients, dict[str, Any]]:
    world = Clients()
    ses_id = arrivals.receive_email(world, raw, ["help@ghusn.example"], **more)  # type: ignore[arg-type]
    assert world.stored == {f"received/{ses_id}": raw}
    return world, world.published[0][1]


def test_a_sent_mail_bears_the_message_id_of_ses_and_not_ours() -> None:
    seen = as_received(RAW, "0102")
    assert "ours@ghusn.example" not in seen
    assert "Message-ID: <0102@eu-west-1.amazonses.com>\r\n\r\nMessage-ID: kept\r\n" in seen


def test_the_outbox_is_there_again_after_a_restart_and_counts_on(tmp_path: Path) -> None:
    first = Outbox(tmp_path)
    first.add_email("1", ["alice@example.com"], "help@ghusn.example", RAW)
    first.add_sms("2", "+21620555014", "hello")
    second = Outbox(tmp_path)
    second.add_sms("3", "+21620555014", "again")
    assert [one["id"] for one in second.emails + second.sms] == ["00000001", "00000002", "00000003"]
    assert second.after("00000002") == {"emails": [], "sms": [second.sms[1]], "whatsapp": [], "webhooks": []}


def test_a_line_half_written_when_the_power_went_is_passed_over(tmp_path: Path) -> None:
    Outbox(tmp_path).add_sms("1", "+21620555014", "whole")
    with (tmp_path / "sms.jsonl").open("a") as file:
        file.write('{"id": "000')
    assert [one["body"] for one in Outbox(tmp_path).sms] == ["whole"]


def test_a_mail_is_announced_with_its_verdicts_recipients_and_place() -> None:
    world, notice = take(b"From: Alice <alice@example.com>\r\nSubject: Hi\r\n\r\nHello", sender="alice@example.com")
    assert notice["notificationType"] == "Received"
    assert notice["receipt"]["recipients"] == ["help@ghusn.example"]
    assert notice["receipt"]["spamVerdict"] == {"status": "PASS"}
    key = notice["receipt"]["action"]["objectKey"]
    assert key == f"received/{notice['mail']['messageId']}" == next(iter(world.stored))
    assert notice["mail"]["commonHeaders"]["subject"] == "Hi"
    assert "dmarcPolicy" not in notice["receipt"]


def test_verdicts_may_be_given() -> None:
    _, notice = take(b"From: a@b.example\r\n\r\n", verdicts={"dmarc": "FAIL", "dmarc_policy": "REJECT"})
    assert notice["receipt"]["dmarcVerdict"] == {"status": "FAIL"}
    assert notice["receipt"]["dmarcPolicy"] == "reject"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\x00\xff\xfe",
        b"no header at all",
        b"Subject: \xe3\xf1\xcd\r\n\r\n",
        b"A: " + b"x" * 300_000 + b"\r\n\r\n",
    ],
)
def test_any_octets_are_taken_and_announced_within_the_limit_of_sns(raw: bytes) -> None:
    _, notice = take(raw)
    assert len(json.dumps(notice)) < 256 * 1024


def sent(*recipients: str) -> SentMail:
    return SentMail("0102", "help@ghusn.example", list(recipients), RAW, "local", {"delivery": "d1"})


def test_ses_reports_a_mail_as_sent_and_delivered_and_repeats_its_tags() -> None:
    told = feedback.events(sent("alice@example.com"))
    assert [event["eventType"] for event in told] == ["Send", "Delivery"]
    assert told[0]["mail"]["tags"]["delivery"] == ["d1"]
    assert told[1]["delivery"]["recipients"] == ["alice@example.com"]


def test_the_addresses_of_the_mailbox_simulator_bounce_and_complain() -> None:
    bounced = feedback.events(sent("bounce@simulator.amazonses.com"))
    assert [event["eventType"] for event in bounced] == ["Send", "Bounce"]
    assert bounced[1]["bounce"]["bouncedRecipients"][0]["emailAddress"] == "bounce@simulator.amazonses.com"
    complained = feedback.events(sent("complaint+alice@simulator.amazonses.com"))
    assert [event["eventType"] for event in complained] == ["Send", "Delivery", "Complaint"]


@pytest.mark.parametrize(
    ("number", "wanted"),
    [
        ("+21620555014", [("sent", None), ("delivered", None)]),
        ("+15550131026", [("failed", 131026)]),
        ("+15550999999", [("sent", None), ("delivered", None)]),
    ],
)
def test_what_becomes_of_a_whatsapp_message_is_told_as_by_aws(
    number: str, wanted: list[tuple[str, int | None]]
) -> None:
    made = whatsapp_out.text(number, "Hello", None) | {"biz_opaque_callback_data": "tag"}
    told = whatsapp.statuses(whatsapp.Taken("aws-1", "wamid.1", made))
    read = [whatsapp_in.status(piece) for notice in told for piece in whatsapp_in.pieces(notice)]
    assert [(one.status, one.code) for one in read] == wanted
    assert {(one.id, one.sent_id, one.tag) for one in read} == {("wamid.1", "aws-1", "tag")}
