"""STOP, HELP and START by SMS: heeded at once, answered as far as machines may, and nothing is sent afterwards."""

from dataclasses import replace

import pytest

from chalicelib import clock
from chalicelib.actions import answer_word, change_customer, erase_customer, mirror_consent, send_reply
from chalicelib.actions.change_consent import Said, set_opted_out
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.actions.send_reply import Reply
from chalicelib.channels import queues
from chalicelib.channels.sending import Throttled
from chalicelib.domain.event import Actor
from chalicelib.errors import Invalid
from chalicelib.store import consents, customers, deliveries, keys, messages, shop, tickets, word_answers
from tests.actions.conftest import delayed_jobs, sent_sms

ALICE = "+21620555014"
SYSTEM = Actor("system")


def text(body, id="sms-1", sender=ALICE):
    return receive_sms(InboundSms(id, sender, body))


def contact(number=ALICE):
    found = customers.by_contact("phone", number)
    return next(one for one in found.contacts if one.value == number)


def ledger(number=ALICE):
    return consents.page(customers.by_contact("phone", number).all_ids, 50)[0]


def answer(ticket_id, bob, words="Yes, bring it."):
    return send_reply.reply(ticket_id, bob, Reply(words, channel="sms"))


class Died(Exception):
    pass


def die(*_, **__):
    raise Died


def throttle(*_):
    raise Throttled("busy", 1)


@pytest.fixture
def asked(cloud):
    shop.forget()
    return text("Can my board be saved?", "sms-0").ticket_id


@pytest.mark.parametrize("word", ["STOP", "Arrêt !", "baja", "إيقاف", "توقف.", "إِلْغَاء", "unsubscribe", "Opt-out"])
def test_stop_in_each_language_is_heeded_within_one_message(asked, bob, word):
    before = tickets.get(asked)
    kept = text(word)
    with pytest.raises(Invalid) as refused:
        answer(asked, bob)

    assert contact().opted_out_of == ("sms",)
    assert refused.value.code == "recipient-opted-out"
    now, message = tickets.get(asked), messages.get(asked, kept.message_id)
    assert (now.status, now.waiting_since) == (before.status, before.waiting_since)
    assert (message.text, message.automatic) == (word, True)


def test_an_answer_that_waited_when_stop_came_is_not_sent(asked, bob, run):
    sent = answer(asked, bob)
    text("STOP")
    run()

    assert sent_sms() == []
    assert deliveries.get(asked, sent.message.id, "reply").state == "suppressed"


@pytest.mark.parametrize("words", ["please stop by our shop", "Stop it, please", "I cannot start it", "help me", "ok"])
def test_a_text_with_more_than_the_word_is_an_ordinary_one(asked, words):
    text(words)

    assert contact().opted_out_of == ()
    assert tickets.get(asked).message_count == 2


def test_stop_from_a_number_nobody_knows_makes_a_customer_and_no_ticket(run):
    outcome = text("STOP")
    run()

    assert (outcome.outcome, outcome.ticket_id) == ("consent", None)
    assert contact().opted_out_of == ("sms",)
    assert sent_sms() == []


def test_start_opts_in_again_and_is_confirmed_once_a_day(asked, bob, run):
    text("stop")
    text("Start", "sms-2")
    text("start", "sms-3")
    run()
    answer(asked, bob)
    run()

    assert contact().opted_out_of == ()
    assert [body for _, body in sent_sms()] == [
        "Diwan: you will get our texts again. Reply STOP to opt out.",
        "Yes, bring it.",
    ]
    assert [(one.action, one.source, one.text) for one in ledger()] == [
        ("opt_in", "sms", "Start"),
        ("opt_out", "sms", "stop"),
    ]


def test_help_is_answered_in_the_language_of_the_word_but_once_a_day(run):
    for at, word in enumerate(("مساعدة", "HELP", "aide")):
        text(word, f"sms-{at}")
    run()

    ((number, body),) = sent_sms()
    assert number == ALICE
    assert "help@ghusn.example" in body and "إيقاف" in body and "ديوان" in body


def test_help_of_who_is_opted_out_is_not_answered(run):
    text("STOP")
    text("HELP", "sms-2")
    run()

    assert sent_sms() == []


def test_a_shop_may_confirm_stop_once(run):
    known = shop.read()
    shop.save(replace(known, sms=replace(known.sms, confirm_opt_out=True)))
    shop.forget()
    for at in range(2):
        text("STOP", f"sms-{at}")
    run()

    ((_, body),) = sent_sms()
    assert body == "Diwan: you will get no more texts from us. Reply START to get them again."


def test_yes_and_info_are_answers_unless_there_is_nothing_that_they_could_answer(asked):
    text("Yes", "sms-2")
    text("info", "sms-3")
    assert tickets.get(asked).message_count == 3
    text("STOP", "sms-4")
    text("Oui", "sms-5")

    assert contact().opted_out_of == ()


def test_yes_is_an_answer_on_a_channel_that_nobody_stopped(asked, bob, run):
    set_opted_out("phone", ALICE, "whatsapp", True, Said("desk", SYSTEM))
    answer(asked, bob, "Shall we fetch it?")
    run()
    kept = text("yes", "sms-2")
    run()

    assert (tickets.get(asked).status, messages.get(asked, kept.message_id).automatic) == ("open", False)
    assert contact().opted_out_of == ("whatsapp",)
    assert [body for _, body in sent_sms()] == ["Shall we fetch it?"]


@pytest.mark.parametrize("dies", [queues, answer_word], ids=["queue", "before the queue"])
def test_help_is_answered_though_we_died_when_it_was_written_down(run, monkeypatch, dies):
    with monkeypatch.context() as died, pytest.raises(Died):
        died.setattr(dies, "put" if dies is queues else "queue", die)
        text("HELP")
    text("HELP")
    text("HELP")
    run()

    assert len(sent_sms()) == 1


@pytest.mark.parametrize("at", ["before", "after"])
def test_help_is_answered_once_though_its_sender_died(monkeypatch, run, at):
    text("HELP")
    (send,) = {answer_word.plain_texts.SENDERS["sms"]}

    def dies(*wanted):
        send(*wanted)
        die()

    with monkeypatch.context() as died, pytest.raises(Died):
        if at == "before":
            died.setattr(answer_word, "_recipient", die)
        else:
            died.setitem(answer_word.plain_texts.SENDERS, "sms", dies)
        answer_word.send(keys.sms("sms-1"))
    answer_word.send(keys.sms("sms-1"))
    clock.shift(90)
    run()
    answer_word.send(keys.sms("sms-1"))

    assert len(sent_sms()) == 1


def test_an_answer_that_another_is_sending_is_looked_at_again(cloud):
    text("HELP")
    before = delayed_jobs()
    word_answers.lease(keys.sms("sms-1"), clock.now() + answer_word.LEASE)
    answer_word.send(keys.sms("sms-1"))

    assert (sent_sms(), delayed_jobs()) == ([], before + 1)


def test_an_answer_that_was_throttled_is_sent_later(monkeypatch, run):
    text("HELP")
    with monkeypatch.context() as busy:
        busy.setitem(answer_word.plain_texts.SENDERS, "sms", throttle)
        answer_word.send(keys.sms("sms-1"))
    answer_word.send(keys.sms("sms-1"))

    assert len(sent_sms()) == 1


def test_the_same_stop_told_twice_is_one_message_and_one_entry(asked):
    assert text("STOP") == text("STOP")
    assert (tickets.get(asked).message_count, len(ledger())) == (2, 1)


def test_an_opt_out_outlives_the_customer_and_his_contact(asked, bob, run):
    text("STOP")
    customer = customers.by_contact("phone", ALICE)
    change_customer.change(customer.id, {}, [ContactWish("email", "alice@example.org")], SYSTEM)
    change_customer.change(customer.id, {}, [ContactWish("phone", ALICE)], SYSTEM)
    assert contact().opted_out_of == ("sms",)

    erase_customer.erase(customer.id, SYSTEM)
    run()
    assert consents.page([customer.id], 5)[0] == []
    text("Hello", "sms-9")
    assert contact().opted_out_of == ("sms",)


def test_the_api_opts_out_and_in_and_each_stands_in_the_ledger(cloud):
    made = change_customer.create(
        {"name": "Alice"}, [ContactWish("phone", ALICE, opted_out=True)], Actor("api_key", "k")
    )
    change_customer.change(made.id, {}, [ContactWish("phone", ALICE, opted_out=False)], SYSTEM)
    told = [(one.action, one.channel, one.source, one.actor_type) for one in ledger()]

    assert sorted(told) == [
        ("opt_in", "sms", "api", "system"),
        ("opt_in", "whatsapp", "api", "system"),
        ("opt_out", "sms", "api", "api_key"),
        ("opt_out", "whatsapp", "api", "api_key"),
    ]


def test_what_aws_lists_is_read_into_contacts_ledger_and_marks(asked, monkeypatch):
    stranger = "+21620555999"
    monkeypatch.setenv("DIWAN_OPT_OUT_LIST", "Default")
    monkeypatch.setattr(mirror_consent.opt_out_list, "listed", lambda: iter([[ALICE, stranger]]))
    mirror_consent.read()
    mirror_consent.read()

    assert [(one.action, one.source) for one in ledger()] == [("opt_out", "aws")]
    text("Hello", "sms-7", stranger)
    assert contact(stranger).opted_out_of == ("sms",)


def test_each_number_waits_no_longer_than_its_word(asked, bob, run):
    text("STOP")
    clock.shift(3600)
    text("START", "sms-2")
    answer(asked, bob)
    run()

    assert [body for _, body in sent_sms()][-1] == "Yes, bring it."
