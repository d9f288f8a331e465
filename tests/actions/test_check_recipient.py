"""Nothing is sent to whom it may not: what is known of an address counts when the mail is about to go."""

import pytest

from chalicelib import clock
from chalicelib.actions import change_customer, record_delivery
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_message import receive
from chalicelib.actions.record_delivery import Report
from chalicelib.actions.retry_delivery import retry
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import Actor
from chalicelib.store import customers, deliveries, marked_addresses
from tests.actions.conftest import mail, sent_mail, sent_sms, store_mail

ALICE, CHARLIE = "alice@example.org", "charlie@example.net"
BOB = Actor("agent", "agt_bob")


@pytest.fixture
def ticket(bob):
    return opened(ALICE)


def opened(email, **fields):
    person = Person("email", email, "Alice", "en")
    return receive(Incoming("email", "Can it be saved?", person, subject="My board", answerable=False, **fields)).ticket


def stands(sent, purpose="reply"):
    return deliveries.get(sent.ticket.id, sent.message.id, purpose)


def heard(sent, address, mark):
    """SES tells, of one recipient, that the mail came back for good, or that he complained."""
    state, reason = {"bounce": ("bounced", "no-such-mailbox"), "complaint": ("delivered", "complaint")}[mark]
    found = stands(sent)
    record_delivery.record(Report(state, found.provider_id, found.tag, None, address, reason, mark))


def sent_out():
    """The mails to others than agents, who are told of what did not arrive."""
    return [one for one in sent_mail() if one["To"] != "bob@ghusn.example"]


def opt_out(email):
    customer = customers.by_contact("email", email) or change_customer.create(
        {"name": "Charlie", "locale": "en"}, [ContactWish("email", email)], BOB
    )
    change_customer.change(customer.id, {}, [ContactWish("email", email, opted_out=True)], BOB)


@pytest.mark.parametrize(("mark", "reason"), [("bounce", "known-to-bounce"), ("complaint", "complaint")])
def test_who_is_in_copy_and_no_customer_is_not_written_to_again(run, bob, ticket, mark, reason):
    first = reply(ticket.id, bob, Reply("Yes.", cc=(CHARLIE,)))
    run()
    heard(first, CHARLIE, mark)

    second = reply(ticket.id, bob, Reply("Bring it along."))
    run()

    assert sent_out()[-1]["Cc"] is None
    assert stands(second).copies == {CHARLIE: reason}


def test_a_complaint_is_not_undone_by_a_bounce(run, bob, ticket):
    first = reply(ticket.id, bob, Reply("Yes.", cc=(CHARLIE,)))
    run()
    heard(first, CHARLIE, "complaint")
    heard(first, CHARLIE, "bounce")

    assert marked_addresses.mark_of("Charlie@example.net") == "complaint"


@pytest.mark.parametrize("how", ["opted-out", "complaint"])
def test_an_answer_that_waits_is_not_sent_to_who_wants_none_by_then(run, bob, ticket, how):
    waiting = reply(ticket.id, bob, Reply("Yes."))
    if how == "opted-out":
        opt_out(ALICE)
    else:
        record_delivery.suppress(ALICE, "complaint")
    run()

    assert sent_out() == []
    assert (stands(waiting).state, stands(waiting).reason) == ("suppressed", how)


def test_an_sms_that_waits_is_not_sent_to_who_wants_none_by_then(run, bob):
    phone = "+21620555014"
    ticket = receive(Incoming("sms", "Can it be saved?", Person("phone", phone, "Alice"), answerable=False)).ticket
    waiting = reply(ticket.id, bob, Reply("Yes."))
    customer = customers.by_contact("phone", phone)
    change_customer.change(customer.id, {}, [ContactWish("phone", phone, opted_out=True)], BOB)
    run()

    assert sent_sms() == []
    assert (stands(waiting).state, stands(waiting).reason) == ("suppressed", "opted-out")


def test_an_answer_that_waits_is_not_sent_to_who_has_the_address_by_then(run, bob, ticket):
    waiting = reply(ticket.id, bob, Reply("Yes."))
    alice = customers.by_contact("email", ALICE)
    change_customer.change(alice.id, {}, [ContactWish("email", "alice.new@example.org")], BOB)
    change_customer.create({"name": "Charlie", "locale": "en"}, [ContactWish("email", ALICE)], BOB)
    run()

    assert sent_out() == []
    assert stands(waiting).state == "failed"


def test_an_address_that_was_taken_off_the_customer_since_is_still_his(run, bob, ticket):
    waiting = reply(ticket.id, bob, Reply("Yes."))
    alice = customers.by_contact("email", ALICE)
    change_customer.change(alice.id, {}, [ContactWish("email", "alice.new@example.org")], BOB)
    run()

    assert [one["To"] for one in sent_out()] == [ALICE]
    assert stands(waiting).state == "sent"


def test_who_wants_no_mail_gets_no_receipt(run, bob):
    receive_mail(store_mail(mail()))
    run()
    assert len(sent_out()) == 1
    opt_out(ALICE)
    clock.shift(3 * 86_400)

    taken_in = receive_mail(store_mail(mail("Another", "Good evening")))
    run()

    assert len(sent_out()) == 1
    assert deliveries.get(taken_in.ticket_id, taken_in.message_id, "receipt").state == "suppressed"


def test_in_copy_is_only_who_still_wants_it_when_the_mail_goes(run, bob, ticket):
    waiting = reply(ticket.id, bob, Reply("Yes.", cc=(CHARLIE, "dana@example.net")))
    opt_out(CHARLIE)
    run()

    assert sent_out()[-1]["Cc"] == "dana@example.net"
    assert (stands(waiting).state, stands(waiting).copies) == ("sent", {CHARLIE: "opted-out"})


def test_a_failed_answer_sent_again_goes_in_copy_to_who_still_wants_it(run, bob, ticket):
    sent = reply(ticket.id, bob, Reply("Yes.", cc=(CHARLIE,)))
    clock.shift(4 * 86_400)
    run()
    assert stands(sent).state == "failed"
    opt_out(CHARLIE)

    retry(ticket.id, sent.message.id, BOB)
    run()

    assert [(one["To"], one["Cc"]) for one in sent_out()] == [(ALICE, None)]
    assert stands(sent).copies == {CHARLIE: "opted-out"}


@pytest.mark.parametrize("address", ["علي@example.net", "x@exa_mple.net", "a" * 65 + "@example.net"])
def test_an_address_no_mail_can_be_sent_to_is_left_out_and_told(run, bob, address):
    sent = reply(opened(ALICE, cc=(address, CHARLIE)).id, bob, Reply("Yes."))
    run()

    assert sent_out()[-1]["Cc"] == CHARLIE
    assert (stands(sent).state, stands(sent).copies) == ("sent", {address: "bad-address"})


def test_a_customer_no_mail_can_be_sent_to_is_not_answered_and_it_shows(run, bob):
    sent = reply(opened("علي@example.net").id, bob, Reply("Yes."))
    run()

    assert (stands(sent).state, sent_out()) == ("failed", [])
    assert "علي@example.net" in stands(sent).detail


def test_a_report_names_a_domain_in_another_script_by_its_ascii_form(run, bob):
    ticket = opened("ali@bücher.example", cc=("dana@مثال.example",))
    sent = reply(ticket.id, bob, Reply("Yes."))
    run()

    heard(sent, "dana@xn--mgbh0fb.example", "bounce")
    heard(sent, "ali@xn--bcher-kva.example", "bounce")

    assert (stands(sent).state, stands(sent).copies) == ("bounced", {"dana@مثال.example": "no-such-mailbox"})
    assert customers.by_contact("email", "ali@bücher.example").contacts[0].suppressed
    assert marked_addresses.mark_of("dana@مثال.example") == "bounce"
