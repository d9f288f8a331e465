"""What the desk says of who wants no texts: before anybody types, and of each change when it was."""

import pytest

from chalicelib import clock, i18n
from chalicelib.actions import change_customer_note
from chalicelib.actions.receive_sms import InboundSms, receive_sms
from chalicelib.store import shop, tickets

ALICE = "+21620555014"


@pytest.fixture
def asked(desk):
    """Alice asked by text."""
    shop.forget()
    return tickets.get(receive_sms(InboundSms("sms-1", ALICE, "Can it be saved?")).ticket_id)


def test_the_composer_says_that_she_opted_out_before_anybody_types(desk, asked):
    receive_sms(InboundSms("sms-2", ALICE, "توقف"))
    desk.go(f"/agent/tickets/{asked.number}")

    told = desk.page.select_one(".closed-way").get_text(" ", strip=True)
    assert told == f"SMS 20 555 014 : They asked us on {i18n.day(clock.now(), 'en', 'UTC')} to stop. “ توقف ”"
    assert "opted out" in [one.text for one in desk.page.select("article .tag")]
    assert not desk.page.select('option[value^="sms:"]:not([disabled])')


def test_her_page_lists_what_she_allowed_and_when(desk, asked):
    receive_sms(InboundSms("sms-2", ALICE, "STOP"))
    receive_sms(InboundSms("sms-3", ALICE, "START"))
    desk.go(f"/agent/customers/{asked.customer_id}")
    lines = [one.get_text(" ", strip=True) for one in desk.page.select("#consent li")]

    assert [line.split(" 20")[0] for line in lines] == [
        "Opted in to text messages to",
        "Opted out of text messages to",
    ]
    assert "by text “ STOP ”" in lines[1]


def test_in_arabic_it_is_the_messages_that_are_stopped_and_colleagues_have_arabic_names(desk, asked, bob):
    change_customer_note.write(asked.customer_id, bob, "Rings at noon.")
    receive_sms(InboundSms("sms-2", ALICE, "STOP"))
    desk.go(f"/agent/customers/{asked.customer_id}").send("/agent/language", button="ar")
    desk.go(f"/agent/customers/{asked.customer_id}")

    assert "أوقف الرسائل القصيرة إلى 20 555 014" in desk.page.select_one("#consent").get_text(" ", strip=True)
    assert desk.page.select_one(".note header bdi").text == "بوب"


def test_a_sender_that_is_no_number_is_offered_no_answer_by_text(desk):
    outcome = receive_sms(InboundSms("sms-1", "GHUSN", "Your code is 1234"))
    desk.go(f"/agent/tickets/{tickets.get(outcome.ticket_id).number}")

    assert not desk.page.select('option[value^="sms:"]')
    assert "GHUSN is no phone number, so it cannot be answered by SMS." in desk.text
    assert "sms:GHUSN" not in desk.text


def test_who_has_no_name_is_called_by_one_number_in_one_form(desk, asked):
    for page in ("/agent/tickets?view=open", f"/agent/tickets/{asked.number}", f"/agent/customers/{asked.customer_id}"):
        desk.go(page)
        assert "20 555 014" in desk.text
        assert ALICE not in desk.text
