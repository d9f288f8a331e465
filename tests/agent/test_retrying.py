"""The desk tells in words what became of a sending, in both languages, and sends again what came back."""

import pytest

from chalicelib.actions import record_delivery, send_reply
from chalicelib.actions.record_delivery import Report
from chalicelib.actions.send_reply import Reply
from chalicelib.store import deliveries


@pytest.fixture
def sent(ticket, bob):
    return send_reply.reply(ticket.id, bob, Reply("Yes."))


def tell(sent, state, reason, detail=None, email="alice@example.org", mark=None):
    record_delivery.record(Report(state, "ses-1", sent.delivery.tag, detail, email, reason, mark))


def lines(desk):
    return " ".join(" ".join(one.text.split()) for one in desk.page.select(".sent"))


def page_of(ticket):
    return f"/agent/tickets/{ticket.number}"


def test_why_a_mail_came_back_is_said_with_what_the_other_side_said(desk, ticket, sent):
    tell(sent, "bounced", "no-such-mailbox", "smtp; 550 5.1.1 unknown")

    desk.go(page_of(ticket))

    assert "There is no such mailbox. Check the spelling." in lines(desk)
    assert desk.page.select_one(".sent small bdi").text == "smtp; 550 5.1.1 unknown"


def test_what_came_back_is_sent_again_by_a_plain_form(desk, ticket, sent):
    tell(sent, "bounced", "no-such-mailbox", mark="bounce")
    retry = f"{page_of(ticket)}/messages/{sent.message.id}/retry"

    desk.go(page_of(ticket)).send(retry)

    assert "The message is on its way again." in desk.text
    assert deliveries.get(ticket.id, sent.message.id, "reply").state == "queued"
    assert not desk.page.select('form[action$="/retry"]')


def test_a_form_sent_twice_has_worked_once(desk, ticket, sent):
    tell(sent, "bounced", "mailbox-full")
    desk.go(page_of(ticket))
    form = desk.page.select_one('form[action$="/retry"]')
    fields = {one["name"]: one["value"] for one in form.select("input")}
    for _ in range(2):
        desk.post(form["action"], **fields)
        assert "The message is on its way again." in desk.text


def test_a_complaint_is_said_and_stays(desk, ticket, sent):
    tell(sent, "bounced", "no-such-mailbox", mark="complaint")

    desk.go(page_of(ticket)).send(f"{page_of(ticket)}/messages/{sent.message.id}/retry")

    assert "marked our mail as spam" in desk.text
    assert deliveries.get(ticket.id, sent.message.id, "reply").state == "bounced"


def test_a_delay_is_no_failure(desk, ticket, sent):
    tell(sent, "sent", "mailbox-full")

    desk.go(page_of(ticket))

    assert "Still trying: The mailbox is full." in lines(desk)
    assert not desk.page.select('form[action$="/retry"]')


def test_a_copy_that_did_not_arrive_is_told(desk, ticket, sent):
    tell(sent, "bounced", "mailbox-full", email="charlie@example.net")

    desk.go(page_of(ticket))

    assert "charlie@example.net" in lines(desk)
    assert "The mailbox is full." in lines(desk)


def test_a_refusal_of_our_own_address_blames_us_in_words_and_not_the_customer(desk, ticket, sent):
    tell(sent, "failed", "own-address-unverified", "MessageRejected: Did not have authority to send from email x@y")

    desk.go(page_of(ticket))
    assert "does not let us send from our own address" in lines(desk)
    assert "MessageRejected" not in desk.text

    desk.send("/agent/language", button="ar").go(page_of(ticket))
    assert "لا تسمح لنا خدمة البريد بالإرسال من عنواننا" in lines(desk)
    assert "MessageRejected" not in desk.text
