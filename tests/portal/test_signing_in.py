"""One-time links: seen without being spent, spent once, and only in the browser that asked."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import change_customer, change_staff, send_sign_in, sign_in
from chalicelib.actions.change_customer import ContactWish
from chalicelib.domain.event import SYSTEM
from chalicelib.store import customers
from tests.actions.conftest import sent_mail, sent_sms

ALICE = "alice@example.org"


def deliver() -> None:
    """Send what was asked for."""
    sqs = boto3.client("sqs")
    for one in sqs.receive_message(QueueUrl=settings.send_queue_url(), MaxNumberOfMessages=10)["Messages"]:
        send_sign_in.send(re.search(r"sgn_\w+", json.dumps(one["Body"]))[0])


def mailed_link() -> str:
    """The link in the newest mail, as a path."""
    deliver()
    return re.search(r"https://help\.ghusn\.example(/\S*sign-in/\S+)", _newest_text())[1]


def mailed_code() -> str:
    """The code in the newest mail that was sent already."""
    return re.search(r"^(\d{6})\s*$", _newest_text(), re.M)[1]


def texted_code() -> str:
    deliver()
    return re.search(r"\d{6}", sent_sms()[-1][1])[0]


def _newest_text() -> str:
    return sent_mail()[-1].get_body(("plain",)).get_content()


def ask(browser, email=ALICE):
    return browser.go("/en/sign-in").send("/en/sign-in", email=email)


def test_a_customer_asks_for_a_link_and_is_in(browse):
    browser = ask(browse())
    assert ALICE in browser.text

    link = mailed_link()
    browser.go(link).go(link)
    browser.send(link)

    assert browser.address == "/en/tickets"
    assert customers.by_contact("email", ALICE).contacts[0].verified


def test_after_signing_in_one_is_where_one_wanted_to_be(browse):
    browser = browse().go("/en/tickets/1001")
    ask(browser)
    link = mailed_link()
    browser.go(link).send(link)

    assert browser.address == "/en/tickets/1001"


def test_a_customer_types_the_code_instead(browse):
    browser = ask(browse())
    mailed_link()
    code = mailed_code()
    field = browser.page.find(id="code")

    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")
    assert browser.send("/en/sign-in/code", code=f"{code[:3]} {code[3:]}").address == "/en/tickets"


def test_a_customer_with_a_number_alone_is_texted_a_code(browse):
    browser = browse(language="ar").go("/ar/sign-in").send("/ar/sign-in", email="٠٠٢١٦ ٢٠ ٥٥٥ ٠١٤")
    assert browser.address == "/ar/sign-in/code"
    browser.send("/ar/sign-in/code", code=texted_code())

    assert browser.address == "/ar/tickets"
    assert customers.by_contact("phone", "+21620555014").contacts[0].verified


def test_in_another_browser_the_link_wants_the_code_as_well(browse):
    ask(browse())
    link, other = mailed_link(), browse()

    assert "another browser" in other.go(link).text
    assert other.send(link, code="000000x").status == 422
    assert other.go("/en/tickets").address == "/en/sign-in"
    assert other.go(link).send(link, code=mailed_code()).address == "/en/tickets"


def test_the_code_works_in_no_other_browser(browse):
    browser, other = ask(browse()), browse()
    mailed_link()
    ask(other, "charlie@example.org")

    assert other.send("/en/sign-in/code", code=mailed_code()).status == 422
    assert other.go("/en/tickets").address == "/en/sign-in"
    assert browser.go("/en/tickets").address == "/en/sign-in"


def test_a_code_that_has_expired_is_sent_anew(browse):
    browser = ask(browse())
    clock.shift(15 * 60 + 1)

    assert browser.send("/en/sign-in/code", code="123456").status == 422
    assert "We’ve sent a new one." in browser.text
    mailed_link()
    assert browser.send("/en/sign-in/code", code=mailed_code()).address == "/en/tickets"


def test_a_code_can_be_sent_again(browse):
    browser = ask(browse())
    browser.send("/en/sign-in", email=ALICE)
    mailed_link()

    assert browser.send("/en/sign-in/code", code=mailed_code()).address == "/en/tickets"


def test_after_a_wrong_code_the_page_still_says_where_the_right_one_is(browse):
    browser = ask(browse())

    assert f"We sent it to {ALICE}" in browser.send("/en/sign-in/code", code="0").text


def test_a_code_tried_too_often_is_told_and_nothing_is_sent(browse):
    browser = ask(browse())
    words = [browser.send("/en/sign-in/code", code="0").text for _ in range(sign_in.MOST_TRIES + 1)]

    assert "not right" in words[0]
    assert "tried too often" in words[-1]


def test_whoever_it_is_the_same_is_said(browse):
    browse(ALICE)
    told = [ask(browse(), email).text.replace(email, "…") for email in (ALICE, "nobody@example.org")]

    assert told[0] == told[1]


def test_where_nothing_was_asked_for_no_code_is_typed(browse):
    browser = browse().go("/en/sign-in/code")
    assert browser.address == "/en/sign-in"

    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    assert browser.post("/en/sign-in/code", csrf=token, code="123456").address == "/en/sign-in"


def test_an_agents_link_works_in_no_other_browser(browse, bob):
    browse().go("/agent/sign-in").send("/agent/sign-in", email=bob.email)
    link, other = mailed_link(), browse()

    assert "browser that asked" in other.go(link).text
    token = other.go("/en/sign-in").page.find("input", attrs={"name": "csrf"})["value"]
    assert other.post(link, csrf=token).status == 410
    assert other.go("/agent/tickets").address == "/agent/sign-in"


def test_the_link_works_once(browse):
    browser = ask(browse())
    link = mailed_link()
    browser.go(link).send(link)

    assert browser.go(link).status == 410


def test_the_link_ends_after_a_quarter_of_an_hour(browse):
    browser = ask(browse())
    link = mailed_link()
    browser.go(link)
    clock.shift(15 * 60 + 1)

    assert browser.send(link).status == 410


def test_a_customers_link_opens_no_desk(browse):
    browser = ask(browse())
    token = mailed_link().rpartition("/")[2]

    assert browser.go(f"/agent/sign-in/{token}").status == 410


@pytest.mark.parametrize("token", ["x", "sgn_01M8NVJ4M22AJVA3ZMPBF7H48R.x", "%00", "a" * 500])
def test_a_made_up_link_is_refused(browse, token):
    assert browse().go(f"/en/sign-in/{token}").status == 410


@pytest.mark.parametrize(
    ("email", "word"),
    [
        ("", "Type the email address or phone number"),
        ("leila", "has no @"),
        ("leila@", "not an email address"),
        ("20 55", "not a phone number"),
    ],
)
def test_what_is_neither_an_address_nor_a_number_is_asked_for_again(browse, email, word):
    browser = ask(browse(), email)

    assert browser.status == 422
    assert word in browser.text


@pytest.mark.parametrize(
    ("door", "language", "words"),
    [
        ("/en/sign-in", "en", "try again in a few minutes"),
        ("/ar/sign-in", "ar", "بعد بضع دقائق"),
        ("/agent/sign-in", "en", "try again in a few minutes"),
    ],
)
def test_a_mailbox_is_not_filled_with_links(browse, monkeypatch, door, language, words):
    monkeypatch.setattr(sign_in, "MAILS", replace(sign_in.MAILS, most=2))
    monkeypatch.setattr(clock, "now", lambda now=datetime(2026, 3, 14, 9, 0, tzinfo=UTC): now)
    browser = browse(language=language)
    asked = [browser.go(door).send(door, email=ALICE).status for _ in range(3)]

    assert asked == [200, 200, 429]
    assert words in browser.text
    assert browser.page.find(id="email")["value"] == ALICE
    assert browser.go(door).send(door, email="charlie@example.org").status == 200
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 14, 9, 15, 1, tzinfo=UTC))
    assert browser.go(door).send(door, email=ALICE).status == 200


def test_signing_out_ends_the_session(browse):
    browser = browse(ALICE).go("/en/tickets")
    browser.send("/en/sign-out")

    assert browser.go("/en/tickets").address == "/en/sign-in"


def test_a_session_ends_after_a_month(browse):
    browser = browse(ALICE)
    clock.shift(31 * 24 * 3600)

    assert browser.go("/en/tickets").address == "/en/sign-in"


def test_a_session_ends_when_the_address_it_was_proven_by_is_taken_away(browse):
    browser = browse(ALICE)
    alice = customers.by_contact("email", ALICE).id
    change_customer.change(alice, {}, [ContactWish("email", ALICE), ContactWish("email", "right@example.org")], SYSTEM)
    assert browser.go("/en/tickets").address == "/en/tickets"

    change_customer.change(alice, {}, [ContactWish("email", "right@example.org")], SYSTEM)
    assert browser.go("/en/tickets").address == "/en/sign-in"

    change_customer.change(alice, {}, [ContactWish("email", "right@example.org"), ContactWish("email", ALICE)], SYSTEM)
    assert browser.go("/en/tickets").address == "/en/sign-in"


def test_an_agents_session_ends_when_he_has_another_address(browse, bob):
    browser = browse(bob.email, "agent")
    assert browser.go("/agent/tickets").address == "/agent/tickets"

    change_staff.change_agent(bob.id, {"email": "right@ghusn.example"}, SYSTEM)

    assert browser.go("/agent/tickets").address == "/agent/sign-in"


def test_a_changed_session_is_none(browse):
    browser = browse(ALICE)
    name = next(name for name in browser.cookies if name.endswith("customer"))
    browser.cookies[name] = "x" + browser.cookies[name][1:]

    assert browser.go("/en/tickets").address == "/en/sign-in"


def test_a_customers_session_is_no_agents(browse, bob):
    browser = browse(bob.email)

    assert browser.go("/agent/tickets").address == "/agent/sign-in"
