"""Robots at the ticket form: what looks like one is held and lost to nobody, and people never meet a riddle."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import release_mail
from chalicelib.channels import email_in
from chalicelib.domain.event import Actor
from chalicelib.portal import asking_guard
from chalicelib.store import customers, files, suspended, ticket_lists, tickets
from chalicelib.store.ticket_lists import Wanted
from chalicelib.web.visit import Visit

ALICE = "alice@example.org"
TYPED = {"email": ALICE, "name": "Alice", "subject": "My board has split", "text": "Can it be saved?"}
LINKS = "Buy at https://spam.example, www.spam.example or [url=https2]spam[/url] now"


def all_tickets():
    return ticket_lists.page(Wanted(), 25).tickets


def held():
    return suspended.page(25).mails


def ask(browser, after=0.0, **typed):
    browser.go("/en/tickets/new")
    clock.shift(after)
    return browser.send("/en/tickets/new", **(TYPED | typed))


def test_what_fills_the_field_that_nobody_sees_is_held_with_its_words_and_cause(browse):
    browser = ask(browse(), website="https://spam.example", text="Line one\nLine two é مرحبا")

    (mail,) = held()
    read = email_in.read(files.read_mail(mail.raw_key))
    assert all_tickets() == ()
    assert browser.heading == "We have your message" and "unusual way" in browser.text
    assert (mail.reason, mail.sender, mail.sender_name, mail.subject) == (
        "robot", ALICE, "Alice", "My board has split",
    )  # fmt: skip
    assert read.text.strip() == "Line one\nLine two é مرحبا"


def test_a_held_question_becomes_a_ticket_when_an_agent_lets_it_in(browse):
    ask(browse(), website="x")
    outcome = release_mail.release(held()[0].id, Actor("agent", "agt_1"))

    ticket = tickets.get(outcome.ticket_id)
    (message,) = tickets.thread(ticket.id).messages
    assert (ticket.subject, message.text, message.caution) == ("My board has split", "Can it be saved?", "robot")
    assert customers.get(ticket.customer_id).contacts[0].verified is False
    assert held() == ()


@pytest.mark.parametrize(
    ("after", "typed", "is_held"),
    [
        (0, {}, False),
        (0, {"text": "It is this one: https://ghusn.example/board"}, False),
        (0, {"text": LINKS}, True),
        (0, {"name": "www.a.example", "subject": "www.b.example", "text": "www.c.example"}, True),
        (3, {"text": LINKS}, False),
        (7200, {"text": LINKS}, False),
    ],
    ids=["fast", "fast-with-a-link", "fast-with-links", "fast-with-links-all-over", "slow-with-links", "left-open"],
)
def test_haste_alone_is_no_sign_of_a_robot_but_with_many_links_it_is(browse, after, typed, is_held):
    ask(browse(), after, **typed)

    assert (len(held()), len(all_tickets())) == ((1, 0) if is_held else (0, 1))


@pytest.mark.parametrize("began", ["", "x", "bm8.bm8"], ids=["missing", "no-seal", "wrong-seal"])
def test_a_form_without_the_time_it_was_shown_counts_as_fast(browse, began):
    ask(browse(), after=60, began=began, text=LINKS)

    assert len(held()) == 1


def test_the_time_of_another_browsers_form_is_worth_nothing(browse):
    began = browse().go("/en/tickets/new").page.find("input", attrs={"name": "began"})["value"]
    clock.shift(60)
    ask(browse(), began=began, text=LINKS)

    assert len(held()) == 1


def test_who_is_signed_in_is_no_robot(browse):
    browser = browse(ALICE).go("/en/tickets/new")
    browser.send("/en/tickets/new", subject="A link", text=LINKS, website="https://alice.example")

    assert (len(held()), len(all_tickets())) == (0, 1)


def test_a_held_question_sent_twice_is_held_once(browse):
    browser = browse().go("/en/tickets/new")
    again = browser.page
    browser.send("/en/tickets/new", **TYPED, website="x")
    browser.page = again
    browser.send("/en/tickets/new", **TYPED, website="x")

    assert len(held()) == 1


@pytest.mark.parametrize("which", ["BY_BROWSER", "BY_ADDRESS", "BY_NETWORK"])
def test_who_sends_too_often_keeps_every_word_and_may_send_later(browse, monkeypatch, which):
    monkeypatch.setattr(asking_guard, which, replace(getattr(asking_guard, which), most=1))
    browser = ask(browse())
    ask(browser, text="Once more", email="other@example.org" if which == "BY_BROWSER" else ALICE)

    assert (browser.status, len(all_tickets())) == (429, 1)
    assert browser.page.find(id="text").text.strip() == "Once more"
    assert "a little fast" in browser.page.select_one("[role=alert]").text
    clock.shift(timedelta(hours=1).total_seconds())
    browser.send("/en/tickets/new")
    assert len(all_tickets()) == 2


@pytest.mark.parametrize(
    ("client", "network"),
    [("192.0.2.7", "192.0.2.0/24"), ("2001:db8:1:2::3", "2001:db8:1::/48"), ("", "unknown")],
    ids=["v4", "v6", "nothing"],
)
def test_a_network_is_as_wide_as_providers_deal_them_out(client, network):
    assert asking_guard.network(Visit("POST", "/", {}, {}, {}, {}, "b", False, "r", client=client)) == network


def test_a_network_cannot_be_made_up(browse, monkeypatch):
    monkeypatch.setattr(asking_guard, "BY_NETWORK", replace(asking_guard.BY_NETWORK, most=1))
    for made_up in ("203.0.113.1, 130.176.1.1", "203.0.114.1, 130.176.1.1"):
        browser = browse()
        browser.sends["X-Forwarded-For"] = made_up
        ask(browser)

    assert (browser.status, len(all_tickets())) == (429, 1)
