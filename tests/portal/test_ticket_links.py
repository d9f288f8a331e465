"""The short link of an SMS: a button for whoever looks, the conversation for who holds the number."""

from dataclasses import replace

import pytest

from chalicelib import clock
from chalicelib.actions import merge_customers, receive_sms, send_reply
from chalicelib.actions.receive_sms import InboundSms
from chalicelib.actions.send_reply import Reply
from chalicelib.channels import ticket_links
from chalicelib.domain.event import SYSTEM
from chalicelib.portal import ticket_link
from chalicelib.store import customers, tickets
from chalicelib.store.changes import Changes
from tests.portal.browser import HOST

ALICE, CHARLIE = "+21620123456", "+21620999888"
DAY = 24 * 3600


def texted(number=ALICE, text="Can my board be saved?"):
    """The ticket that a text from there opens."""
    return tickets.get(receive_sms.receive_sms(InboundSms(f"in-{number}-{text}", number, text)).ticket_id)


def link_to(ticket, number=ALICE):
    return ticket_links.to(ticket, number).removeprefix(f"https://{HOST}")


def test_who_holds_the_number_presses_and_reads_on(browse, bob):
    ticket = texted()
    send_reply.reply(ticket.id, bob, Reply("It can, with oil."))
    browser = browse().go(link_to(ticket))
    browser.send(browser.address)

    assert browser.address == f"/en/tickets/{ticket.number}"
    assert "It can, with oil." in browser.text
    assert customers.by_contact("phone", ALICE).has_proven("phone", ALICE)


def test_the_link_works_again_within_two_weeks(browse):
    link = link_to(texted())
    for _ in range(2):
        browser = browse().go(link)
        assert browser.send(link).status == 200
    clock.shift(14 * DAY)
    assert browse().go(link).send(link).status == 200
    clock.shift(DAY)
    assert browse().go(link).send(link).status == 410


def test_looking_tells_of_nothing_but_the_shop_and_signs_nobody_in(browse):
    ticket = texted(text="A secret of mine")
    browser = browse().go(link_to(ticket))

    assert (browser.heading, browser.status) == ("Your conversation with us", 200)
    assert "secret" not in browser.text and ALICE not in browser.text
    assert "noindex" in browser.header("x-robots-tag")
    assert browser.header("referrer-policy") == "same-origin"
    assert browser.go("/en/tickets").address == "/en/sign-in"


def test_a_forged_link_looks_like_a_real_one_and_opens_nothing(browse):
    ticket = texted()
    real, forged = browse(), browse()
    real.go(link_to(ticket))
    for number in (ticket.number, 999_999):
        address = f"/en/t/{number}-" + "a" * 17
        forged.go(address)
        assert forged.text == real.text
        assert forged.send(address).status == 410
        assert forged.go("/en/tickets").address == "/en/sign-in"


def test_a_link_for_a_number_that_moved_on_asks_to_sign_in(browse):
    ticket = texted()
    customer, change = customers.by_contact("phone", ALICE), Changes()
    customers.save(change, customer, replace(customer, contacts=()))
    change.commit()
    browser = browse().go(link_to(ticket))

    assert browser.send(browser.address).status == 410
    assert browser.page.select_one('a[href="/en/sign-in"]')


def test_charlies_number_opens_nothing_of_alices(browse):
    ticket = texted()
    texted(CHARLIE)
    browser = browse().go(link_to(ticket, CHARLIE))

    assert browser.send(browser.address).status == 410


def test_the_link_still_leads_there_when_the_customer_was_merged(browse):
    ticket, other = texted(), texted(CHARLIE, "It is me again")
    merge_customers.merge(ticket.customer_id, other.customer_id, SYSTEM)
    browser = browse().go(link_to(ticket))
    browser.send(browser.address)

    assert browser.address == f"/en/tickets/{ticket.number}"


def test_the_page_is_arabic_for_who_writes_arabic(browse):
    ticket = texted(text="هل يمكن إصلاح اللوح؟")
    browser = browse(language="ar").go(link_to(ticket))

    assert browser.address.startswith("/ar/t/")
    assert browser.heading == "محادثتك معنا"


def test_a_form_from_elsewhere_opens_nothing(browse):
    link = link_to(texted())
    assert browse().post(link).status == 403


def test_whoever_tries_links_is_slowed_down(browse, monkeypatch):
    monkeypatch.setattr(ticket_link, "WRONG", replace(ticket_link.WRONG, most=2))
    address = "/en/t/1000-" + "a" * 17
    browser = browse()
    told = [browser.go(address).send(address).status for _ in range(3)]

    assert told == [410, 410, 429]


@pytest.mark.parametrize("address", ["/en/t/x", "/en/t/12", "/en/t/12-short", "/xx/t/12-" + "a" * 17])
def test_what_cannot_be_a_link_leads_nowhere(browse, address):
    assert browse().go(address).status == 404
