"""The short link of an SMS: a button for whoever looks, that one conversation for who has the text, and no more."""

from dataclasses import replace

import pytest

from chalicelib import clock
from chalicelib.actions import change_ticket, merge_customers, merge_tickets, receive_message, receive_sms, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_sms import InboundSms
from chalicelib.actions.send_reply import Reply
from chalicelib.channels import ticket_links
from chalicelib.domain.event import SYSTEM, Actor
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


def test_who_has_the_link_presses_and_reads_on(browse, bob):
    ticket = texted()
    send_reply.reply(ticket.id, bob, Reply("It can, with oil."))
    browser = browse().go(link_to(ticket))
    browser.send(browser.address)

    assert browser.address == f"/en/tickets/{ticket.number}"
    assert "It can, with oil." in browser.text
    assert not browser.page.select('a[href="/en/tickets"]')


def test_opening_a_link_proves_nothing(browse):
    ticket = texted()
    before = customers.by_contact("phone", ALICE)
    opened(browse, ticket).send(f"/en/tickets/{ticket.number}", text="One more thing")

    assert not before.has_proven("phone", ALICE)
    assert customers.by_contact("phone", ALICE) == before


@pytest.mark.parametrize("page", ["/en/tickets", "/en/tickets/{other}", "/en/tickets/999999"])
def test_a_link_opens_no_other_page_of_hers(browse, page):
    ticket, other = texted(), another_of_hers()
    browser = opened(browse, ticket).go(page.format(other=other.number))

    assert browser.address == "/en/sign-in"
    assert "The link in our message opens that one conversation alone" in browser.text


def test_who_came_by_a_link_answers_that_ticket_and_no_other(browse):
    ticket, other = texted(), another_of_hers()
    browser = opened(browse, ticket).send(f"/en/tickets/{ticket.number}", text="With oil, please")
    assert (browser.status, "With oil, please" in browser.text) == (200, True)

    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    said = {"csrf": token, "once": "req_1", "text": "Not mine"}
    assert browser.post(f"/en/tickets/{other.number}", **said).heading == "You were signed out"
    assert browser.post(f"/en/tickets/{ticket.number}/solved", **said).address == "/en/sign-in"
    assert [len(tickets.thread(one.id).messages) for one in (ticket, other)] == [2, 1]


def test_a_link_opens_what_its_ticket_was_merged_into(browse, bob):
    ticket, other = texted(), another_of_hers()
    merge_tickets.merge(ticket.id, other.id, Actor("agent", bob.id))
    browser = opened(browse, ticket)

    assert (browser.address, browser.status) == (f"/en/tickets/{other.number}", 200)
    assert browser.send(browser.address, text="With oil, please").status == 200


def test_who_answers_too_late_reads_on_in_the_ticket_that_he_opened(browse, bob):
    ticket = texted()
    change_ticket.change_ticket(ticket.id, {"status": "closed"}, Actor("agent", bob.id))
    browser = opened(browse, ticket)
    clock.shift(40 * DAY)
    browser = opened(browse, tickets.get(ticket.id))
    browser.send(browser.address, text="Once more")

    assert browser.status == 200 and "Once more" in browser.text
    assert not browser.address.startswith(f"/en/tickets/{ticket.number}")


def test_who_came_by_a_link_asks_something_new_like_a_stranger(browse):
    browser = opened(browse, texted()).go("/en/tickets/new")
    browser.send(browser.address, subject="Oil", text="Which?", email="charlie@example.org", name="Charlie")

    assert browser.address == "/en/tickets/sent"
    assert customers.by_contact("email", "charlie@example.org").id != customers.by_contact("phone", ALICE).id


def test_who_signed_in_stays_so_behind_the_link_of_another(browse):
    ticket = texted()
    receive_message.receive(Incoming("email", "Hello", Person("email", "charlie@example.org")))
    browser = browse("charlie@example.org").go(link_to(ticket))

    assert browser.send(browser.address).address == f"/en/tickets/{ticket.number}"
    assert browser.go("/en/tickets").status == 200
    assert f"#{ticket.number}" not in browser.text


def another_of_hers():
    """Another ticket of Alice's, by mail, who is one with whom the number is."""
    other = receive_message.receive(Incoming("email", "A private matter", Person("email", "alice@example.org"))).ticket
    merge_customers.merge(other.customer_id, customers.by_contact("phone", ALICE).id, SYSTEM)
    return other


def opened(browse, ticket):
    browser = browse().go(link_to(ticket))
    return browser.send(browser.address)


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
