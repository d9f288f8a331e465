"""An agent answers: once, to the right contact, and never past what he has not read."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import clock, settings
from chalicelib.actions import deliver_message, identify_customer, record_delivery, run_due
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Opening, Reply, reply, start
from chalicelib.channels import email_out, sending
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Invalid
from chalicelib.store import customers, shop, staff, tickets
from chalicelib.store.changes import Changes
from tests.actions.conftest import delayed_jobs, jobs_to_send, sent_mail, sent_sms

ALICE = Person("email", "alice@example.org", "Alice")
ALICES_PHONE = Person("phone", "+21620555014", "Alice")


@pytest.fixture
def ticket(bob):
    return receive(Incoming("email", "Can it be saved?", ALICE, subject="My board", answerable=False)).ticket


def test_a_public_answer_goes_out_once_and_makes_the_ticket_pending(run, bob, ticket):
    sent = reply(ticket.id, bob, Reply("Yes, it can."))
    run()

    (mail,) = sent_mail()
    assert mail["To"] == "alice@example.org"
    assert "Yes, it can." in mail.get_body(("plain",)).get_content()
    assert mail["Auto-Submitted"] is None
    found = tickets.thread(ticket.id)
    assert (found.ticket.status, found.ticket.waiting_since) == ("pending", None)
    assert found.deliveries[sent.message.id, "reply"].state == "sent"


def test_what_an_agent_wrote_as_html_goes_out_as_html(run, bob, ticket):
    reply(ticket.id, bob, Reply("Yes, it can.", html="<p>Yes, it <b>can</b>.</p>"))
    run()

    (mail,) = sent_mail()
    assert "<p>Yes, it <b>can</b>.</p>" in mail.get_body(("html",)).get_content()
    assert "Yes, it can." in mail.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("own", "copied"),
    [(None, ["charlie@example.org"]), (("dora@example.org",), ["dora@example.org"]), ((), [])],
)
def test_an_answer_by_mail_is_copied_to_the_tickets_people_unless_it_names_its_own(run, bob, ticket, own, copied):
    people = ("charlie@example.org", "alice@example.org", settings.support_email())
    change_ticket(ticket.id, {"cc": people}, Actor("agent", bob.id))
    reply(ticket.id, bob, Reply("Yes, it can.", cc=own))
    run()

    (mail,) = sent_mail()
    assert (mail["To"], mail["Cc"]) == ("alice@example.org", ", ".join(copied) or None)


def test_who_is_named_in_copy_takes_part_from_then_on_and_who_is_taken_off_does_not(bob, ticket):
    change_ticket(ticket.id, {"cc": ("charlie@example.org",)}, Actor("agent", bob.id))

    sent = reply(ticket.id, bob, Reply("Yes, it can.", cc=("dora@example.org", "alice@example.org")))
    assert (sent.message.cc, sent.ticket.cc) == (("dora@example.org",), ("charlie@example.org", "dora@example.org"))

    sent = reply(ticket.id, bob, Reply("It is done.", cc=("dora@example.org",), only_cc=True))
    assert sent.ticket.cc == ("dora@example.org",)
    assert reply(ticket.id, bob, Reply("Shipped.")).message.cc == ("dora@example.org",)


def test_a_copy_for_who_wants_no_mail_is_left_out_and_said_with_the_delivery(run, bob, ticket):
    receive(Incoming("email", "Hello", Person("email", "charlie@example.org"), answerable=False))
    charlie = customers.by_contact("email", "charlie@example.org")
    change = Changes()
    marked = identify_customer.with_contact(charlie, replace(charlie.contacts[0], opted_out_of=("email",)), clock.now())
    told = identify_customer.event_of(marked, "customer.updated", Actor("agent", bob.id))
    identify_customer.save_contact(change, charlie, marked, told)
    change.commit()

    sent = reply(ticket.id, bob, Reply("Yes.", cc=("charlie@example.org", "dora@example.org", "help@ghusn.example")))
    run()

    assert sent.message.cc == ("dora@example.org",)
    delivery = tickets.thread(ticket.id).deliveries[sent.message.id, "reply"]
    assert (delivery.state, delivery.copies) == ("sent", {"charlie@example.org": "opted-out"})
    (mail,) = sent_mail()
    assert (mail["To"], mail["Cc"]) == ("alice@example.org", "dora@example.org")


def test_a_note_and_an_answer_by_sms_are_copied_to_nobody(run, bob):
    ticket = receive(Incoming("sms", "Can it be saved?", ALICES_PHONE, answerable=False)).ticket
    change_ticket(ticket.id, {"cc": ("charlie@example.org",)}, Actor("agent", bob.id))

    assert reply(ticket.id, bob, Reply("Yes.")).message.cc == ()
    assert reply(ticket.id, bob, Reply("Third board.", visibility="internal")).message.cc == ()


@pytest.mark.parametrize(
    ("subject", "shown"),
    [
        ("My board", "Re: My board"),
        ("Re: My board", "Re: My board"),
        ("RE: Aw: رد: My board [#12]", "Re: My board"),
        ("Report on boards", "Re: Report on boards"),
    ],
)
def test_a_subject_says_once_that_it_is_an_answer_and_which_number_it_has(run, bob, subject, shown):
    ticket = receive(Incoming("email", "Can it be saved?", ALICE, subject=subject, answerable=False)).ticket
    reply(ticket.id, bob, Reply("Yes."))
    run()

    assert [mail["Subject"] for mail in sent_mail()] == [f"{shown} [#{ticket.number}]"]


def test_a_note_goes_to_nobody_and_changes_no_status(run, bob, ticket):
    reply(ticket.id, bob, Reply("Third board of this batch.", visibility="internal"))
    run()

    assert sent_mail() == []
    assert tickets.get(ticket.id).status == "new"


def test_an_answer_may_name_the_status(bob, ticket):
    assert reply(ticket.id, bob, Reply("Done.", status="solved")).ticket.status == "solved"


def test_who_has_not_read_the_newest_message_is_told(bob, ticket):
    seen = tickets.get(ticket.id).last_public_id
    receive(Incoming("email", "Wait, one more thing", ALICE, hints=()))
    reply(ticket.id, bob, Reply("First answer."))

    with pytest.raises(Conflict, match="newer message"):
        reply(ticket.id, bob, Reply("Second answer.", last_seen_message_id=seen))


def test_nothing_is_stored_for_a_customer_who_opted_out(bob, ticket):
    alice = customers.get(ticket.customer_id)
    quiet = replace(alice.contacts[0], opted_out_of=("email",))
    change = Changes()
    customers.save(change, alice, identify_customer.with_contact(alice, quiet, clock.now()))
    change.commit()

    with pytest.raises(Invalid) as refusal:
        reply(ticket.id, bob, Reply("Hello?"))

    assert refusal.value.code == "recipient-opted-out"
    assert tickets.get(ticket.id).message_count == 1


def test_an_answer_to_an_sms_is_an_sms(run, bob):
    ticket = receive(Incoming("sms", "Where is my parcel?", ALICES_PHONE)).ticket

    reply(ticket.id, bob, Reply("In Sfax, it leaves today."))
    run()

    assert sent_sms() == [("+21620555014", "In Sfax, it leaves today.")]


def test_an_answer_in_the_portal_also_goes_out_with_a_link(run, bob):
    ticket = receive(Incoming("portal", "لوحي تشقّق", ALICE, subject="لوح", locale="ar", answerable=False)).ticket

    reply(ticket.id, bob, Reply("سنرسل غيره."))
    run()

    (mail,) = sent_mail()
    text = mail.get_body(("plain",)).get_content()
    assert "سنرسل غيره." in text
    assert f"https://help.ghusn.example/ar/tickets/{ticket.number}" in text
    assert 'dir="rtl"' in mail.get_body(("html",)).get_content()


def test_the_desk_starts_a_conversation(run, bob):
    sent = start(bob, Opening("Your order", Reply("It leaves tomorrow."), {"priority": "high"}, person=ALICE))
    run()

    assert (sent.ticket.status, sent.ticket.priority, sent.ticket.waiting_since) == ("pending", "high", None)
    (mail,) = sent_mail()
    assert (mail["To"], mail["Subject"]) == ("alice@example.org", f"Your order [#{sent.ticket.number}]")


def test_the_desk_starts_a_conversation_by_sms_with_who_has_only_a_phone(run, bob):
    sent = start(bob, Opening("Your order", Reply("It leaves tomorrow."), {}, person=ALICES_PHONE))
    run()

    assert (sent.ticket.channel, sent.message.channel) == ("sms", "sms")
    assert [number for number, _ in sent_sms()] == ["+21620555014"]


def test_a_throttled_mail_is_queued_again_and_costs_no_attempt(run, bob, ticket, monkeypatch):
    sent = reply(ticket.id, bob, Reply("Yes."))
    monkeypatch.setattr(email_out, "send", _raising(sending.Throttled("slow down", 2)))

    state = deliver_message.deliver(ticket.id, sent.message.id, "reply")

    delivery = tickets.thread(ticket.id).deliveries[sent.message.id, "reply"]
    assert (state, delivery.state, delivery.attempts) == ("queued", "queued", 0)


def test_a_mail_that_may_have_gone_out_is_not_sent_again_before_its_lease_ends(run, bob, ticket, monkeypatch):
    sent = reply(ticket.id, bob, Reply("Yes."))
    with monkeypatch.context() as broken:
        broken.setattr(email_out, "send", _raising(sending.Unknown("time-out")))
        deliver_message.deliver(ticket.id, sent.message.id, "reply")

    assert deliver_message.deliver(ticket.id, sent.message.id, "reply") == "sending"
    assert sent_mail() == []
    clock.shift(301)
    assert deliver_message.deliver(ticket.id, sent.message.id, "reply") == "sent"
    assert len(sent_mail()) == 1


def test_eight_senders_at_once_send_a_mail_once(bob, ticket, one_request_at_a_time):
    sent = reply(ticket.id, bob, Reply("Yes."))
    shop.read()
    staff.read()

    with ThreadPoolExecutor(8) as senders:
        list(senders.map(lambda _: deliver_message.deliver(ticket.id, sent.message.id, "reply"), range(8)))

    assert len(sent_mail()) == 1
    assert tickets.thread(ticket.id).deliveries[sent.message.id, "reply"].state == "sent"


def test_what_cannot_be_sent_for_three_days_is_told_to_the_agent(bob, ticket, monkeypatch):
    sent = reply(ticket.id, bob, Reply("Yes."))
    monkeypatch.setattr(email_out, "send", _raising(sending.Throttled("Daily message quota exceeded", 3600)))
    deliver_message.deliver(ticket.id, sent.message.id, "reply")
    delivery = tickets.thread(ticket.id).deliveries[sent.message.id, "reply"]
    assert delivery.state == "queued" and delivery.lease_until >= clock.now() + timedelta(minutes=59)
    assert jobs_to_send() + delayed_jobs() == 0

    clock.shift(3 * 86_400 + 60)
    assert deliver_message.deliver(ticket.id, sent.message.id, "reply") == "failed"
    assert "three days" in tickets.thread(ticket.id).deliveries[sent.message.id, "reply"].detail


def test_what_is_held_back_waits_before_its_timer_and_breeds_no_jobs(run, bob, ticket, monkeypatch):
    sent = reply(ticket.id, bob, Reply("Yes."))
    monkeypatch.setenv("DIWAN_OUTBOUND", "hold")
    run()
    for _ in range(3):
        clock.shift(16 * 60)
        run_due.sweep()
        assert jobs_to_send() == 1
        run()
    assert (sent_mail(), delayed_jobs()) == ([], 0)

    monkeypatch.setenv("DIWAN_OUTBOUND", "live")
    clock.shift(16 * 60)
    run_due.sweep()
    run()

    assert len(sent_mail()) == 1
    assert tickets.thread(ticket.id).deliveries[sent.message.id, "reply"].state == "sent"


def test_the_providers_own_event_settles_a_mail_that_may_have_gone_out(run, bob, ticket, monkeypatch):
    sent = reply(ticket.id, bob, Reply("Yes."))
    with monkeypatch.context() as broken:
        broken.setattr(email_out, "send", _raising(sending.Unknown("time-out")))
        deliver_message.deliver(ticket.id, sent.message.id, "reply")

    record_delivery.record(record_delivery.Report("sent", "ses-1", sent.delivery.tag))

    clock.shift(301)
    assert deliver_message.deliver(ticket.id, sent.message.id, "reply") == "sent"
    assert sent_mail() == []


def test_a_permanent_bounce_marks_the_delivery_and_the_contact(run, bob, ticket):
    sent = reply(ticket.id, bob, Reply("Yes."))
    run()
    bounce = record_delivery.Report(
        "bounced", "ses-1", sent.delivery.tag, "550 no such user", "alice@example.org", "no-such-mailbox", "bounce"
    )

    record_delivery.record(bounce)
    record_delivery.record(bounce)

    delivery = tickets.thread(ticket.id).deliveries[sent.message.id, "reply"]
    assert (delivery.state, delivery.detail) == ("bounced", "550 no such user")
    with pytest.raises(Invalid) as refusal:
        reply(ticket.id, bob, Reply("Hello?"))
    assert refusal.value.code == "recipient-suppressed"


def _raising(error):
    def send(*_args, **_kwargs):
        raise error

    return send
