"""Where an agent answers: by which channel and to which of the customer's contacts, and what that takes."""

import re
from dataclasses import replace

import pytest

from chalicelib import clock, i18n
from chalicelib.actions import change_consent, change_ticket, receive_sms, record_delivery
from chalicelib.actions.change_consent import Said
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_mail import receive_mail
from chalicelib.actions.receive_message import receive
from chalicelib.actions.receive_sms import InboundSms
from chalicelib.channels import sms_estimate
from chalicelib.domain.customer import Contact
from chalicelib.domain.event import SYSTEM
from chalicelib.domain.whatsapp_session import Session
from chalicelib.domain.whatsapp_settings import WhatsAppSettings
from chalicelib.store import customers, shop, ticket_lists, tickets, whatsapp_sessions
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import Wanted
from tests.actions.conftest import mail, run, sent_mail, sent_sms, store_mail  # noqa: F401 (fixture)

EMAIL, PHONE, SECOND = "email:alice@example.org", "sms:+21620555014", "sms:+21698765432"
ASKED = Said("agent", SYSTEM)


@pytest.fixture
def reachable(ticket):
    """Alice, who wrote by mail, has two numbers too."""
    return change_alice(ticket, add=(Contact("phone", "+21620555014"), Contact("phone", "+21698765432")))


def change_alice(ticket, add=(), **fields):
    alice, change = customers.get(ticket.customer_id), Changes()
    saved = customers.save(change, alice, replace(alice, contacts=alice.contacts + tuple(add), **fields))
    change.commit()
    return saved


def open_page(desk, ticket):
    desk.go(f"/agent/tickets/{ticket.number}")
    return desk.page


def ways(page):
    """What can be chosen, and what is shown as closed."""
    options = page.select("#way option")
    return [o["value"] for o in options if not o.has_attr("disabled")], [
        o["value"] for o in options if o.has_attr("disabled")
    ]


def chosen(page):
    return page.select_one("#way option[selected]")["value"]


def answer(desk, ticket, **fields):
    open_page(desk, ticket)
    return desk.send(f"/agent/tickets/{ticket.number}/replies", **{"text": "Yes, it can.", **fields})


def test_every_address_and_number_is_a_way_and_the_newest_is_chosen(desk, ticket, reachable):
    page = open_page(desk, ticket)

    assert ways(page) == ([EMAIL, PHONE, SECOND], [])
    assert chosen(page) == EMAIL
    assert "20 555 014" in page.select_one("#way").text


def test_what_the_customer_prefers_is_chosen_where_it_is_open(desk, ticket, reachable):
    change_alice(ticket, preferred_channel="sms")
    assert chosen(open_page(desk, ticket)) == PHONE

    change_consent.set_opted_out("phone", "+21620555014", "sms", True, ASKED)
    page = open_page(desk, ticket)
    assert ways(page) == ([EMAIL, SECOND], [PHONE])
    assert chosen(page) == EMAIL
    assert "They asked us on " in page.select_one(".closed-way").text


def test_a_mail_is_answered_by_sms_and_the_texted_answer_lands_in_the_same_ticket(desk, ticket, reachable, run):  # noqa: F811
    answer(desk, ticket, way=SECOND)
    run()
    texted = receive_sms.receive_sms(InboundSms("sms-1", "+21698765432", "Thank you"))

    assert [(to, body) for to, body in sent_sms()] == [("+21698765432", "Yes, it can.")]
    assert texted.ticket_id == ticket.id
    message = tickets.thread(ticket.id).messages[1]
    assert (message.channel, message.contact) == ("sms", "+21698765432")
    assert chosen(open_page(desk, ticket)) == SECOND


def test_an_sms_is_answered_by_mail_without_losing_who_is_in_copy(desk, reachable, run):  # noqa: F811
    texted = receive(Incoming("sms", "Which oil?", Person("phone", "+21620555014"))).ticket
    change_ticket.change_ticket(texted.id, {"cc": ("charlie@example.org",)}, SYSTEM)
    answer(desk, texted, way=PHONE)
    assert tickets.get(texted.id).cc == ("charlie@example.org",)
    answer(desk, texted, way=EMAIL, text="Walnut oil.")
    run()

    assert (sent_mail()[-1]["To"], sent_mail()[-1]["Cc"]) == ("alice@example.org", "charlie@example.org")


def test_a_way_that_closed_meanwhile_sends_nothing_and_keeps_the_text(desk, ticket, reachable):
    open_page(desk, ticket)
    change_consent.set_opted_out("phone", "+21620555014", "sms", True, ASKED)
    desk.send(f"/agent/tickets/{ticket.number}/replies", text="Yes, it can.", way=PHONE)

    assert desk.status == 422
    assert "asked not to be written to" in desk.text
    assert desk.page.find(id="text").text.strip() == "Yes, it can."
    assert tickets.get(ticket.id).message_count == 1


@pytest.mark.parametrize("way", ["sms:+21655000000", "sms:", "fax:1", "email:charlie@example.org", "nonsense"])
def test_what_is_no_way_to_this_customer_sends_nothing(desk, ticket, reachable, way):
    answer(desk, ticket, way=way)

    assert desk.status == 422
    assert tickets.get(ticket.id).message_count == 1


def test_where_everything_is_closed_an_answer_can_wait_in_the_portal(desk, ticket, run):  # noqa: F811
    record_delivery.suppress("alice@example.org", "bounce")
    page = open_page(desk, ticket)
    assert ways(page) == (["portal"], [EMAIL])
    assert chosen(page) == "portal"
    assert answer(desk, ticket, way=EMAIL).status == 422

    run()
    before = len(sent_mail())
    assert answer(desk, ticket).status == 200
    assert "Nothing was sent." in desk.page.select_one("[role=status]").text
    run()
    assert len(sent_mail()) == before
    assert tickets.thread(ticket.id).messages[-1].channel == "portal"


def test_counting_says_what_it_takes_by_sms_and_sends_nothing(desk, ticket, reachable):
    text = "ü" * 100 + "€" * 31
    open_page(desk, ticket)
    desk.send(f"/agent/tickets/{ticket.number}/draft", "count", text=text, way=PHONE, cc="c@example.org")

    expected = sms_estimate.estimate(text, "+21620555014", shop.read())
    line = desk.page.select_one("#count").text
    assert line == f"{expected.parts} SMS · {expected.left} characters left · about ${expected.price:.2f}"
    assert desk.page.find(id="text").text.strip() == text
    assert desk.page.find(id="cc")["value"] == "c@example.org"
    assert chosen(desk.page) == PHONE
    assert tickets.get(ticket.id).message_count == 1


def test_a_long_answer_is_said_to_become_a_link(desk, ticket, reachable):
    open_page(desk, ticket)
    desk.send(f"/agent/tickets/{ticket.number}/draft", "count", text="word " * 300, way=PHONE)

    assert "with a link to all of it" in desk.page.select_one("#count").text


def test_the_thread_says_by_which_channel_and_to_whom(desk, ticket, reachable, run):  # noqa: F811
    answer(desk, ticket, way=PHONE)
    run()
    ours = open_page(desk, ticket).select("article.msg")[-1]

    assert ours["data-channel"] == "sms"
    assert ours.select_one(".chan").text.strip() == "SMS"
    assert "20 555 014" in ours.select_one(".sent").text


def test_whatsapp_is_a_way_where_the_shop_is_on_it_and_says_when_its_session_is_over(
    desk, ticket, reachable, monkeypatch
):
    monkeypatch.setenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID", "phone-number-id-1")
    page = open_page(desk, ticket)
    assert ways(page)[1] == ["whatsapp:+21620555014", "whatsapp:+21698765432"]
    assert page.select_one(".closed-way") is None

    session = Session("+21620555014", clock.now(), "wamid.1")
    change = Changes()
    whatsapp_sessions.heard(change, session)
    change.commit()
    page = open_page(desk, ticket)
    assert "whatsapp:+21620555014" in ways(page)[0]
    ends = i18n.moment(session.ends_at, "en", shop.read().time_zone)
    assert f"until {ends}" in page.select_one('option[value="whatsapp:+21620555014"]').text
    clock.shift(24 * 3600)
    assert answer(desk, ticket, way="whatsapp:+21620555014").status == 422
    assert "They have not written on WhatsApp for 24 hours" in desk.text


def test_where_only_the_template_goes_out_the_composer_says_what_becomes_of_the_words(
    desk, ticket, reachable, monkeypatch
):
    monkeypatch.setenv("DIWAN_WHATSAPP_PHONE_NUMBER_ID", "phone-number-id-1")
    assert open_page(desk, ticket).select_one(".by-template") is None

    shop.save(replace(shop.load(), whatsapp=WhatsAppSettings(template="answer_waiting")))
    page = open_page(desk, ticket)
    assert page.select_one('option[value="whatsapp:+21620555014"]').has_attr("data-template")
    assert "read your words on the portal" in page.select_one(".by-template").text


def test_a_conversation_goes_by_mail_sms_link_and_mail_and_stays_one(desk, browse, ticket, reachable, run):  # noqa: F811
    long = "Oil it twice a day for a week. " * 60
    answer(desk, ticket, way=PHONE, text=long)
    run()
    link = re.search(r"https://help\.ghusn\.example(/en/t/\S+)", sent_sms()[-1][1])[1]
    alice = browse().go(link)
    alice.send(link)
    assert alice.text.count("Oil it twice a day") == 60

    alice.send(f"/en/tickets/{ticket.number}", text="Thank you")
    answer(desk, ticket, way=EMAIL, text="You are welcome.")
    run()
    told = mail(From="alice@example.org", To=sent_mail()[-1]["Reply-To"], text="Bye")
    receive_mail(store_mail(told, sent_mail()[-1]["Reply-To"]))

    channels = [one.channel for one in tickets.thread(ticket.id).messages]
    assert channels == ["email", "sms", "portal", "email", "email"]
    assert len(ticket_lists.page(Wanted(), 5).tickets) == 1
