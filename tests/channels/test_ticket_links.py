"""Links to a conversation, as an SMS carries them."""

from dataclasses import replace

import pytest

from chalicelib import clock
from chalicelib.channels import sms_text, ticket_links
from chalicelib.domain.ticket import Ticket

DAY = 24 * 3600
PHONE = "+21620123456"


@pytest.fixture
def ticket():
    now = clock.now()
    yield Ticket("tkt_1", 1042, "Olive oil", "open", "sms", "cus_1", created_at=now, updated_at=now, locale="en")
    clock.shift(-clock.offset())


def token(address: str) -> str:
    return address.rpartition("/")[2]


def test_a_link_is_for_the_contact_it_was_made_for(ticket):
    link = token(ticket_links.to(ticket, PHONE))
    assert ticket_links.number(link) == 1042
    assert ticket_links.is_for(link, ticket, PHONE)
    assert not ticket_links.is_for(link, ticket, "+21620999999")


def test_a_link_is_for_its_ticket_only(ticket):
    link = token(ticket_links.to(ticket, PHONE))
    assert not ticket_links.is_for(link, replace(ticket, id="tkt_2"), PHONE)


def test_a_link_works_for_fourteen_days_and_never_again(ticket):
    link = token(ticket_links.to(ticket, PHONE))
    clock.shift(14 * DAY)
    assert ticket_links.is_for(link, ticket, PHONE)
    for _ in range(70):  # past the days on which its digit comes round again
        clock.shift(DAY)
        assert not ticket_links.is_for(link, ticket, PHONE)


def test_no_letter_of_a_link_can_be_changed(ticket):
    link = token(ticket_links.to(ticket, PHONE))
    for place in range(link.index("-") + 1, len(link)):
        other = "a" if link[place] != "a" else "b"
        assert not ticket_links.is_for(link[:place] + other + link[place + 1 :], ticket, PHONE)


@pytest.mark.parametrize("typed", ["", "1042", "1042-", "x-abc", "1042-" + "1" * 17, "9" * 99 + "-" + "a" * 17])
def test_what_is_no_link_names_no_ticket(ticket, typed):
    assert ticket_links.number(typed) is None
    assert not ticket_links.is_for(typed, ticket, PHONE)


def test_a_link_costs_a_third_of_an_sms_at_most(ticket):
    link = ticket_links.to(ticket, PHONE)
    assert sms_text.parts(link) == ("GSM-7", 1)
    assert len(link) - len("https://help.ghusn.example") <= 32
