"""Texts that nobody wrote by hand wait: for the end of quiet hours, and for the next day once the day's cap is met.

What is read here of a world's time is the product's own clock, which the tests set.
"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib import clock, ids
from chalicelib.actions import admit_sms, answer_word, change_settings, deliver_message, run_due, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.channels import sms_out
from chalicelib.channels.sending import Rejected, Throttled, Unknown
from chalicelib.domain import sms_prices
from chalicelib.domain.agent import Agent
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.shop import Shop
from chalicelib.store import customers, deliveries, keys, shop, sms_spending, staff
from chalicelib.store.changes import Changes
from tests.actions.conftest import mails_to, sent_sms, text_of

ALICE, CHARLIE = "+21620123456", "+21620999999"
NOON, EVENING, NIGHT, MORNING = (f"2026-12-01T{time}" for time in ("12:00", "21:30", "23:00", "07:00"))
NEXT_DAY = "2026-12-02T00:01"
PART = 0.2  # a part to Tunisia

pytestmark = pytest.mark.usefixtures("cloud")


@pytest.fixture(autouse=True)
def receipts(run):
    at(NOON)
    shop.save(replace(Shop(), receipts=("sms",), time_zone="Africa/Tunis"))


@pytest.fixture
def nadia(bob):
    change, found = Changes(), Agent(ids.new("agt"), "Nadia", "nadia@ghusn.example", "admin", clock.now())
    staff.add_agent(change, found)
    change.commit()
    staff.forget()
    return found


def at(time):
    clock.shift((datetime.fromisoformat(time).replace(tzinfo=UTC) - clock.now()).total_seconds())


def set_sms(**wanted):
    change_settings.change({"sms": wanted})


def texts(run, number=ALICE, text="Which oil?"):
    received = receive(Incoming("sms", text, Person("phone", number)))
    run()
    return received


def receipt_of(received):
    return deliveries.get(received.ticket.id, received.message.id, "receipt")


def later(run, time):
    at(time)
    run_due.sweep()
    run()


def how(delivery):
    return delivery.state, delivery.reason


def test_both_are_off_until_somebody_sets_them(run):
    at(NIGHT)
    assert how(receipt_of(texts(run))) == ("sent", None)


def test_a_receipt_waits_out_the_night_and_an_agents_answer_does_not(run, bob):
    set_sms(quiet_hours=QuietHours("21:00", "08:00"))
    at(EVENING)
    received = texts(run)
    sent = send_reply.reply(received.ticket.id, bob, send_reply.Reply("Linseed.", channel="sms"))
    run()

    assert sent_sms() == [(ALICE, "Linseed.")]
    assert how(receipt_of(received)) == ("queued", "quiet-hours")
    assert how(deliveries.get(sent.ticket.id, sent.message.id, "reply")) == ("sent", None)

    for hour in range(22, 24):
        later(run, f"2026-12-01T{hour}:45")
    later(run, "2026-12-02T06:59")
    assert len(sent_sms()) == 1

    later(run, "2026-12-02T07:00:30")
    assert len(sent_sms()) == 2
    assert how(receipt_of(received)) == ("sent", None)
    assert receipt_of(received).attempts == 1


def test_a_receipt_waits_for_the_next_day_once_the_cap_is_met(run, bob, nadia):
    set_sms(daily_cap=2 * PART)
    first, second, third = (texts(run, number) for number in (ALICE, CHARLIE, "+21620777777"))

    assert [how(receipt_of(one)) for one in (first, second)] == [("sent", None)] * 2
    assert how(receipt_of(third)) == ("queued", "sms-cap")
    later(run, "2026-12-01T23:30")
    assert how(receipt_of(third)) == ("queued", "sms-cap")
    later(run, NEXT_DAY)
    assert how(receipt_of(third)) == ("sent", None)


def test_the_admins_are_told_once_a_day_that_the_cap_is_met(run, bob, nadia):
    set_sms(daily_cap=0.1)
    for number in (ALICE, CHARLIE):
        texts(run, number)
    later(run, "2026-12-01T20:00")

    (mail,) = mails_to("nadia@ghusn.example")
    assert "limit for SMS" in mail["Subject"] and "0.10 US dollars" in text_of(mail)
    assert mails_to("bob@ghusn.example") == []
    later(run, NEXT_DAY)
    assert len(mails_to("nadia@ghusn.example")) == 2


def test_an_agents_answers_count_and_are_never_held(run, bob):
    set_sms(daily_cap=PART)
    received = texts(run)
    for _ in range(2):
        send_reply.reply(received.ticket.id, bob, send_reply.Reply("Linseed.", channel="sms"))
    run()

    assert len(sent_sms()) == 3
    assert sms_spending.today() == pytest.approx(3 * PART)
    assert how(receipt_of(texts(run, CHARLIE))) == ("queued", "sms-cap")


def test_what_waited_for_a_week_is_sent_all_the_same(run):
    set_sms(daily_cap=0.0)
    received = texts(run)
    for day in range(2, 9):
        later(run, f"2026-12-{day:02}T00:10")
    set_sms(daily_cap=5.0)
    later(run, "2026-12-08T02:00")

    assert how(receipt_of(received)) == ("sent", None)


def test_a_cap_that_is_raised_lets_out_what_waits_within_the_hour(run):
    set_sms(daily_cap=0.0)
    received = texts(run)
    set_sms(daily_cap=None)
    later(run, "2026-12-01T13:01")

    assert how(receipt_of(received)) == ("sent", None)


def test_who_opts_out_meanwhile_gets_nothing(run):
    set_sms(quiet_hours=QuietHours("21:00", "08:00"))
    at(EVENING)
    received = texts(run)
    alice, change = customers.get(received.ticket.customer_id), Changes()
    contacts = tuple(replace(one, opted_out_of=("sms",)) for one in alice.contacts)
    customers.save(change, alice, replace(alice, contacts=contacts))
    change.commit()
    later(run, "2026-12-02T08:00")

    assert how(receipt_of(received)) == ("suppressed", "opted-out")
    assert sent_sms() == []


@pytest.mark.parametrize(
    ("failure", "spent"),
    [(Throttled("slow", 1), 0.0), (Rejected("no", "bad-number"), 0.0), (Unknown("?"), PART)],
    ids=["throttled", "rejected", "unknown"],
)
def test_only_what_may_have_been_sent_is_spent(run, monkeypatch, failure, spent):
    def fail(*_, **__):
        raise failure

    monkeypatch.setattr(sms_out, "send", fail)
    received = receive(Incoming("sms", "Which oil?", Person("phone", ALICE)))
    deliver_message.deliver(received.ticket.id, received.message.id, "receipt")
    assert sms_spending.today() == pytest.approx(spent)


def test_a_country_without_a_price_counts_as_the_dearest(run):
    texts(run, "+881612345678")
    assert sms_spending.today() == pytest.approx(sms_prices.DEAREST)


def test_what_many_spend_at_once_never_passes_the_cap(one_request_at_a_time):
    with ThreadPoolExecutor(8) as pool:
        took = list(pool.map(lambda _: sms_spending.spend(0.2, 1.0), range(12)))

    assert took.count(True) == 5
    assert sms_spending.today() == pytest.approx(1.0)
    assert not sms_spending.spend(0.000001, 1.0)


def test_what_was_not_sent_after_midnight_is_given_back_to_the_day_it_was_counted_to(run):
    at("2026-12-01T23:59")
    with pytest.raises(Throttled), admit_sms.admitted("Hello", ALICE, Shop(), may_wait=False):
        at(NEXT_DAY)
        sms_spending.spend(0.5)
        raise Throttled("slow", 1)

    assert sms_spending.today() == 0.5
    at("2026-12-01T23:59")
    assert sms_spending.today() == 0.0


def test_nothing_is_held_that_somebody_looks_out_for():
    held = replace(Shop().sms, quiet_hours=QuietHours("00:00", "23:59"), daily_cap=0.0)
    with admit_sms.admitted("Hello", ALICE, replace(Shop(), sms=held), may_wait=False):
        pass
    with pytest.raises(admit_sms.Held), admit_sms.admitted("Hello", ALICE, replace(Shop(), sms=held), may_wait=True):
        pytest.fail("it was let through")


def test_the_answer_to_help_waits_out_the_night_and_is_not_forgotten(run):
    set_sms(quiet_hours=QuietHours("21:00", "08:00"))
    at(EVENING)
    receive_sms(InboundSms("sms-1", ALICE, "HELP"))
    run()
    assert sent_sms() == []

    at("2026-12-02T07:30")
    answer_word.send(keys.sms("sms-1"))
    assert [to for to, _ in sent_sms()] == [ALICE]
