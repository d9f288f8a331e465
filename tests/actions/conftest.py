"""A small shop with its people, and `run`, which plays AWS between the actions: stream, dispatcher, queues, jobs."""

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.stub import Stubber
from moto.core import DEFAULT_ACCOUNT_ID
from moto.core.botocore_stubber import BotocoreStubber
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from chalicelib import aws, ids, settings
from chalicelib.actions import receive_call
from chalicelib.domain.agent import Agent
from chalicelib.domain.stored_mail import StoredMail
from chalicelib.inbound import jobs, notifications, stream
from chalicelib.store import shop, staff, tickets
from chalicelib.store.changes import Changes
from chalicelib.store.table import EventRow
from chalicelib.store.tickets import Thread
from tests.connect import ALICE as CALLER


@pytest.fixture
def one_request_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let threads race between requests, not within one: moto copies its tables while others write into them."""
    lock, answer = threading.Lock(), BotocoreStubber.__call__

    def alone(self: BotocoreStubber, *args: Any, **kwargs: Any) -> Any:
        with lock:
            return answer(self, *args, **kwargs)

    monkeypatch.setattr(BotocoreStubber, "__call__", alone)


@pytest.fixture
def run(cloud: None) -> Callable[[], int]:
    """Run all that follows from what was written, twice over, as AWS may; returns how many jobs there were."""
    shop.forget()

    def everything() -> int:
        count = 0
        while records := _pending():
            assert stream.handle({"Records": records}) == {"batchItemFailures": []}
            stream.handle({"Records": records})
            count += _run_queues()
        return count + _run_queues()

    return everything


def _pending() -> list[dict]:
    found = list(EventRow.scan(EventRow.dispatch == "pending"))
    return [
        {"eventName": "INSERT", "dynamodb": {"Keys": {"pk": {"S": r.pk}, "sk": {"S": r.sk}}, "SequenceNumber": "1"}}
        for r in found
    ]


def _run_queues() -> int:
    sqs, count = boto3.client("sqs"), 0
    for url in (settings.jobs_queue_url(), settings.send_queue_url(), settings.webhooks_queue_url()):
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            event = {"Records": [{"messageId": m["MessageId"], "body": m["Body"]} for m in found]}
            assert jobs.handle(event) == {"batchItemFailures": []}
            jobs.handle(event)
            for message in found:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
            count += len(found)
    return count


def jobs_to_send() -> int:
    """How many jobs lie on the send queue, to be run now."""
    return _on_send_queue("ApproximateNumberOfMessages")


def delayed_jobs() -> int:
    """How many jobs lie on the send queue for later."""
    return _on_send_queue("ApproximateNumberOfMessagesDelayed")


def _on_send_queue(name: str) -> int:
    found = boto3.client("sqs").get_queue_attributes(QueueUrl=settings.send_queue_url(), AttributeNames=[name])
    return int(found["Attributes"][name])


def sent_mail() -> list[EmailMessage]:
    """The mails that went out, oldest first."""
    kept = ses_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].sent_messages
    return [message_from_bytes(m.raw_data.encode(), policy=policy.default) for m in kept]  # type: ignore[arg-type]


def sent_sms() -> list[tuple[str, str]]:
    """The SMS that went out: number and text."""
    return [(s[0], s[1]) for s in sns_backends[DEFAULT_ACCOUNT_ID]["eu-west-1"].sms_messages.values()]


def store_mail(raw: bytes, *to: str, **verdicts: str) -> StoredMail:
    """Put a mail into the bucket, as SES does, and say what SES would say of it: all is well, unless told.

    Its envelope names its sender.
    """
    mail_id = ids.new("raw").lower()
    written_by = parseaddr(str(message_from_bytes(raw)["From"] or ""))[1]
    said = dict.fromkeys(("spam", "virus", "dmarc", "spf"), "PASS") | {"envelope_sender": written_by} | verdicts
    boto3.client("s3").put_object(Bucket=settings.mail_bucket(), Key=f"received/{mail_id}", Body=raw)
    return StoredMail(mail_id, f"received/{mail_id}", to or (settings.support_email(),), **said)  # type: ignore[arg-type]


def mail(subject: str = "My board has split", text: str = "Hello, can it be saved?", **headers: str) -> bytes:
    """A plain mail from Alice, unless the headers say otherwise."""
    message = EmailMessage()
    given = {"From": "Alice <alice@example.org>", "To": "help@ghusn.example", "Subject": subject} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    for name, value in given.items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def thread_of(ticket_id: str) -> Thread:
    found = tickets.thread(ticket_id)
    assert found
    return found


def mails_to(address: str) -> list[EmailMessage]:
    return [one for one in sent_mail() if one["To"] == address]


def text_of(one: EmailMessage) -> str:
    """The plain text of a mail that went out."""
    body = one.get_body(("plain",))
    assert body
    return str(body.get_content())


def set_agent(agent: Agent, **wanted: Any) -> Agent:
    """Write other fields of an agent, past all rules."""
    known, change = staff.agent(agent.id), Changes()
    assert known
    saved = staff.save_agent(change, known, replace(known, **wanted))
    change.commit()
    return saved


@pytest.fixture
def connect():
    """Amazon Connect, which answers what is put before it and nothing else."""
    with Stubber(aws.client("connect")) as stubber:
        yield stubber


@pytest.fixture
def bob_there(bob):
    """Bob works in Connect, under the address that he has here; and whoever is asked for there is Alice."""
    answers = {
        "DescribeUser": {"User": {"Username": "bob", "IdentityInfo": {"Email": "Bob@ghusn.example"}}},
        "DescribeContact": {"Contact": {"CustomerEndpoint": {"Type": "TELEPHONE_NUMBER", "Address": CALLER}}},
    }
    heard = aws.client("connect").meta.events
    handlers = {
        name: lambda answer=answer, **_: (AWSResponse("https://connect.example", 200, {}, None), answer)
        for name, answer in answers.items()
    }
    for name, handler in handlers.items():
        heard.register(f"before-call.connect.{name}", handler)
    yield bob
    for name, handler in handlers.items():
        heard.unregister(f"before-call.connect.{name}", handler)


@pytest.fixture
def hear(run, monkeypatch):
    """Put events onto the inbound queue, each on its own; then all that follows runs at once, twice over."""
    monkeypatch.setattr(receive_call, "APART", 0)

    def told(*events):
        for one in events:
            record = {"messageId": "m", "body": json.dumps(one)}
            assert notifications.handle({"Records": [record]}) == {"batchItemFailures": []}
        run()

    return told
