"""Every raw mail is exactly one of message, suspended, duplicate and failed, whatever became of its notice."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import boto3
import pytest

from chalicelib import settings
from chalicelib.actions import receive_mail as receive_mail_module
from chalicelib.actions import release_mail
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.channels import outgoing
from chalicelib.domain.event import SYSTEM
from chalicelib.inbound import notifications
from chalicelib.store import files, intake, raw_mail, suspended, tickets
from chalicelib.store.raw_mail import Counts
from tests.actions.conftest import mail, sent_mail, store_mail
from tests.actions.test_receive_mail import bounce_of

pytestmark = pytest.mark.usefixtures("cloud")


def notice(*keys, tries=1):
    """What S3 tells of these keys, as the queue gives it to the function for the so many-eth time."""
    records = [{"s3": {"object": {"key": key.replace("=", "%3D")}}} for key in keys]
    attributes = {"ApproximateReceiveCount": str(tries)}
    return {"Records": [{"messageId": "1", "body": json.dumps({"Records": records}), "attributes": attributes}]}


def check(*keys, tries=1):
    return notifications.handle(notice(*keys, tries=tries))["batchItemFailures"]


@pytest.fixture
def unreadable(monkeypatch):
    """Mails that no code of ours can take in."""
    with monkeypatch.context() as broken:
        broken.setattr(receive_mail_module.email_in, "read", lambda raw: 1 / 0)
        yield broken


def test_a_mail_that_was_taken_in_is_counted_once_however_often_it_is_told():
    stored = store_mail(mail())
    receive_mail(stored)

    for _ in range(3):
        assert check(stored.key, stored.key) == []

    assert raw_mail.counts() == Counts(seen=1, accounted=1)
    assert tickets.thread(intake.of_mail(stored.id).ticket_id).ticket.message_count == 1


def test_counts_at_the_same_moment_count_once(one_request_at_a_time):
    stored = store_mail(mail())
    receive_mail(stored)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: check(stored.key), range(4)))

    assert raw_mail.counts() == Counts(1, 1)


def test_a_mail_whose_notice_was_lost_is_kept_apart_and_not_let_in_unseen(run):
    stored = store_mail(mail())

    check(stored.key)
    run()

    found = suspended.get(stored.id)
    assert (found.reason, found.sender, found.subject) == ("unverified", "alice@example.org", "My board has split")
    assert intake.of_mail(stored.id).outcome == "suspended"
    assert raw_mail.counts() == Counts(1, 1)
    assert sent_mail() == []


def test_the_notice_that_comes_after_all_takes_the_mail_in_with_its_verdicts(run):
    stored, forged = store_mail(mail()), store_mail(mail(), dmarc="FAIL", dmarc_policy="REJECT")
    check(stored.key, forged.key)

    outcome = receive_mail(stored)
    receive_mail(forged)
    run()

    assert (outcome.outcome, suspended.get(stored.id)) == ("message", None)
    assert tickets.get(outcome.ticket_id).status == "new"
    assert suspended.get(forged.id).reason == "dmarc"
    assert receive_mail(stored) == intake.of_mail(stored.id)
    assert len(sent_mail()) == 1
    check(stored.key, forged.key)
    assert raw_mail.counts() == Counts(2, 2)


def test_a_check_that_comes_between_the_notice_and_its_message_keeps_nothing_apart(run, monkeypatch):
    stored, read = store_mail(mail()), receive_mail_module.email_in.read

    def read_slowly(raw):
        monkeypatch.setattr(receive_mail_module.email_in, "read", read)
        check(stored.key)
        return read(raw)

    monkeypatch.setattr(receive_mail_module.email_in, "read", read_slowly)
    outcome = receive_mail(stored)
    run()

    assert (outcome.outcome, suspended.get(stored.id)) == ("message", None)
    assert tickets.get(outcome.ticket_id).message_count == 1
    assert raw_mail.counts() == Counts(1, 1)


def test_a_late_notice_of_what_an_agent_deleted_brings_nothing_back():
    stored = store_mail(mail())
    check(stored.key)
    release_mail.delete(stored.id)

    assert receive_mail(stored).outcome == "suspended"
    assert suspended.get(stored.id) is None


def test_what_an_agent_releases_goes_into_the_ticket_whose_signed_address_it_names():
    first = receive_mail(store_mail(mail()))
    address = outgoing.reply_to(first.ticket_id, "alice@example.org")
    stored = store_mail(mail("Another subject", "And another text.", To=address))
    check(stored.key)

    assert release_mail.release(stored.id, SYSTEM).ticket_id == first.ticket_id


def test_a_mail_that_cannot_be_taken_in_is_missing_until_the_last_try_records_it_as_failed(unreadable):
    stored = store_mail(mail())

    for tries in (1, 2, 4):
        assert check(stored.key, tries=tries) == [{"itemIdentifier": "1"}]
        assert (raw_mail.counts(), raw_mail.counts().missing) == (Counts(1, 0), 1)
    assert check(stored.key, tries=5) == []

    outcome, found = intake.of_mail(stored.id), suspended.get(stored.id)
    assert outcome.outcome == "failed"
    assert outcome.reason.startswith("ZeroDivisionError in test_account_mail.py")
    assert (found.reason, found.error, found.size) == ("failed", outcome.reason, len(mail()))
    assert raw_mail.counts() == Counts(1, 1)
    check(stored.key)
    assert raw_mail.counts() == Counts(1, 1)


def test_a_failed_mail_is_a_message_once_its_notice_comes_again_and_the_code_is_mended(unreadable):
    stored = store_mail(mail())
    check(stored.key, tries=5)
    unreadable.undo()

    assert receive_mail(stored).outcome == "message"


def test_a_failed_mail_leaves_the_list_after_14_days_and_keeps_its_octets(unreadable):
    from chalicelib import clock

    stored = store_mail(mail())
    check(stored.key, tries=5)
    clock.shift(15 * 86_400)

    assert release_mail.expire() == 0
    assert suspended.get(stored.id) is None
    assert files.read_mail(stored.key) == mail()


def test_a_mail_that_is_gone_from_the_bucket_is_nobodys_and_not_counted():
    assert check("received/gone") == []
    assert raw_mail.counts() == Counts()


def test_what_lies_beside_received_mail_is_no_mail():
    boto3.client("s3").put_object(Bucket=settings.mail_bucket(), Key="imported/msg_1", Body=mail())

    assert check("imported/msg_1", "received/AMAZON_SES_SETUP_NOTIFICATION") == []
    assert notifications.handle(
        {"Records": [{"messageId": "1", "body": json.dumps({"Service": "Amazon S3", "Event": "s3:TestEvent"})}]}
    ) == {"batchItemFailures": []}
    assert (raw_mail.counts(), suspended.page(10).mails) == (Counts(), ())


def test_a_key_is_read_as_s3_writes_it():
    stored = store_mail(mail())
    boto3.client("s3").put_object(Bucket=settings.mail_bucket(), Key="received/a=b", Body=mail())
    receive_mail(replace(stored, id="a=b", key="received/a=b"))

    check("received/a=b")

    assert raw_mail.counts() == Counts(1, 1)


@pytest.fixture
def deadly(monkeypatch):
    """Mails that end the process that reads them, as one does that has no memory left."""

    def die(raw):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(receive_mail_module.email_in, "read", die)
        yield broken


def test_a_mail_that_kills_its_process_is_missing_until_the_last_try_leaves_it_as_failed(deadly):
    stored = store_mail(mail())

    for tries, counted in ((1, Counts(1, 0)), (4, Counts(1, 0)), (5, Counts(1, 1))):
        with pytest.raises(SystemExit):
            check(stored.key, tries=tries)
        assert raw_mail.counts() == counted

    assert (intake.of_mail(stored.id).outcome, suspended.get(stored.id).reason) == ("failed", "failed")
    deadly.undo()
    assert receive_mail(stored).outcome == "message"
    assert suspended.get(stored.id) is None


def test_a_mail_that_is_kept_apart_stays_so_while_its_late_notice_cannot_be_worked_off(monkeypatch):
    stored = store_mail(mail())
    check(stored.key)
    with monkeypatch.context() as broken:
        broken.setattr(receive_mail_module.email_in, "read", lambda raw: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            receive_mail(stored)

    assert suspended.get(stored.id).reason == "unverified"
    assert receive_mail(stored).outcome == "message"


def test_a_late_notice_of_a_mail_that_came_under_another_id_too_makes_it_a_duplicate():
    raw = mail(Message_ID="<one@example.org>")
    late, other = store_mail(raw), store_mail(raw)
    check(late.key)
    first = receive_mail(other)

    assert receive_mail(late).outcome == "duplicate"
    assert intake.of_mail(late.id).message_id == first.message_id
    assert suspended.get(late.id) is None


def test_a_late_notice_of_a_bounce_lets_it_go_from_what_is_suspended(run, bob):
    opened = receive_mail(store_mail(mail()))
    reply(opened.ticket_id, bob, Reply("Yes, it can."))
    run()
    returned = store_mail(bounce_of(outgoing.reply_to(opened.ticket_id, "alice@example.org")))
    check(returned.key)

    assert receive_mail(returned).reason == intake.of_mail(returned.id).reason == "bounce"
    assert suspended.get(returned.id) is None
