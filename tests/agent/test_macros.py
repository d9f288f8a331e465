"""Macros on the desk: admins make and change them, agents put them into an answer, filled for the ticket."""

import pytest

from chalicelib import clock, i18n, ids
from chalicelib.actions import change_macro, change_staff, change_ticket
from chalicelib.actions.incoming import Incoming
from chalicelib.actions.receive_message import receive
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.domain.event import SYSTEM
from chalicelib.store import customer_events, macros
from chalicelib.store.changes import Changes
from tests.agent.conftest import ALICE
from tests.portal import samples

SETTINGS = "/agent/settings/macros"
WORDS = {
    "en": "Hello {{customer.first_name|there}}, about #{{ticket.number}}: {{agent.name}}, {{shop.name}}",
    "ar": "مرحبًا {{customer.first_name}}، {{agent.name}} من {{shop.name}}",
}


@pytest.fixture
def admin(desk, bob):
    change_staff.change_agent(bob.id, {"role": "admin"}, SYSTEM)
    return desk


def made(text=None, **fields):
    return change_macro.create({"name": "Hello", "texts": text or WORDS, **fields})


def insert(desk, ticket, macro, **typed):
    desk.go(f"/agent/tickets/{ticket.number}")
    desk.send(f"/agent/tickets/{ticket.number}/draft", "macro", macro=macro.id, **typed)
    return desk.page.find(id="text").text.strip()


def test_an_admin_makes_changes_and_deletes_a_macro(admin):
    admin.go("/agent/settings/new-macro")
    admin.send("/agent/settings/new-macro", name="Hello", text_en="Good day", text_ar="نهارك سعيد", position="2")
    assert "The macro is ready to use." in admin.text

    [macro] = macros.read()
    admin.go(f"{SETTINGS}/{macro.id}").send(f"{SETTINGS}/{macro.id}", text_en="Good day to you")
    [changed] = macros.read()
    assert (changed.texts, changed.position) == ({"en": "Good day to you", "ar": "نهارك سعيد"}, 2)

    admin.go(f"{SETTINGS}/{macro.id}").send(f"{SETTINGS}/{macro.id}/delete")
    assert macros.read() == []


def test_what_nothing_fills_is_named_and_what_was_typed_stays(admin):
    admin.go("/agent/settings/new-macro")
    admin.send("/agent/settings/new-macro", name="Hello", text_en="Hello {{customer.nick}}")

    assert admin.status == 422
    assert "{{customer.nick}}" in admin.page.select_one(".banner bdi").text
    assert admin.page.find(id="text_en").text.strip() == "Hello {{customer.nick}}"
    assert macros.read() == []


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [({"name": ""}, "name"), ({"text_en": ""}, "text_en"), ({"position": "first"}, "position")],
    ids=["nameless", "wordless", "no position"],
)
def test_what_is_missing_is_said_beside_its_field(admin, typed, wrong):
    admin.go("/agent/settings/new-macro")
    admin.send("/agent/settings/new-macro", **{"name": "Hello", "text_en": "Hello", "text_ar": ""} | typed)

    assert (admin.status, admin.errors) == (422, [wrong])


def test_a_change_on_top_of_somebody_elses_is_shown(admin):
    macro = made()
    admin.go(f"{SETTINGS}/{macro.id}")
    change_macro.change(macro.id, {"position": 5})
    admin.send(f"{SETTINGS}/{macro.id}", name="Mine")

    assert "Somebody else changed this macro meanwhile." in admin.text
    assert macros.read()[0].name == "Hello"


def test_only_admins_change_macros(desk):
    macro = made()
    assert "Hello" in desk.go(SETTINGS).text
    assert desk.go("/agent/settings/new-macro").address == SETTINGS
    token = desk.page.find("input", attrs={"name": "csrf"})["value"]
    assert desk.post(f"{SETTINGS}/{macro.id}/delete", csrf=token).status == 403
    assert len(macros.read()) == 1


def test_a_macro_is_put_below_what_was_typed_and_nothing_is_sent(desk, ticket):
    text = insert(desk, ticket, made(), text="Good news.", cc="dora@example.org")

    assert text == f"Good news.\n\nHello Alice, about #{ticket.number}: Bob, Ghusn"
    assert desk.page.find(id="cc")["value"] == "dora@example.org"


def test_what_there_was_nothing_for_is_named_before_it_is_sent(desk, ticket):
    macro = made({"en": "Hello {{customer.first_name|there}}, your {{last_purchase.title}}."})
    assert insert(desk, ticket, macro) == "Hello Alice, your."
    assert "{{last_purchase.title}}" in desk.page.find(id="left-empty").text

    filled = desk.go(f"/agent/tickets/{ticket.number}/macros/{macro.id}")
    assert filled.header("diwan-left-empty") == "{{last_purchase.title}}"


def test_the_language_of_the_ticket_decides_or_the_one_there_is(desk, ticket):
    change_ticket.change_ticket(ticket.id, {"locale": "ar"}, SYSTEM)

    assert insert(desk, ticket, made()) == "مرحبًا Alice، بوب من غُصن"
    assert insert(desk, ticket, made({"en": "From {{agent.name}}"})) == "From Bob"


def test_what_was_asked_and_bought_before_is_filled_in(desk, ticket):
    later, now, change = receive(Incoming("email", "And the oil?", ALICE, subject="Oil")).ticket, clock.now(), Changes()
    bought = CustomerEvent(ids.new("cev"), ticket.customer_id, "purchase", "Chopping board", now, now)
    customer_events.add(change, bought)
    change.commit()
    macro = made({"en": "{{last_inquiry.subject|nothing}}, {{last_inquiry.date|never}}, {{last_purchase.title}}"})

    assert insert(desk, ticket, macro).startswith("nothing, never, Chopping board")
    subject, date, _ = insert(desk, later, macro).split(", ")
    assert subject == "My board has split"
    assert date == i18n.day(now, "en", samples.SHOP.time_zone)


def test_a_teams_macro_is_offered_on_its_tickets_only(desk, workshop, ticket):
    macro = made(team_id=workshop.id)
    assert desk.go(f"/agent/tickets/{ticket.number}").page.find(id="macro") is None

    change_ticket.change_ticket(ticket.id, {"team_id": workshop.id}, SYSTEM)
    assert insert(desk, ticket, macro).startswith("Hello Alice")


def test_the_script_is_given_the_same_words(desk, ticket, browse):
    macro = made()
    address = f"/agent/tickets/{ticket.number}/macros/{macro.id}"
    desk.go(address)

    assert desk.header("content-type") == "text/plain; charset=utf-8"
    assert desk.text == f"Hello Alice, about #{ticket.number}: Bob, Ghusn"
    assert browse().go(address).address == "/agent/sign-in"


def test_the_last_macro_that_there_may_be_is_told_as_such(admin, monkeypatch):
    monkeypatch.setattr(change_macro.rules, "MOST", 1)
    made()
    admin.go("/agent/settings/new-macro").send("/agent/settings/new-macro", name="Hello", text_en="Good day")

    assert admin.status == 422
    assert "The limit is reached." in admin.text
    assert "teams" not in admin.page.find(id="name-error").text
