"""Alice with all that is known of her, and where in table and buckets it stands."""

from collections.abc import Callable
from typing import Any

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import (
    change_blocked_sender,
    change_customer,
    change_customer_note,
    erase_customer,
    receive_sms,
    record_event,
    run_job,
    send_reply,
    sign_in,
)
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_sms import InboundSms
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.agent import Agent
from chalicelib.domain.customer import Customer
from chalicelib.domain.event import Actor
from chalicelib.domain.job import Job
from chalicelib.inbound.job_steps import step_for
from chalicelib.store import customers, jobs, ticket_lists
from chalicelib.store.ticket_lists import Wanted
from tests.actions.conftest import mail, sent_mail, store_mail

KEY = Actor("api_key", "key_1")
PNG = b"\x89PNG not really"


@pytest.fixture
def alice(run: Callable[[], int], bob: Agent) -> Customer:
    """Alice, who wrote by mail (with a picture, and at length) and by SMS, was answered, and bought something."""
    for bucket in (settings.mail_bucket(), settings.files_bucket()):
        boto3.client("s3").put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    ways = [ContactWish("email", "alice@example.org"), ContactWish("phone", "+21620555014")]
    change_customer.create({"name": "Alice"}, ways, KEY)
    first = receive_mail(store_mail(with_picture(), settings.support_email()))
    run()
    long = mail(
        "Re: My board", "alice alice " * 2000, In_Reply_To=sent_mail()[-1]["Message-ID"], Message_ID="<2@alice>"
    )
    receive_mail(store_mail(long))
    receive_sms.receive_sms(InboundSms("sms-1", "+21620555014", "Alice here, is it ready?"))
    run()
    answer = Reply("Dear Alice, it is.", visibility="public")
    send_reply.reply(first.ticket_id or "", bob, answer)
    sign_in.ask("customer", "alice@example.org", "en", "browser")
    change_blocked_sender.block("alice@example.org", KEY)
    run()
    found = customers.by_contact("email", "alice@example.org")
    assert found
    record_event.record(
        found.id,
        {"type": "purchase", "title": "A board for Alice", "occurred_at": clock.now(), "external_id": "alice-7"},
    )
    change_customer_note.write(found.id, bob, "Alice likes tea.")
    return found


def with_picture() -> bytes:
    from email import message_from_bytes, policy

    made = message_from_bytes(mail("Alice's board", "Hello from Alice", Message_ID="<1@alice>"), policy=policy.default)
    made.add_attachment(PNG, maintype="image", subtype="png", filename="alice.png")
    return made.as_bytes()


def everything() -> dict[str, str]:
    """All rows and all versions of all files, as text."""
    found = {}
    paginator = boto3.client("dynamodb").get_paginator("scan")
    for page in paginator.paginate(TableName=settings.table_name()):
        found |= {f"{row['pk']['S']} {row['sk']['S']}": repr(row) for row in page["Items"]}
    s3 = boto3.client("s3")
    for bucket in (settings.mail_bucket(), settings.files_bucket(), settings.search_bucket()):
        for one in s3.list_object_versions(Bucket=bucket).get("Versions", ()):
            body = s3.get_object(Bucket=bucket, Key=one["Key"], VersionId=one["VersionId"])["Body"].read()
            found[f"{bucket}/{one['Key']}"] = one["Key"] + body.decode("utf-8", "replace")
    return found


def telling(*words: str) -> list[str]:
    """Where any of those words stands."""
    return sorted(at for at, text in everything().items() if any(word.lower() in (at + text).lower() for word in words))


def erase(customer: Customer, run: Callable[[], int]) -> Any:
    job = erase_customer.erase(customer.id, KEY)
    run()
    return jobs.get(job.id)


def of(customer: Customer) -> list[Any]:
    return list(ticket_lists.page(Wanted(customer_id=customer.id, sort="created"), 100).tickets)


def current(job: Job) -> Job:
    found = jobs.get(job.id)
    assert found
    return found


def until(job: Job, part: str) -> None:
    """Run the job's steps until it comes to that part of its work."""
    while part not in current(job).place:
        run_job.run(job.id, step_for)
