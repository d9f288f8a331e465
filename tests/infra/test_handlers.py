"""Every handler, called out of the zip by an interpreter that has nothing else: a mail goes the whole road."""

import json
from pathlib import Path
from typing import Any

import pytest
from moto.core import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends

from chalicelib import i18n, static_files
from tests.infra.conftest import ROOT, SCHEDULED, Account, Call, Package, run_handler

MAIL = b"""From: Alice Haddad <alice@customer.example>\r
To: help@ghusn.example\r
Subject: =?utf-8?b?2LPYpNin2YQ=?= about my order\r
Message-ID: <order-7@customer.example>\r
Date: Sat, 14 Mar 2026 09:12:00 +0000\r
Content-Type: text/plain; charset=utf-8\r
\r
Where is my olive-wood board? It should have come on Friday.\r
"""


def http(path: str, resource: str, **parameters: str) -> dict[str, Any]:
    """A GET as API Gateway's proxy integration sends it; `resource` is the route, `parameters` what it found in it."""
    return {
        "resource": resource,
        "path": path,
        "httpMethod": "GET",
        "headers": {"Accept": "*/*"},
        "multiValueHeaders": {"Accept": ["*/*"]},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "pathParameters": parameters or None,
        "stageVariables": None,
        "requestContext": {"resourcePath": resource, "httpMethod": "GET", "path": f"/api{path}", "requestId": "4e2b"},
        "body": None,
        "isBase64Encoded": False,
    }


def queue_record(body: str, number: int = 1) -> dict[str, Any]:
    return {"messageId": f"m-{number}", "receiptHandle": "r", "body": body, "eventSource": "aws:sqs"}


def mail_arrived(account: Account) -> dict[str, Any]:
    """The raw mail in its bucket, and the notification of SES as SNS puts it on the queue."""
    account.client("s3").put_object(Bucket=account.outputs["MailBucketName"], Key="0a1b", Body=MAIL)
    passed = {"status": "PASS"}
    notice = {
        "notificationType": "Received",
        "mail": {"messageId": "0a1b", "source": "alice@customer.example", "destination": ["help@ghusn.example"]},
        "receipt": {
            "recipients": ["help@ghusn.example"],
            "action": {"type": "S3", "bucketName": account.outputs["MailBucketName"], "objectKey": "0a1b"},
            **{f"{name}Verdict": passed for name in ("spam", "virus", "spf", "dkim", "dmarc")},
        },
    }
    envelope = {"Type": "Notification", "TopicArn": account.outputs["MailTopicArn"], "Message": json.dumps(notice)}
    return {"Records": [queue_record(json.dumps(envelope))]}


def stream_of(account: Account) -> dict[str, Any]:
    """What the template's filter lets through of the table's stream."""
    streams, arn = account.client("dynamodbstreams"), account.outputs["TableStreamArn"]
    shard = streams.describe_stream(StreamArn=arn)["StreamDescription"]["Shards"][0]["ShardId"]
    iterator = streams.get_shard_iterator(StreamArn=arn, ShardId=shard, ShardIteratorType="TRIM_HORIZON")
    records = streams.get_records(ShardIterator=iterator["ShardIterator"])["Records"]
    pending = [each for each in records if each["dynamodb"].get("NewImage", {}).get("dispatch") == {"S": "pending"}]
    for record in pending:
        record["dynamodb"]["ApproximateCreationDateTime"] = 0
    return {"Records": [each | {"eventSourceARN": arn} for each in pending]}


def messages_on(account: Account, queue: str) -> dict[str, Any]:
    sqs, url = account.client("sqs"), account.outputs[f"{queue}QueueUrl"]
    found = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages", [])
    return {"Records": [queue_record(each["Body"], number) for number, each in enumerate(found)]}


NOTHING_FAILED = {"batchItemFailures": []}


def test_mail_becomes_a_ticket_whose_receipt_goes_out(call: Call, account: Account) -> None:
    assert call("inbound", mail_arrived(account))["answer"] == NOTHING_FAILED
    events = stream_of(account)
    assert events["Records"]
    assert call("dispatch", events)["answer"] == NOTHING_FAILED

    assert call("jobs", messages_on(account, "Jobs"))["answer"] == NOTHING_FAILED
    outgoing = messages_on(account, "Send")
    assert outgoing["Records"]
    assert call("send", outgoing)["answer"] == NOTHING_FAILED

    (sent,) = ses_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].sent_messages
    assert "alice@customer.example" in str(sent.destinations)


def test_health_is_answered_out_of_the_zip(call: Call) -> None:
    answer = call("app", http("/health", "/health"))["answer"]
    assert answer["statusCode"] == 200
    assert json.loads(answer["body"])["status"] == "ok"


def test_page_in_arabic_is_drawn_out_of_the_zip(call: Call) -> None:
    outcome = call("app", http("/ar", "/{lang}", lang="ar"))
    answer = outcome["answer"]
    assert answer["statusCode"] == 200
    assert i18n.translate("ar", "Search") in answer["body"]
    assert "babel.messages" not in outcome["modules"]
    assert '<html lang="ar" dir="rtl"' in answer["body"]
    assert f"/static/{static_files.name('css/base.css')}" in answer["body"]


def test_page_out_of_the_zip_is_the_one_that_its_template_makes(
    built: Package, account: Account, tmp_path: Path
) -> None:
    from_templates(built, tmp_path)
    asked = http("/en", "/{lang}", lang="en")
    compiled, drawn = (
        run_handler(code, "app", asked, account.environment)["answer"] for code in (built.code, tmp_path)
    )
    assert compiled["statusCode"] == 200
    assert compiled["body"] == drawn["body"]


def from_templates(built: Package, code: Path) -> None:
    """The package again in the folder `code`, with templates in place of what they were compiled to."""
    ours = built.code / "chalicelib"
    (code / "chalicelib").mkdir()
    left_out = {ours, ours / "templates", ours / "templates_compiled"}
    for path in {*built.code.iterdir(), *ours.iterdir()} - left_out:
        (code / path.relative_to(built.code)).symlink_to(path)
    (code / "chalicelib" / "templates").symlink_to(ROOT / "chalicelib" / "templates")


@pytest.mark.parametrize("handler", ["minute", "night"])
def test_schedules_run_out_of_the_zip(call: Call, handler: str) -> None:
    assert call(handler, SCHEDULED)["answer"] is None


def test_nothing_is_loaded_from_outside_the_zip(built: Package, account: Account) -> None:
    loaded = run_handler(built.code, "jobs", {"Records": []}, account.environment)["files"]
    outside = [file for file in loaded if "site-packages" in file and not file.startswith(str(built.code))]
    assert outside == []
