"""What a customer sets for himself: name, clock, quiet hours; contacts first or gone; signing out everywhere."""

from datetime import UTC, datetime

import pytest

from chalicelib import clock
from chalicelib.actions import change_customer, deliver_message, send_reply
from chalicelib.actions.change_customer import ContactWish
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.actions.send_reply import Reply
from chalicelib.domain.event import SYSTEM
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.store import customers, deliveries
from tests.actions.conftest import sent_sms

ALICE, NUMBER = "alice@example.org", "+21620555014"
HERE = "/en/preferences"


def alice():
    return customers.by_contact("email", ALICE)


def has_also(*contacts):
    wishes = [ContactWish("email", ALICE), *contacts]
    change_customer.change(alice().id, {}, wishes, SYSTEM)


def test_she_sets_her_name_her_clock_and_her_quiet_hours(browse):
    browser = browse(ALICE).go(HERE)
    browser.send(HERE, name=" Alice  A. ", time_zone="Africa/Tunis", quiet_from="22:00", quiet_to="07:30")

    assert "Saved." in browser.text
    assert (alice().name, alice().time_zone) == ("Alice A.", "Africa/Tunis")
    assert alice().quiet_hours == QuietHours("22:00", "07:30")
    assert browser.page.find(id="quiet_from")["value"] == "22:00"

    browser.send(HERE, quiet_from="", quiet_to="", time_zone="")
    assert (alice().quiet_hours, alice().time_zone, alice().name) == (None, None, "Alice A.")


@pytest.mark.parametrize(
    "typed",
    [
        {"quiet_from": "22:00", "quiet_to": ""},
        {"quiet_from": "22:00", "quiet_to": "22:00"},
        {"quiet_from": "25:00", "quiet_to": "22:00"},
        {"time_zone": "Mars/Olympus"},
        {"name": "x" * 201},
    ],
    ids=["one hour", "the same", "no hour", "no zone", "long name"],
)
def test_what_is_none_is_asked_for_again_and_nothing_is_changed(browse, typed):
    browser, before = browse(ALICE).go(HERE), alice()
    browser.send(HERE, **typed)

    assert browser.status == 422
    assert alice() == before


def test_a_wrong_contact_costs_nothing_that_stands_on_the_page(browse):
    browser = browse(ALICE).go(HERE)
    browser.send(HERE, name="Alice")
    browser.send(f"{HERE}/contacts", contact="nonsense")

    assert browser.page.find(id="name")["value"] == "Alice"


@pytest.fixture
def texted(browse, bob, monkeypatch):
    """An answer to Alice's number, and what became of it at an hour of her day."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 14, 23, 0, tzinfo=UTC))
    ticket = receive(Incoming("sms", "It has split.", Person("phone", NUMBER, "Alice"))).ticket
    owner = customers.by_contact("phone", NUMBER)
    quiet = {"quiet_hours": QuietHours("22:00", "07:30"), "time_zone": "Europe/Berlin"}
    change_customer.change(owner.id, quiet, None, SYSTEM)
    sent = send_reply.reply(ticket.id, bob, Reply("With oil."))

    def at(day, hour):
        monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, day, hour, 31, tzinfo=UTC))
        deliver_message.deliver(ticket.id, sent.message.id, "reply")
        return deliveries.get(ticket.id, sent.message.id, "reply")

    return at


def test_an_answer_waits_for_her_morning_and_the_desk_says_so(texted):
    held = texted(14, 23)
    assert (held.state, held.reason, sent_sms()) == ("queued", "customer-quiet-hours", [])
    assert texted(15, 5).state == "queued"

    assert texted(15, 6).state == "sent"
    assert len(sent_sms()) == 1


def test_an_answer_waits_no_more_once_she_gave_the_hours_up(texted):
    texted(14, 23)
    change_customer.change(customers.by_contact("phone", NUMBER).id, {"quiet_hours": None}, None, SYSTEM)

    assert texted(15, 0).state == "sent"


def test_a_contact_is_taken_away_but_not_the_one_she_is_signed_in_by(browse):
    browser = browse(ALICE)
    has_also(ContactWish("phone", NUMBER, verified=True))
    browser.go(HERE).send(f"{HERE}/contacts/remove", value=NUMBER, type="phone")
    assert "Removed." in browser.text
    assert [one.value for one in alice().contacts] == [ALICE]

    token = browser.page.find("input", attrs={"name": "csrf"})["value"]
    refused = browser.post(f"{HERE}/contacts/remove", csrf=token, type="email", value=ALICE)
    assert (refused.status, "signed in by this one" in refused.text) == (422, True)
    assert [one.value for one in alice().contacts] == [ALICE]


def test_of_two_addresses_one_is_put_first(browse):
    browser = browse(ALICE)
    has_also(ContactWish("email", "work@example.org", verified=True))
    browser.go(HERE).send(f"{HERE}/contacts/first", value="work@example.org", type="email")

    assert alice().contact("email").value == "work@example.org"
    assert browser.go("/en/tickets").address == "/en/tickets"


@pytest.mark.parametrize("what", ["remove", "first"])
def test_what_is_not_hers_is_not_found(browse, what):
    browse("charlie@example.org")
    browser = browse(ALICE).go(HERE)
    token = browser.page.find("input", attrs={"name": "csrf"})["value"]

    said = {"csrf": token, "type": "email", "value": "charlie@example.org"}
    assert browser.post(f"{HERE}/contacts/{what}", **said).status == 404
    assert customers.by_contact("email", "charlie@example.org").has("email", "charlie@example.org")


def test_signing_out_everywhere_ends_every_session_and_lets_her_in_again(browse):
    here, elsewhere, charlie = browse(ALICE), browse(ALICE), browse("charlie@example.org")
    here.go(HERE).send(f"{HERE}/sign-out")

    assert here.address == "/en/sign-in"
    assert not any(name.endswith("signed_in") for name in here.cookies)
    assert elsewhere.go("/en/tickets").address == "/en/sign-in"
    assert not any(name.endswith("signed_in") for name in elsewhere.cookies)
    assert charlie.go("/en/tickets").address == "/en/tickets"
    assert browse(ALICE).go("/en/tickets").address == "/en/tickets"
