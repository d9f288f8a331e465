"""Of a customer who is forgotten no raw mail stays either, whatever it became, and no file that was taken out of it."""

import pytest

from chalicelib import clock
from chalicelib.actions import change_customer, erase_customer, release_mail
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.channels import email_in
from chalicelib.domain.event import SYSTEM
from chalicelib.store import files, intake, jobs, tickets
from tests.actions.conftest import mail, sent_mail, store_mail
from tests.actions.erasing.conftest import KEY, everything, telling, with_picture
from tests.actions.test_account_mail import check
from tests.actions.test_receive_mail import bounce_of

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def first(bob):
    return receive_mail(store_mail(with_picture()))


@pytest.fixture
def erased(run):
    """Forgets whose ticket it is; returns where anything still tells of Alice."""

    def erase(ticket_id):
        job = erase_customer.erase(tickets.get(ticket_id).customer_id, KEY)
        run()
        assert jobs.get(job.id).state == "done"
        return telling("alice", "PNG not really")

    return erase


def test_the_same_mail_under_another_id_goes_too(first, erased):
    assert receive_mail(store_mail(with_picture())).outcome == "duplicate"

    assert erased(first.ticket_id) == []


def test_the_same_mail_that_an_agent_released_goes_too(first, erased):
    held = store_mail(with_picture(), spam="FAIL")
    receive_mail(held)
    assert release_mail.release(held.id, SYSTEM).outcome == "duplicate"

    assert erased(first.ticket_id) == []


def test_a_mailed_bounce_of_what_was_sent_to_her_goes_too(first, erased, run, bob):
    reply(first.ticket_id, bob, Reply("Yes."))
    run()
    bounced = store_mail(bounce_of(sent_mail()[-1]["Reply-To"]))
    assert receive_mail(bounced).reason == "bounce"

    assert erased(first.ticket_id) == []
    assert files.find_mail(bounced.key) is None


@pytest.mark.parametrize("days", [0, 15, 400])
def test_a_mail_of_hers_that_failed_goes_too_however_long_ago(first, erased, monkeypatch, days):
    failed = store_mail(with_picture().replace(b"Hello", b"Another"))
    with monkeypatch.context() as broken:
        broken.setattr(email_in, "read", lambda raw: 1 / 0)
        check(failed.key, tries=5)
    assert intake.of_mail(failed.id).outcome == "failed"
    clock.shift(days * 86_400)
    release_mail.expire()

    assert erased(first.ticket_id) == []


def test_a_mail_of_hers_that_an_agent_deleted_goes_too(first, erased):
    offer = store_mail(with_picture().replace(b"Hello", b"Buy"), spam="FAIL")
    receive_mail(offer)
    release_mail.put_into_bin(offer.id)

    assert erased(first.ticket_id) == []
    assert files.find_mail(offer.key) is None


def test_a_failed_mail_of_charlie_stays(first, erased, monkeypatch):
    failed = store_mail(b"From: Charlie <charlie@example.net>\r\n\r\nHello")
    with monkeypatch.context() as broken:
        broken.setattr(email_in, "read", lambda raw: 1 / 0)
        check(failed.key, tries=5)

    assert erased(first.ticket_id) == []
    assert any(failed.key in at for at in everything())


@pytest.mark.parametrize(
    ("wish", "reason"), [({"opted_out": True}, "opted-out"), ({"suppressed": True}, "switched-off"), ({}, None)]
)
def test_who_wanted_no_mail_is_not_written_to_in_copy_once_he_is_erased(bob, run, wish, reason):
    charlie = change_customer.create({"name": "C"}, [ContactWish("email", "charlie@example.net", **wish)], KEY)
    erase_customer.erase(charlie.id, KEY)
    run()
    opened = receive_mail(store_mail(mail(Cc="charlie@example.net")))

    sent = reply(opened.ticket_id, bob, Reply("Yes."))
    run()

    told = tickets.thread(opened.ticket_id).deliveries[sent.message.id, "reply"].copies
    assert (told.get("charlie@example.net"), sent_mail()[-1]["Cc"]) == (
        reason,
        None if reason else "charlie@example.net",
    )
