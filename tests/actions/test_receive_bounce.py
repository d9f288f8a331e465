"""A bounce that came as a mail is believed as far as it proves that it had our mail in hand."""

import pytest

from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_message import receive
from chalicelib.actions.retry_delivery import retry
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import Actor
from chalicelib.store import customers, deliveries, tickets
from tests.actions.conftest import sent_mail, store_mail

ALICE = "alice@example.org"


@pytest.fixture
def sent(run, bob):
    """Bob's answer to Alice, that went out."""
    arrived = receive(
        Incoming(
            "email", "Can it be saved?", Person("email", ALICE, "Alice", "en"), subject="My board", answerable=False
        )
    )
    made = reply(arrived.ticket.id, bob, Reply("Yes."))
    run()
    return made


def report(returned, email=ALICE, action="failed", status="5.1.1", said="550 5.1.1 unknown"):
    """As Postfix writes it; `returned` is the head of the mail that came back."""
    return f"""Return-Path: <>
From: MAILER-DAEMON@mx.example.net
To: help@ghusn.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=cut

--cut
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.net

Final-Recipient: rfc822; {email}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--cut
Content-Type: text/rfc822-headers

{returned}

--cut--
""".replace("\n", "\r\n").encode()


def stands(sent):
    return deliveries.get(sent.ticket.id, sent.message.id, "reply")


def by_id(sent):
    return f"Message-ID: <{stands(sent).provider_id}@eu-west-1.amazonses.com>"


def by_address(sent):
    return f"Reply-To: {sent_mail()[0]['Reply-To']}"


def is_suppressed():
    return customers.by_contact("email", ALICE).contacts[0].suppressed


@pytest.mark.parametrize("proof", [by_id, by_address])
def test_a_permanent_one_marks_the_sending_and_the_contact(sent, proof):
    before = tickets.get(sent.ticket.id)

    outcome = receive_mail(store_mail(report(proof(sent))))

    assert (outcome.outcome, outcome.reason, outcome.message_id) == ("message", "bounce", sent.message.id)
    assert (stands(sent).state, stands(sent).reason) == ("bounced", "no-such-mailbox")
    assert stands(sent).detail == "smtp; 550 5.1.1 unknown"
    assert is_suppressed()
    assert tickets.get(sent.ticket.id) == before


@pytest.mark.parametrize(
    ("status", "said", "reason"),
    [
        ("5.2.2", "552 5.2.2 over quota", "mailbox-full"),
        ("5.3.4", "552 5.3.4 too big", "too-large"),
        ("5.7.1", "550 5.7.1 looks like spam", "taken-for-spam"),
        ("4.7.1", "450 4.7.1 greylisted", "greylisted"),
    ],
)
def test_what_says_nothing_about_the_next_mail_marks_no_contact(sent, status, said, reason):
    receive_mail(store_mail(report(by_id(sent), status=status, said=said)))

    assert (stands(sent).state, stands(sent).reason) == ("bounced", reason)
    assert not is_suppressed()


def test_a_warning_that_it_takes_long_is_no_failure(sent):
    outcome = receive_mail(
        store_mail(report(by_id(sent), action="delayed", status="4.4.1", said="421 4.4.1 no answer"))
    )

    assert outcome.reason == "bounce"
    assert (stands(sent).state, stands(sent).reason) == ("sent", "no-answer")


def test_one_about_somebody_else_marks_nobody(sent):
    outcome = receive_mail(store_mail(report(by_id(sent), email="charlie@example.net")))

    assert (outcome.outcome, outcome.reason) == ("suspended", "unknown-bounce")
    assert (stands(sent).state, is_suppressed()) == ("sent", False)


def test_one_about_somebody_in_copy_is_told_beside_the_sending(run, bob, sent):
    copied = reply(sent.ticket.id, bob, Reply("Bring it along.", cc=("charlie@example.net",)))
    run()
    taken_in = receive_mail(store_mail(report(sent_mail()[-1].as_string().partition("\n\n")[0], "charlie@example.net")))
    again = reply(sent.ticket.id, bob, Reply("By Friday."))
    run()

    assert (taken_in.outcome, taken_in.reason) == ("message", "bounce")
    assert (stands(copied).state, stands(copied).copies) == ("sent", {"charlie@example.net": "no-such-mailbox"})
    assert (stands(again).copies, sent_mail()[-1]["Cc"]) == ({}, "charlie@example.net")


def test_one_that_returns_no_mail_of_ours_is_kept_apart(sent):
    outcome = receive_mail(store_mail(report("Message-ID: <forged@elsewhere.example>")))

    assert (outcome.outcome, outcome.reason) == ("suspended", "unknown-bounce")
    assert (stands(sent).state, is_suppressed()) == ("sent", False)


def test_one_of_the_sending_before_a_retry_counts_no_more(run, sent):
    first = report(by_id(sent))
    receive_mail(store_mail(first))
    retry(sent.ticket.id, sent.message.id, Actor("agent", "agt_bob"))
    run()

    outcome = receive_mail(store_mail(first.replace(b"Undelivered", b"Again: undelivered")))

    assert outcome.reason == "bounce"
    assert (stands(sent).state, is_suppressed()) == ("sent", False)
