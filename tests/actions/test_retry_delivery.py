"""A message that failed or came back is sent again, once however often it is asked, and nothing else changes."""

import threading

import pytest

from chalicelib import clock
from chalicelib.actions import change_customer, record_delivery
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.record_delivery import Report
from chalicelib.actions.retry_delivery import retry
from chalicelib.actions.send_reply import Reply, reply
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, DiwanError, Invalid, NotFound, VersionMismatch
from chalicelib.store import customers, deliveries, tickets
from infra.local import suppression_list
from tests.actions.conftest import sent_mail

ALICE, CHARLIE = "alice@example.org", "charlie@example.net"
BOB = Actor("agent", "agt_bob")


@pytest.fixture
def sent(run, bob):
    """Bob's answer to Alice, with Charlie in copy, that went out."""
    arrived = receive(
        Incoming(
            "email", "Can it be saved?", Person("email", ALICE, "Alice", "en"), subject="My board", answerable=False
        )
    )
    made = reply(arrived.ticket.id, bob, Reply("Yes.", cc=(CHARLIE,)))
    run()
    return made


def stands(sent):
    return deliveries.get(sent.ticket.id, sent.message.id, "reply")


def bounced(sent, mark="bounce"):
    provider_id = stands(sent).provider_id
    record_delivery.record(
        Report("bounced", provider_id, sent.delivery.tag, "550 5.1.1", ALICE, "no-such-mailbox", mark)
    )
    return provider_id


def contact():
    return customers.by_contact("email", ALICE).contacts[0]


def test_what_came_back_is_sent_again_to_the_customer_alone(run, sent):
    bounced(sent)
    suppression_list.listed.add(ALICE)
    before = tickets.get(sent.ticket.id)

    made = retry(sent.ticket.id, sent.message.id, BOB)
    run()

    assert (made.delivery.state, stands(sent).state) == ("queued", "sent")
    first, again = sent_mail()
    assert (again["To"], again["Subject"], again["References"]) == (first["To"], first["Subject"], first["References"])
    assert again["Reply-To"] == first["Reply-To"]
    assert not contact().suppressed
    assert ALICE not in suppression_list.listed
    assert tickets.get(sent.ticket.id) == before


def test_pressed_again_it_is_refused_and_not_sent_again(run, sent):
    bounced(sent)
    retry(sent.ticket.id, sent.message.id, BOB)

    with pytest.raises(Conflict) as refusal:
        retry(sent.ticket.id, sent.message.id, BOB)
    run()

    assert refusal.value.code == "not-retryable"
    assert len(sent_mail()) == 2


def test_pressed_by_many_at_once_it_is_sent_once(one_request_at_a_time, run, sent):
    bounced(sent)
    outcomes = []

    def press():
        try:
            outcomes.append(retry(sent.ticket.id, sent.message.id, BOB).delivery.state)
        except DiwanError as error:
            outcomes.append(error.code)

    pressing = [threading.Thread(target=press) for _ in range(6)]
    for thread in pressing:
        thread.start()
    for thread in pressing:
        thread.join()
    run()

    assert sorted(outcomes) == ["not-retryable"] * 5 + ["queued"]
    assert len(sent_mail()) == 2


def test_reports_of_the_sending_before_count_no_more(run, sent):
    first_id = bounced(sent)
    retry(sent.ticket.id, sent.message.id, BOB)

    for tag in (sent.delivery.tag, None):
        record_delivery.record(Report("bounced", first_id, tag, "late", ALICE, "no-such-mailbox", "bounce"))
    run()

    assert (stands(sent).state, contact().suppressed) == ("sent", False)


def test_it_can_come_back_and_be_sent_again_and_again(run, sent):
    for _ in range(2):
        bounced(sent)
        assert stands(sent).state == "bounced"
        retry(sent.ticket.id, sent.message.id, BOB)
        run()

    assert (stands(sent).state, len(sent_mail())) == ("sent", 3)


def test_what_was_written_long_ago_can_still_be_sent_again(run, sent):
    bounced(sent)
    clock.shift(10 * 24 * 3600)

    retry(sent.ticket.id, sent.message.id, BOB)
    run()

    assert stands(sent).state == "sent"


def test_what_never_went_out_is_sent_to_all_who_were_to_have_it(run, sent):
    record_delivery.record(Report("failed", stands(sent).provider_id, sent.delivery.tag, "Bad content", reason="virus"))

    assert not retry(sent.ticket.id, sent.message.id, BOB).delivery.alone


def test_what_arrived_is_not_sent_again(sent):
    with pytest.raises(Conflict) as refusal:
        retry(sent.ticket.id, sent.message.id, BOB)

    assert refusal.value.code == "not-retryable"


def test_a_complaint_is_not_undone(sent):
    bounced(sent, "complaint")

    with pytest.raises(Invalid) as refusal:
        retry(sent.ticket.id, sent.message.id, BOB)

    assert (refusal.value.code, stands(sent).state) == ("recipient-complained", "bounced")
    assert contact().suppressed


def test_it_is_sent_again_only_to_what_is_still_the_customers_own(sent):
    """Else whoever has the address by now would read what was written to Alice."""
    bounced(sent)
    alice = customers.by_contact("email", ALICE)
    change_customer.change(alice.id, {}, [ContactWish("email", "alice.new@example.org")], BOB)
    with pytest.raises(Invalid) as nobodys:
        retry(sent.ticket.id, sent.message.id, BOB)

    change_customer.create({"name": "Mallory", "locale": "en"}, [ContactWish("email", ALICE)], BOB)
    with pytest.raises(Invalid) as anothers:
        retry(sent.ticket.id, sent.message.id, BOB)

    assert (nobodys.value.code, anothers.value.code) == ("no-contact", "no-contact")


def test_a_complaint_outlives_the_contact_that_it_came_from(sent):
    bounced(sent, "complaint")
    suppression_list.listed.add(ALICE)
    alice = customers.by_contact("email", ALICE)
    for address in ("alice.new@example.org", ALICE):
        alice = change_customer.change(alice.id, {}, [ContactWish("email", address)], BOB)

    with pytest.raises(Invalid) as refusal:
        retry(sent.ticket.id, sent.message.id, BOB)

    assert (refusal.value.code, ALICE in suppression_list.listed) == ("recipient-complained", True)


def test_what_ses_has_on_its_list_for_a_reason_unknown_to_us_stays_there(run, sent):
    bounced(sent, mark=None)
    suppression_list.listed.add(ALICE)

    retry(sent.ticket.id, sent.message.id, BOB)
    run()

    assert (stands(sent).state, ALICE in suppression_list.listed) == ("sent", True)


def test_a_ticket_that_changed_meanwhile_is_told_to_who_asks_for_its_version(sent):
    bounced(sent)
    with pytest.raises(VersionMismatch):
        retry(sent.ticket.id, sent.message.id, BOB, version=tickets.get(sent.ticket.id).version + 1)

    assert stands(sent).state == "bounced"


def test_a_message_of_another_ticket_is_not_found(sent):
    other = receive(Incoming("email", "Hello", Person("email", CHARLIE, "Charlie", "en"), subject="Another"))

    for message_id in (sent.message.id, "msg_nothing"):
        with pytest.raises(NotFound):
            retry(other.ticket.id, message_id, BOB)


def test_ses_out_of_reach_leaves_all_as_it_was(sent, monkeypatch):
    bounced(sent)

    def fail(email):
        raise TimeoutError

    monkeypatch.setattr("chalicelib.channels.suppression_list.remove", fail)
    with pytest.raises(TimeoutError):
        retry(sent.ticket.id, sent.message.id, BOB)

    assert (stands(sent).state, contact().suppressed) == ("bounced", True)
