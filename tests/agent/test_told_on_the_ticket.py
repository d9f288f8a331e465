"""What a ticket says of itself before an agent writes: what did not arrive, whom it is about, what it refers to."""

from dataclasses import replace

import pytest

from chalicelib.actions import record_delivery, retry_delivery, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.record_delivery import Report
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import Actor
from chalicelib.store import shop, tickets
from chalicelib.store.changes import Changes


@pytest.fixture
def sent(ticket, bob):
    return send_reply.reply(ticket.id, bob, Reply("Yes."))


def tell(sent, state, reason, mark=None):
    record_delivery.record(Report(state, "ses-1", sent.delivery.tag, None, "alice@example.org", reason, mark))


def composer(desk, ticket):
    desk.go(f"/agent/tickets/{ticket.number}")
    return " ".join(desk.page.select_one("form.for-reply").text.split())


def test_an_answer_that_did_not_arrive_is_said_where_the_next_is_written(desk, ticket, sent, bob):
    tell(sent, "bounced", "mailbox-full")
    assert "The last answer did not reach alice@example.org. The mailbox is full." in composer(desk, ticket)

    send_reply.reply(ticket.id, bob, Reply("Once more."))
    assert "The last answer" not in composer(desk, ticket)


def test_a_complaint_is_not_told_as_what_came_back(desk, ticket, sent):
    tell(sent, "delivered", "complaint", "complaint")
    assert "The last answer was marked as spam." in composer(desk, ticket)

    desk.send(f"/agent/tickets/{ticket.number}/replies", text="Are you there?", way="email:alice@example.org")
    assert "marked our mail as spam, so nothing was sent" in desk.text
    assert "came back" not in desk.text
    assert "Are you there?" in desk.page.select_one("textarea#text").text


def test_an_address_that_takes_nothing_is_said_before_anything_is_written(desk, ticket, sent):
    record_delivery.suppress("alice@example.org", "complaint")
    assert "It was marked as spam, so nothing more is sent to this address." in composer(desk, ticket)


def test_what_came_back_stays_told_after_it_is_sent_again(desk, ticket, sent, bob):
    tell(sent, "bounced", "mailbox-full")
    retry_delivery.retry(ticket.id, sent.message.id, Actor("agent", bob.id))
    record_delivery.record(Report("delivered", "ses-2", sent.delivery.tag, None, "alice@example.org"))

    desk.go(f"/agent/tickets/{ticket.number}")
    lines = [" ".join(one.text.split()) for one in desk.page.select(".sent")]
    assert "was sent again. The mailbox is full." in lines[0]
    assert lines[1].startswith("Delivered to alice@example.org")


def test_who_writes_only_arabic_is_said_to_write_arabic(desk):
    sara = Person("email", "sara@example.org", "سارة")
    ticket = receive(Incoming("email", "هل يمكن إصلاحه؟", sara, subject="انكسر اللوح")).ticket

    assert "writes Arabic" in desk.go(f"/agent/tickets/{ticket.number}").text


def test_the_ticket_that_a_mail_pointed_at_is_linked_to(desk, ticket):
    stranger = Person("email", "charlie@example.net", "Charlie", "en")
    other = receive(Incoming("email", "As Alice said", stranger, subject="Her board")).ticket
    change = Changes()
    tickets.save(change, replace(other, linked_ticket_id=ticket.id), shop.read().rules)
    change.commit()

    desk.go(f"/agent/tickets/{other.number}")
    assert desk.page.select_one(f'.sys a[href="/agent/tickets/{ticket.number}"]').text.endswith("My board has split")
