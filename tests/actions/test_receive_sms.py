"""An SMS comes in: into the ticket that this number has, however many come at once."""

import json
from datetime import timedelta

import botocore.client
import pytest

from chalicelib import clock
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.domain.event import Actor
from chalicelib.store import intake, numbers, shop

pytestmark = pytest.mark.usefixtures("cloud")
ALICE = "+21620555014"


@pytest.fixture
def another_arrives_first(monkeypatch):
    """While one SMS takes the number of its new ticket, another from the same phone is taken in."""
    take = numbers.take

    def late():
        monkeypatch.setattr(numbers, "take", take)
        receive_sms(InboundSms("sms-first", ALICE, "My board has split."))
        return take()

    monkeypatch.setattr(numbers, "take", late)


@pytest.fixture
def asked(monkeypatch):
    """What the table was asked for: the operation and the key, if it was one row."""
    made, make = [], botocore.client.BaseClient._make_api_call

    def noted(client, name, wanted):
        made.append((name, json.dumps(wanted.get("Key"))))
        return make(client, name, wanted)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", noted)
    return made


@pytest.fixture
def closed_long_ago(bob):
    ticket_id = receive_sms(InboundSms("sms-old", ALICE, "Are you open?")).ticket_id
    change_ticket(ticket_id, {"status": "closed"}, Actor("agent", bob.id))
    clock.shift(40 * 24 * 3600)
    return ticket_id


def test_two_first_sms_of_a_number_at_once_are_one_ticket(another_arrives_first):
    second = receive_sms(InboundSms("sms-second", ALICE, "Can it be saved?"))

    assert second.ticket_id == intake.of_sms("sms-first").ticket_id


def test_two_sms_at_once_of_a_customer_without_an_open_ticket_are_one_ticket(closed_long_ago, another_arrives_first):
    second = receive_sms(InboundSms("sms-second", ALICE, "Can it be saved?"))

    assert second.ticket_id == intake.of_sms("sms-first").ticket_id != closed_long_ago


def test_the_next_sms_of_a_number_goes_on_in_its_ticket():
    first = receive_sms(InboundSms("sms-first", ALICE, "My board has split."))

    assert receive_sms(InboundSms("sms-second", ALICE, "Hello?")).ticket_id == first.ticket_id


def test_an_sms_into_an_open_ticket_asks_for_no_row_twice_and_for_no_list(asked):
    shop.read()
    first = receive_sms(InboundSms("sms-first", ALICE, "My board has split."))
    asked.clear()
    second = receive_sms(InboundSms("sms-second", ALICE, "Hello?"))

    assert second.ticket_id == first.ticket_id
    assert len(asked) == len(set(asked))
    assert [name for name, _ in asked] == ["GetItem"] * (len(asked) - 1) + ["TransactWriteItems"]


def test_a_number_that_texted_long_ago_is_looked_up_once_for_all_channels(asked):
    first = receive_sms(InboundSms("sms-first", ALICE, "My board has split."))
    clock.shift((intake.PHONE_THREAD + timedelta(hours=1)).total_seconds())
    asked.clear()

    assert receive_sms(InboundSms("sms-second", ALICE, "Hello?")).ticket_id == first.ticket_id
    contact_reads = [key for name, key in asked if name == "GetItem" and "CONTACT#" in key]
    assert len(contact_reads) == 2
