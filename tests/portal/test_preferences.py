"""A customer says how he is reached: by which channel and language, where not, and where else, which a code shows."""

import json
import re
from dataclasses import replace

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import prove_by_code, prove_contact, receive_sms, send_reply
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.receive_sms import InboundSms
from chalicelib.actions.send_reply import Reply
from chalicelib.channels import ticket_links
from chalicelib.domain.customer import Contact
from chalicelib.domain.event import Actor
from chalicelib.domain.sms_settings import SmsSettings
from chalicelib.store import consents, contact_codes, customer_traces, customers, shop, staff, tickets
from chalicelib.store.changes import Changes
from tests.actions.conftest import sent_mail, sent_sms
from tests.portal import samples
from tests.portal.browser import HOST

ALICE, PHONE = "alice@example.org", "+21620555014"
HERE = "/en/preferences"


def alice():
    return customers.by_contact("email", ALICE)


def send_codes():
    """Run the jobs that send what was asked for."""
    sqs = boto3.client("sqs")
    for one in sqs.receive_message(QueueUrl=settings.send_queue_url(), MaxNumberOfMessages=10).get("Messages", []):
        sqs.delete_message(QueueUrl=settings.send_queue_url(), ReceiptHandle=one["ReceiptHandle"])
        job = json.loads(one["Body"])
        if job.pop("kind") == "send_contact_code":
            prove_by_code.send(**job)


def ask(browser, contact):
    return browser.go(HERE).send(f"{HERE}/contacts", contact=contact)


def texted_code():
    send_codes()
    return re.search(r"\d{6}", sent_sms()[-1][1])[0]


def other_than(code):
    return f"{(int(code) + 1) % 10**6:06}"


def test_only_who_is_signed_in_sees_and_changes_them(browse):
    browser = browse().go(HERE)
    assert browser.address == "/en/sign-in"
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    for place in ("", "/consent", "/contacts", "/code"):
        assert browser.post(f"{HERE}{place}", csrf=token, channel="email").address == "/en/sign-in"


def test_the_wished_channel_and_language_are_kept(browse):
    browser = ask(browse(ALICE), PHONE)
    browser.send(f"{HERE}/code", code=texted_code())
    browser.go(HERE).send(HERE, channel="sms", locale="ar")

    assert (alice().preferred_channel, alice().locale) == ("sms", "ar")
    assert browser.address == "/ar/preferences?done=saved"
    browser.send("/ar/preferences", channel="", locale="en")
    assert alice().preferred_channel is None


@pytest.mark.parametrize("channel", ["sms", "whatsapp", "phone", "portal", "fax"])
def test_a_channel_that_reaches_nothing_of_hers_is_no_choice(browse, channel):
    assert browse(ALICE).go(HERE).send(HERE, channel=channel).status == 404


def test_a_number_is_added_by_a_code_that_is_sent_there(browse):
    browser = ask(browse(ALICE), "20 555 014")
    assert browser.address == f"{HERE}/code"
    assert "20 555 014" in browser.text
    code = texted_code()
    browser.send(f"{HERE}/code", code=f"{code[:3]} {code[3:]}")

    assert alice().has_proven("phone", PHONE)
    assert "Added. We can answer you there now." in browser.text
    assert [to for to, _ in sent_sms()] == [PHONE]


def test_digits_may_be_arabic_and_the_address_may_be_one_of_mail(browse):
    browser = ask(browse(ALICE), "Alice@Work.example")
    send_codes()
    mail = sent_mail()[-1]
    code = re.search(r"\d{6}", mail["Subject"])[0]
    browser.send(f"{HERE}/code", code=code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")))

    assert mail["To"] == "alice@work.example"
    assert alice().has_proven("email", "alice@work.example")


def test_a_code_works_once_and_for_ten_minutes(browse):
    browser = ask(browse(ALICE), PHONE)
    code = texted_code()
    page = browser.page
    browser.send(f"{HERE}/code", code=code)
    browser.page = page
    assert browser.send(f"{HERE}/code", code=code).status == 422

    ask(browser, "+21698765432")
    code = texted_code()
    clock.shift(10 * 60 + 1)
    assert browser.send(f"{HERE}/code", code=code).status == 422
    assert not alice().has("phone", "+21698765432")


def test_a_code_can_be_guessed_at_five_times(browse):
    browser = ask(browse(ALICE), PHONE)
    code, page = texted_code(), browser.page
    for _ in range(5):
        browser.page = page
        assert "That code is not right" in browser.send(f"{HERE}/code", code=other_than(code)).text
    browser.page = page
    assert "tried too often" in browser.send(f"{HERE}/code", code=code).text
    assert not alice().has("phone", PHONE)


def test_a_newer_code_ends_the_one_before(browse):
    browser = ask(browse(ALICE), PHONE)
    first = texted_code()
    ask(browser, "+21698765432")
    second = texted_code()

    browser.send(f"{HERE}/code", code=first)
    assert first == second or browser.status == 422
    assert not alice().has("phone", PHONE)


def test_codes_are_limited_for_each_number_and_each_customer(browse):
    for customer in (ALICE, "charlie@example.org"):
        browser = browse(customer)
        told = [ask(browser, PHONE).status for _ in range(2)]
    assert told == [200, 429]
    assert [ask(browse(ALICE), f"+2169876540{n}").status for n in range(4)] == [200] * 3 + [429]


@pytest.mark.parametrize("typed", ["", "alice", "12", "a@b", "+999 1"])
def test_what_is_neither_address_nor_number_is_sent_nothing(browse, typed):
    browser = ask(browse(ALICE), typed)

    assert (browser.status, browser.errors) == (422, ["contact"])
    assert contact_codes.get(alice().id) is None


def test_a_number_of_another_customer_makes_the_two_one(browse):
    ticket = tickets.get(receive_sms.receive_sms(InboundSms("sms-1", PHONE, "Is it ready?")).ticket_id)
    browser = ask(browse(ALICE), PHONE)
    assert "Is it ready?" not in browser.text
    browser.send(f"{HERE}/code", code=texted_code())

    assert ticket.customer_id in alice().merged_ids
    assert "Is it ready?" in browser.go(f"/en/tickets/{ticket.number}").text


def test_a_number_of_one_who_has_shown_another_address_stays_his(browse):
    ticket = receive(Incoming("sms", "My secret", Person("phone", PHONE))).ticket
    owner = customers.by_contact("phone", PHONE)
    prove_contact.prove(owner.id, "email", "charlie@example.org", Actor("customer", owner.id))
    browser = ask(browse(ALICE), PHONE)
    browser.send(f"{HERE}/code", code=texted_code())

    assert (browser.status, browser.errors) == (422, ["contact"])
    assert "Another customer has this here" in browser.text
    assert browser.go(f"/en/tickets/{ticket.number}").status == 404


def test_stop_and_allow_are_kept_by_channel_and_in_the_ledger(browse):
    browser = browse(ALICE).go(HERE)
    browser.send(f"{HERE}/consent", channel="email")
    assert alice().contact("email").opted_out_of == ("email",)

    browser.send(f"{HERE}/consent", channel="email")
    assert alice().contact("email").opted_out_of == ()
    entries = consents.page([alice().id], 10)[0]
    assert [(one.action, one.source) for one in entries] == [("opt_in", "portal"), ("opt_out", "portal")]


def test_nobody_stops_what_is_sent_to_another(browse):
    receive(Incoming("email", "Hello", Person("email", "charlie@example.org")))
    browser = browse(ALICE).go(HERE)

    assert browser.send(f"{HERE}/consent", value="charlie@example.org").status == 404
    assert browser.go(HERE).send(f"{HERE}/consent", channel="sms").status == 404


def test_nothing_is_sent_to_a_number_that_wants_nothing(browse):
    add_phone(opted_out_of=("sms",))

    assert "can’t send a code there" in ask(browse("charlie@example.org"), PHONE).text
    assert sent_sms() == []


def test_no_code_goes_to_our_own_address_or_number(browse, workshop):
    team, change = staff.team(workshop.id), Changes()
    staff.save_team(change, team, replace(team, email="workshop@ghusn.example"))
    change.commit()
    for typed in (settings.support_email(), settings.support_phone(), "workshop@ghusn.example"):
        assert "This is our own" in ask(browse(ALICE), typed).text
    send_codes()
    assert (sent_mail(), sent_sms()) == ([], [])


def test_no_code_is_texted_past_the_daily_cap(browse):
    set_cap(0.0)
    browser = ask(browse(ALICE), PHONE)

    assert "can’t send a code there" in browser.text
    assert ask(browser, "alice@work.example").address == f"{HERE}/code"


def set_cap(dollars):
    shop.save(replace(samples.SHOP, sms=SmsSettings(daily_cap=dollars)))


def add_phone(**contact):
    receive(Incoming("sms", "Hello", Person("phone", PHONE)))
    customer, change = customers.by_contact("phone", PHONE), Changes()
    customers.save(change, customer, replace(customer, contacts=(Contact("phone", PHONE, **contact),)))
    change.commit()


def test_who_came_by_a_link_shows_first_that_it_is_he(browse):
    ticket = receive(Incoming("sms", "Is it ready?", Person("phone", PHONE))).ticket
    browser = browse().go(ticket_links.to(ticket, PHONE).removeprefix(f"https://{HOST}"))
    browser.send(browser.address).go(HERE)
    assert "First, show us it’s you" in browser.text

    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    browser.post(f"{HERE}/contacts", csrf=token, contact="mallory@example.org")
    send_codes()
    assert [to for to, _ in sent_sms()] == [PHONE]
    assert sent_mail() == []

    browser.send(f"{HERE}/code", code=re.search(r"\d{6}", sent_sms()[-1][1])[0])
    assert "Now you can add addresses" in browser.text
    ask(browser, ALICE)
    send_codes()
    browser.send(f"{HERE}/code", code=re.search(r"\d{6}", sent_mail()[-1]["Subject"])[0])
    assert customers.by_contact("phone", PHONE).has_proven("email", ALICE)


def test_who_came_by_a_link_sees_and_changes_nothing_until_it_is_shown_to_be_he(browse):
    ticket = receive(Incoming("sms", "Is it ready?", Person("phone", PHONE))).ticket
    browser = browse().go(ticket_links.to(ticket, PHONE).removeprefix(f"https://{HOST}"))
    browser.send(browser.address).go(HERE)
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    before, said = customers.by_contact("phone", PHONE), {"csrf": token, "type": "phone", "value": PHONE}

    for wanted in ("no", "yes"):
        assert browser.post(f"{HERE}/consent", **said, channel="sms", wanted=wanted).address == "/en/sign-in"
    assert browser.post(HERE, csrf=token, channel="sms", locale="ar").address == "/en/sign-in"
    assert "The link in our message opens that one conversation alone" in browser.text
    assert customers.by_contact("phone", PHONE) == before


def test_who_let_us_write_nowhere_is_told_where_our_answers_stand(browse):
    browser = browse(ALICE).go(HERE)
    browser.send(HERE, channel="email", locale="en").send(f"{HERE}/consent", channel="email")

    assert "our answers wait under “My tickets”" in browser.text
    assert not browser.page.select('input[type="radio"]')
    assert browser.send(HERE, locale="ar").address == "/ar/preferences?done=saved"
    assert (alice().locale, alice().preferred_channel) == ("ar", "email")


def test_wrong_digits_are_not_told_beside_a_code_that_is_on_its_way(browse):
    browser = ask(browse(ALICE), PHONE)
    assert "A code is on its way" in browser.text
    browser.send(f"{HERE}/code", code=other_than(texted_code()))

    assert "That code is not right" in browser.text
    assert "on its way" not in browser.text
    assert "We sent it to" in browser.text


def test_a_ticket_says_how_its_answer_comes(browse, bob):
    ticket = receive(Incoming("email", "Can it be saved?", Person("email", ALICE))).ticket
    browser = browse(ALICE).go(f"/en/tickets/{ticket.number}")
    assert f"We’ll answer by email to {ALICE}" in browser.text

    browser.send(f"/en/tickets/{ticket.number}", text="One more thing")
    browser.go(HERE).send(f"{HERE}/consent", channel="email")
    assert "We’ll answer" not in browser.go(f"/en/tickets/{ticket.number}").text
    send_reply.reply(ticket.id, bob, Reply("Yes.", channel="portal", contact=""))
    assert "Yes." in browser.go(f"/en/tickets/{ticket.number}").text


def test_the_page_after_asking_says_so_too(browse):
    browser = browse(ALICE).go("/en/tickets/new")
    browser.send("/en/tickets/new", subject="Oil", text="Which one?")

    assert browser.address == "/en/tickets/sent"
    assert f"We’ll answer by email to {ALICE}" in browser.text


def test_where_a_new_ticket_is_answered_follows_the_preference(browse):
    browser = browse(ALICE)
    customer, change = alice(), Changes()
    contacts = (*customer.contacts, Contact("phone", PHONE))
    customers.save(change, customer, replace(customer, contacts=contacts, preferred_channel="sms"))
    change.commit()

    assert "We’ll answer to 20 555 014" in browser.go("/en/tickets/new").text


def test_a_code_goes_when_its_customer_is_forgotten(browse):
    ask(browse(ALICE), PHONE)
    assert contact_codes.get(alice().id).contact == PHONE

    customer_traces.erase_some(alice().id)
    assert contact_codes.get(alice().id) is None
