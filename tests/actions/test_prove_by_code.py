"""Codes that show a contact to be somebody's: to whom none goes, how many, how often they are guessed at."""

import pytest

from chalicelib import clock
from chalicelib.actions import change_customer, prove_by_code
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.channels import sms_out
from chalicelib.channels.sending import Rejected
from chalicelib.domain.event import SYSTEM
from chalicelib.errors import Conflict, Invalid, TooManyRequests
from chalicelib.store import customers, shop
from tests.actions.conftest import sent_sms

NUMBER = "+21620555014"
QUARTER = 15 * 60


@pytest.fixture(autouse=True)
def fresh(cloud):
    shop.forget()


def made(name):
    return change_customer.create({"name": name}, [ContactWish("email", f"{name}@example.org")], SYSTEM)


def ask(customer, number=NUMBER, **how):
    """Ask for a code; whether it was allowed."""
    try:
        prove_by_code.ask(customer.id, "phone", number, "en", **how)
    except TooManyRequests:
        return False
    return True


def digits(customer):
    return prove_by_code.digits(prove_by_code.waiting(customer.id))


def guess(customer, typed):
    """Try those digits; the code of the refusal."""
    with pytest.raises(Invalid) as refused:
        prove_by_code.check(customer.id, typed)
    return refused.value.code


def wrong(customer):
    return f"{(int(digits(customer)) + 1) % 10**6:06}"


def test_no_code_goes_to_who_said_stop_after_it_was_asked_for(run):
    receive_sms(InboundSms("sms-1", NUMBER, "Hello there"))
    ask(made("alice"))
    receive_sms(InboundSms("sms-2", NUMBER, "STOP"))
    run()
    assert sent_sms() == []


def test_a_number_that_aws_refuses_as_opted_out_is_asked_no_second_time(run, monkeypatch):
    def refuses(*args, **kwargs):
        raise Rejected("opted out", "sms-stopped")

    monkeypatch.setattr(sms_out, "send", refuses)
    alice = made("alice")
    ask(alice)
    run()
    with pytest.raises(Invalid) as refused:
        ask(alice)
    assert refused.value.code == "code-not-sendable"


def test_five_codes_a_day_go_to_one_number_whoever_asks():
    day = [ask(made(f"a{n}")) or clock.shift(QUARTER) for n in range(12)]
    assert day.count(True) == 5
    clock.shift(24 * 3600)
    assert ask(made("alice"))


def test_five_codes_a_day_are_one_customers():
    alice = made("alice")
    assert [ask(alice, f"+2169876540{n}") for n in range(6)] == [True] * 5 + [False]


def test_from_one_place_thirty_codes_a_day_are_asked_for():
    told = [ask(made(f"a{n}"), f"+216987654{n:02}", place="203.0.113.9") for n in range(31)]
    assert told == [True] * 30 + [False]
    assert ask(made("alice"), place="203.0.113.10")


def test_a_number_is_guessed_at_twenty_times_a_day_whoever_tries():
    guessers = [made(f"a{n}") for n in range(5)]
    told = []
    for one in guessers:
        clock.shift(QUARTER)
        ask(one)
        told += [guess(one, wrong(one)) for _ in range(5)]
    assert told == ["code-wrong"] * 20 + ["code-spent"] * 5
    assert guess(guessers[-1], digits(guessers[-1])) == "code-spent"


def test_a_customer_guesses_twenty_times_a_day_at_whatever_number():
    alice, told = made("alice"), []
    for n in range(5):
        ask(alice, f"+2169876540{n}")
        told += [guess(alice, wrong(alice)) for _ in range(5)]
    assert told == ["code-wrong"] * 20 + ["code-spent"] * 5


def test_the_right_digits_count_as_no_try(monkeypatch):
    monkeypatch.setattr(prove_by_code, "TRIES", prove_by_code.Allowance("code-try", 1, prove_by_code.DAY))
    alice = made("alice")
    for number in (NUMBER, "+21698765432"):
        ask(alice, number)
        prove_by_code.check(alice.id, digits(alice))
    assert customers.get(alice.id).has_proven("phone", NUMBER)


def test_who_is_not_shown_to_be_the_customer_makes_no_two_one():
    by_phone = receive_sms(InboundSms("sms-1", NUMBER, "Is it ready?"))
    alice = made("alice")
    ask(alice, shown=False)
    with pytest.raises(Conflict) as refused:
        prove_by_code.check(alice.id, digits(alice))

    assert refused.value.code == "contact-anothers"
    assert customers.get(alice.id).merged_ids == ()
    assert not customers.by_contact("phone", NUMBER).has_proven("phone", NUMBER)
    assert by_phone.ticket_id
