"""An agent is mailed that an answer did not reach its customer: whoever wrote it, else whose ticket it is, once."""

from dataclasses import replace

import pytest

from chalicelib import ids
from chalicelib.actions import record_delivery, retry_delivery
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.record_delivery import Report
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.channels import email_out, sending
from chalicelib.domain.event import Actor
from chalicelib.store import deliveries, staff
from chalicelib.store.changes import Changes
from tests.actions.conftest import mail, mails_to, set_agent, store_mail, text_of

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture
def answered(bob, run):
    """Bob's answer in Alice's ticket, which is assigned to nobody; it has gone out."""
    ticket_id = receive_mail(store_mail(mail())).ticket_id
    change_ticket(ticket_id, {"assignee_id": None}, Actor("agent", bob.id))
    sent = reply(ticket_id, bob, Reply("Let me look."))
    run()
    change_ticket(ticket_id, {"assignee_id": None}, Actor("agent", bob.id))
    run()
    return sent


@pytest.fixture
def dana(bob):
    change = Changes()
    made = replace(bob, id=ids.new("agt"), name="Dana", email="dana@ghusn.example", version=0)
    staff.add_agent(change, made)
    change.commit()
    return made


def bounce(sent, reason="mailbox-full", state="bounced", mark=None):
    carrier_id = deliveries.get(sent.ticket.id, sent.message.id, "reply").provider_id
    record_delivery.record(Report(state, carrier_id, sent.delivery.tag, "452 4.2.2", sent.delivery.to, reason, mark))


def test_who_wrote_an_answer_is_told_that_it_came_back_and_why(answered, run):
    bounce(answered)
    run()

    (notice,) = mails_to("bob@ghusn.example")
    assert "An answer did not arrive" in text_of(notice)
    assert "alice@example.org: The mailbox is full." in text_of(notice)
    assert "Let me look." in text_of(notice)
    assert f"https://help.ghusn.example/agent/tickets/{answered.ticket.number}" in text_of(notice)
    assert "wrote in a ticket of yours" not in str(notice)
    assert "The mailbox is full." in notice.get_body(("html",)).get_content()


def test_a_complaint_is_told_as_one(answered, run):
    bounce(answered, "complaint", "delivered", mark="complaint")
    run()

    (notice,) = mails_to("bob@ghusn.example")
    assert "An answer was marked as spam" in text_of(notice)
    assert "did not arrive" not in str(notice)


def test_what_failed_for_good_is_told(bob, answered, run, monkeypatch):
    send = email_out.send
    refused = sending.Rejected("The mail is too large for the mail service.")

    def choosy(raw, *, to, delivery_id):
        if "alice" in to[0]:
            raise refused
        return send(raw, to=to, delivery_id=delivery_id)

    monkeypatch.setattr(email_out, "send", choosy)
    reply(answered.ticket.id, bob, Reply("One more thing."))
    run()

    (notice,) = mails_to("bob@ghusn.example")
    assert "One more thing." in text_of(notice)


def test_one_answer_is_told_of_once_however_often_it_is_tried(answered, bob, run):
    for _ in range(2):
        bounce(answered)
        bounce(answered, "no-such-mailbox")
        run()
        retry_delivery.retry(answered.ticket.id, answered.message.id, Actor("agent", bob.id))
        run()

    assert len(mails_to("bob@ghusn.example")) == 1


def test_where_the_writer_wants_no_notices_the_assignee_is_told(answered, bob, dana, run):
    set_agent(bob, notifications="none")
    change_ticket(answered.ticket.id, {"assignee_id": dana.id}, Actor("agent", dana.id))
    bounce(answered)
    run()

    assert [len(mails_to(one.email)) for one in (bob, dana)] == [0, 1]


def test_nobody_is_told_where_nobody_wants_notices(answered, bob, run):
    set_agent(bob, notifications="none")
    bounce(answered)
    run()

    assert mails_to(bob.email) == []


def test_a_receipt_that_came_back_and_a_delay_are_told_to_nobody(answered, bob, run):
    bounce(answered, "mailbox-full", "sent")
    receipt = f"{answered.ticket.id}-{answered.ticket.last_public_id}-receipt"
    record_delivery.record(Report("bounced", "ses-2", receipt, None, "alice@example.org", "mailbox-full"))
    run()

    assert mails_to(bob.email) == []


def test_a_notice_that_came_back_is_told_to_nobody(answered, bob, run):
    bounce(answered)
    run()
    tag = f"{answered.ticket.id}-{answered.message.id}-loss_{bob.id}"
    record_delivery.record(Report("bounced", "ses-3", tag, None, bob.email, "mailbox-full", "bounce"))
    run()

    assert len(mails_to(bob.email)) == 1
