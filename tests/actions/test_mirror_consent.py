"""AWS's list of numbers that want no SMS, and ours: each learns what the other heard, of that number and no other."""

import pytest

from chalicelib import clock
from chalicelib.actions import change_consent, change_customer, mirror_consent, send_reply
from chalicelib.actions.change_consent import Said
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.actions.send_reply import Reply
from chalicelib.channels import opt_out_list, outgoing, plain_texts
from chalicelib.channels.sending import Rejected
from chalicelib.domain.event import SYSTEM, Actor
from chalicelib.errors import Invalid
from chalicelib.store import consents, customers, deliveries, shop
from chalicelib.store.changes import Changes

ALICE, OTHER = "+21620555014", "+21620999999"


@pytest.fixture(autouse=True)
def fresh(cloud):
    shop.forget()


@pytest.fixture
def listed(monkeypatch):
    """The numbers on AWS's list."""
    found = set()
    monkeypatch.setattr(opt_out_list, "is_kept", lambda: True)
    monkeypatch.setattr(opt_out_list, "put", found.add)
    monkeypatch.setattr(opt_out_list, "remove", found.discard)
    monkeypatch.setattr(opt_out_list, "listed", lambda: iter([sorted(found)]))
    return found


def text(body, id="sms-1", sender=ALICE):
    return receive_sms(InboundSms(id, sender, body))


def made(*numbers):
    return change_customer.create({"name": "Alice"}, [ContactWish("phone", one) for one in numbers], SYSTEM)


def opted_out_of(number=ALICE):
    found = customers.by_contact("phone", number)
    return next(one.opted_out_of for one in found.contacts if one.value == number)


def test_stop_by_one_number_takes_no_other_off_the_list(listed, run):
    listed.add(OTHER)
    made(ALICE, OTHER)
    text("STOP")
    run()
    assert listed == {ALICE, OTHER}


def test_start_takes_that_number_off_the_list_and_no_other(listed, run):
    made(ALICE, OTHER)
    text("STOP")
    run()
    listed.add(OTHER)
    text("START", "sms-2")
    run()
    assert listed == {OTHER}


def test_what_is_said_of_whatsapp_is_not_told_to_the_list_of_sms(listed, run):
    listed.add(ALICE)
    made(ALICE)
    for wanted in (True, False):
        change_consent.set_opted_out("phone", ALICE, "whatsapp", wanted, Said("desk", Actor("agent", "agt_bob")))
        run()
    assert listed == {ALICE}


def test_what_stands_counts_when_the_word_is_told_late(listed, run):
    text("STOP")
    clock.shift(60)
    text("START", "sms-2")
    clock.shift(60)
    text("STOP", "sms-3")
    run()
    assert listed == {ALICE}


def test_a_number_of_the_list_that_becomes_a_customers_meanwhile_is_opted_out(listed, monkeypatch):
    listed.add(ALICE)
    real = consents.mark

    def slow(*args):
        if customers.by_contact("phone", ALICE) is None:
            made(ALICE)
        real(*args)

    monkeypatch.setattr(consents, "mark", slow)
    mirror_consent.read()
    assert opted_out_of() == ("sms",)


def test_a_mark_that_its_customer_does_not_share_is_put_right_the_next_night(listed):
    listed.add(ALICE)
    made(ALICE)
    change = Changes()
    consents.mark(change, "sms", ALICE, clock.now())
    change.commit()
    mirror_consent.read()
    assert opted_out_of() == ("sms",)


@pytest.fixture
def refusing(monkeypatch):
    """AWS sends no SMS: it has the number on its list."""

    def refuses(*args, **kwargs):
        raise Rejected("ConflictException: opted out", "sms-stopped")

    monkeypatch.setattr(outgoing, "send_sms", refuses)
    monkeypatch.setitem(plain_texts.SENDERS, "sms", refuses)


def test_a_number_that_aws_refuses_as_opted_out_is_out_here(run, bob, refusing):
    ticket_id = text("Can my board be saved?").ticket_id
    sent = send_reply.reply(ticket_id, bob, Reply("Yes, bring it.", channel="sms"))
    run()
    with pytest.raises(Invalid) as refused:
        send_reply.reply(ticket_id, bob, Reply("Are you there?", channel="sms"))

    assert deliveries.get(ticket_id, sent.message.id, "reply").reason == "sms-stopped"
    assert refused.value.code == "recipient-opted-out"
    entries, _ = consents.page([customers.id_of("phone", ALICE)], 5)
    assert [(one.action, one.source) for one in entries] == [("opt_out", "aws")]


def test_so_is_one_that_asks_for_help(run, refusing):
    text("HELP")
    run()
    assert opted_out_of() == ("sms",)


def test_who_just_said_start_stays_in_though_aws_does_not_know_it_yet(run, bob, refusing):
    ticket_id = text("Can my board be saved?", "sms-0").ticket_id
    text("STOP")
    text("START", "sms-2")
    send_reply.reply(ticket_id, bob, Reply("Yes, bring it.", channel="sms"))
    run()
    assert opted_out_of() == ()

    clock.shift(2 * 3600)
    send_reply.reply(ticket_id, bob, Reply("Are you there?", channel="sms"))
    run()
    assert opted_out_of() == ("sms",)
