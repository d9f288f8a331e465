"""A customer's own data: a copy for him alone, without what agents wrote to each other, and a way to be forgotten."""

import io
import json
import re
import zipfile
from dataclasses import replace

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import (
    change_customer_note,
    erase_customer,
    export_own_data,
    rate_ticket,
    run_due,
    send_reply,
)
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.inbound import jobs as queue
from chalicelib.store import created_lists, customers, data_wishes, jobs, ratings, tickets
from tests.actions.conftest import sent_mail

ALICE, CHARLIE = "alice@example.org", "charlie@example.org"
HERE = "/en/account/data"
DAY = 24 * 3600


def alice():
    return customers.by_contact("email", ALICE)


def work(*queues):
    """Run what waits in the queues."""
    sqs = boto3.client("sqs")
    for url in queues or (settings.jobs_queue_url(), settings.send_queue_url()):
        while found := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10).get("Messages"):
            queue.handle({"Records": [{"messageId": one["MessageId"], "body": one["Body"]} for one in found]})
            for one in found:
                sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])


def mailed_code():
    work()
    return re.search(r"^(\d{6})\s*$", sent_mail()[-1].get_body(("plain",)).get_content(), re.M)[1]


@pytest.fixture
def ticket(browse, bob):
    made = receive(Incoming("email", "It has split.", Person("email", ALICE, "Alice"), subject="My board")).ticket
    send_reply.reply(made.id, bob, Reply("With oil."))
    send_reply.reply(made.id, bob, Reply("She complains a lot.", visibility="internal"))
    change_customer_note.write(made.customer_id, bob, "Difficult.")
    change_ticket(made.id, {"status": "solved", "tags": ("difficult",)}, SYSTEM)
    rate_ticket.rate(made.id, "yes", "Thank you.", Actor("customer", made.customer_id))
    return made


def archive(browser):
    """The one archive that the page leads to, out of the bucket."""
    link = browser.page.select_one("a.file")["href"]
    browser.go(link)
    assert "amazonaws.com" in browser.address
    key = browser.address.split("?")[0].split("/", 3)[3]
    body = boto3.client("s3").get_object(Bucket=settings.files_bucket(), Key=key)["Body"].read()
    return zipfile.ZipFile(io.BytesIO(body))


def records(found, kind):
    return [json.loads(line) for line in found.read(f"{kind}.jsonl").splitlines()]


def test_she_takes_a_copy_of_what_she_said_and_was_told(browse, ticket):
    browser = browse(ALICE).go(HERE)
    browser.send(f"{HERE}/copies")
    assert "being made" in browser.text
    work()
    found = archive(browser.go(HERE))

    assert [one["text"] for one in records(found, "messages")] == ["It has split.", "With oil."]
    assert [one["words"] for one in records(found, "ratings")] == ["Thank you."]
    assert records(found, "customers")[0]["name"] == "Alice"
    whole = b"".join(found.read(name) for name in found.namelist()).decode()
    assert not any(word in whole for word in ("complains", "Difficult", "difficult"))


def test_charlie_has_no_copy_of_hers(browse, ticket):
    browser = browse(ALICE).go(HERE)
    browser.send(f"{HERE}/copies")
    work()
    link = browser.go(HERE).page.select_one("a.file")["href"]

    assert browse(CHARLIE).go(link).status == 404
    assert browse().go(link).address == "/en/sign-in"
    assert not browse(CHARLIE).go(HERE).page.select("a.file")


def test_two_copies_a_day_and_one_at_a_time(browse, ticket, monkeypatch):
    monkeypatch.setattr(export_own_data, "DAILY", replace(export_own_data.DAILY, most=1))
    browser = browse(ALICE).go(HERE)
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    for _ in range(2):
        assert browser.post(f"{HERE}/copies", csrf=token).status == 200
    assert len(created_lists.page("JOB", 10, None).ids) == 1
    work()

    assert browser.post(f"{HERE}/copies", csrf=token).status == 429
    assert "Two copies a day" in browser.text


def test_she_is_forgotten_a_week_after_she_confirmed_it_by_a_code(browse, ticket):
    browser = browse(ALICE).go(HERE)
    browser.send(f"{HERE}/erasure").send(f"{HERE}/erasure/confirm", code=mailed_code())
    assert "We erase your data on" in browser.text

    clock.shift(6 * DAY)
    run_due.sweep()
    work()
    assert alice() is not None

    clock.shift(DAY + 60)
    run_due.sweep()
    work()
    assert alice() is None
    assert tickets.get(ticket.id).subject == "Erased"
    assert (ratings.get(ticket.id).answer, ratings.get(ticket.id).words) == ("yes", "")
    assert data_wishes.find([ticket.customer_id], data_wishes.ERASURE) is None
    assert browser.go(HERE).address == "/en/sign-in"


def test_she_thinks_better_of_it(browse, ticket):
    browser = browse(ALICE).go(HERE)
    browser.send(f"{HERE}/erasure").send(f"{HERE}/erasure/confirm", code=mailed_code())
    browser.send(f"{HERE}/erasure/cancel")
    assert "Erase my data" in browser.text

    clock.shift(8 * DAY)
    run_due.sweep()
    work()
    assert alice() is not None


def test_a_code_for_another_purpose_erases_nobody_and_this_one_adds_no_contact(browse, ticket):
    browser = browse(ALICE).go("/en/preferences")
    browser.send("/en/preferences/contacts", contact="work@example.org")
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    assert browser.post(f"{HERE}/erasure/confirm", csrf=token, code=mailed_code()).status == 422

    browser.go(HERE).send(f"{HERE}/erasure")
    assert browser.post("/en/preferences/code", csrf=token, code=mailed_code()).status == 422
    assert data_wishes.find([alice().id], data_wishes.ERASURE) is None


def test_wrong_digits_erase_nobody(browse, ticket):
    browser = browse(ALICE).go(HERE)
    browser.send(f"{HERE}/erasure")

    assert browser.send(f"{HERE}/erasure/confirm", code="0").status == 422
    assert data_wishes.find([alice().id], data_wishes.ERASURE) is None


def test_without_a_code_nobody_is_erased(browse, ticket):
    browser = browse(ALICE).go(HERE)
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]

    assert browser.post(f"{HERE}/erasure/confirm", csrf=token, code="123456").status == 422
    assert data_wishes.find([alice().id], data_wishes.ERASURE) is None


@pytest.mark.parametrize("page", ["", "/erasure", "/copies/diwan-own-export-1.zip"])
def test_who_is_not_signed_in_sees_nothing(browse, page):
    assert browse().go(f"{HERE}{page}").address == "/en/sign-in"


def test_an_export_of_hers_goes_when_she_is_forgotten(browse, ticket):
    browser = browse(ALICE).go(HERE)
    browser.send(f"{HERE}/copies")
    work()
    job = export_own_data.find(alice()).job
    erase_customer.erase(alice().id, SYSTEM)
    work()

    left = boto3.client("s3").list_objects_v2(Bucket=settings.files_bucket(), Prefix=f"{jobs.folder(job.id)}/")
    assert left["KeyCount"] == 0
    assert data_wishes.find([ticket.customer_id], data_wishes.EXPORT) is None
