"""The shop's own fields on the ticket form: by topic, in the reader's language, checked, and shown on the desk."""

import pytest

from chalicelib import clock, ids
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.store import customer_events, customers, field_definitions, ticket_lists
from chalicelib.store.changes import Changes
from chalicelib.store.ticket_lists import Wanted

ALICE, CHARLIE = "alice@example.org", "charlie@example.org"
TYPED = {"email": ALICE, "subject": "My board has split", "text": "Can it be saved?"}
CARE, DELIVERY = Option("care", {"en": "Care", "ar": "العناية"}), Option("delivery", {"en": "Delivery"})


def define(key, type="text", *options, position=1, shown=True, **fields):
    names = {"en": key.capitalize(), "ar": f"{key} بالعربية"}
    told = {"options": options, "position": position, "shown_to_customers": shown, **fields}
    change = Changes()
    definition = FieldDefinition(ids.new("fld"), key, type, "ticket", names, clock.now(), clock.now(), **told)
    field_definitions.add(change, definition)
    change.commit()
    field_definitions.forget()
    return definition


@pytest.fixture
def fields(browse):
    define("topic", "select", CARE, DELIVERY, position=0)
    define("wood", "select", Option("olive", {"en": "Olive"}), Option("ash", {}), topics=("care",), required=True)
    define("order", topics=("delivery",))
    define("pieces", "number")
    define("bought", "date")
    define("gift", "boolean")
    define("extras", "multi_select", Option("oil", {"en": "Oil"}), Option("cloth", {"en": "Cloth"}))
    define("internal", shown=False, required=True)


def ask(browser, **typed):
    return browser.go("/en/tickets/new").send("/en/tickets/new", **(TYPED | typed))


def newest():
    return ticket_lists.page(Wanted(), 25).tickets[0]


def label(browser, name):
    return browser.page.find("label", attrs={"for": name}).get_text(" ", strip=True)


def test_the_form_shows_what_customers_are_asked_with_its_name_in_their_language(browse, fields):
    english, arabic = browse().go("/en/tickets/new"), browse(language="ar").go("/ar/tickets/new")

    assert label(english, "field_topic") == "Topic (optional)" and label(english, "field_wood") == "Wood"
    assert "بالعربية" in label(arabic, "field_wood")
    assert "Only for: Care" in english.text and "لا" not in label(english, "field_order")
    assert "العناية" in arabic.text
    assert english.page.find(id="field_internal") is None


def test_what_was_chosen_is_kept_with_the_ticket_as_its_type_says(browse, fields):
    ask(
        browse(),
        field_topic="care",
        field_wood="olive",
        field_order="what does not go with the topic is not kept",
        field_pieces="٣٫٥",
        field_bought="2026-03-14",
        field_gift="1",
        field_extras_1="1",
        field_extras_0="",
    )

    assert newest().custom_fields == {
        "topic": "care", "wood": "olive", "pieces": 3.5, "bought": "2026-03-14", "gift": True, "extras": ["cloth"],
    }  # fmt: skip


def test_without_a_topic_only_what_hangs_on_none_is_asked(browse, fields):
    ask(browse(), field_gift="", field_extras_0="", field_extras_1="")

    assert newest().custom_fields == {"gift": False}


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"field_topic": "care"}, "field_wood", "Choose what fits best"),
        ({"field_topic": "care", "field_wood": "<script>"}, "field_wood", "Choose what fits best"),
        ({"field_topic": "moon"}, "field_topic", "Choose what fits best"),
        ({"field_pieces": "many"}, "field_pieces", "not a number"),
        ({"field_pieces": "1e999"}, "field_pieces", "not a number"),
        ({"field_pieces": "nan"}, "field_pieces", "not a number"),
        ({"field_bought": "yesterday"}, "field_bought", "not a date"),
        ({"field_bought": "2026-02-30"}, "field_bought", "not a date"),
        ({"field_topic": "delivery", "field_order": "x" * 1001}, "field_order", "1,000 characters"),
    ],
    ids=["missing", "not-offered", "no-topic", "word", "huge", "nan", "word-for-day", "no-day", "long"],
)
def test_what_is_wrong_stands_beside_the_field_and_all_is_kept(browse, fields, typed, field, words):
    browser = ask(browse(), **typed)

    assert browser.status == 422 and browser.errors == [field]
    assert words in browser.page.find(id=f"{field}-error").text
    assert browser.page.select_one(f'[role=alert] a[href="#{field}"]')
    assert browser.page.find(id="text").text.strip() == TYPED["text"]
    assert ticket_lists.page(Wanted(), 25).tickets == ()


def test_a_key_with_blanks_and_marks_still_has_a_field(browse):
    made = define("your order's №")
    browser = ask(browse(), **{f"field_{made.id}": "7"})

    assert browser.heading == "We have your message"
    assert newest().custom_fields == {"your order's №": "7"}


def test_a_link_may_choose_the_topic(browse, fields):
    page = browse().go("/en/tickets/new?topic=delivery&subject=Late").page

    assert page.select_one("#field_topic option[selected]")["value"] == "delivery"


def test_the_desk_shows_what_was_told_in_the_agents_language(browse, fields, bob):
    ask(browse(), field_topic="care", field_wood="olive", field_gift="1", field_extras_0="", field_extras_1="")
    page = browse(bob.email, role="agent").go(f"/agent/tickets/{newest().number}").page
    told = {one.dt.text: one.dd.text for one in page.select(".panel .facts > div") if one.dd}

    assert {"Topic": "Care", "Wood": "Olive", "Gift": "Yes"}.items() <= told.items()


def test_who_is_signed_in_chooses_from_what_he_bought_and_nobody_elses(browse, fields):
    for email, order, type in ((ALICE, "GH-1", "purchase"), (ALICE, "PK-1", "shipment"), (CHARLIE, "GH-2", "purchase")):
        browse(email)
        owner = customers.by_contact("email", email)
        event = CustomerEvent(
            ids.new("cev"), owner.id, type, "Chopping board", clock.now(), clock.now(), external_id=order
        )
        change = Changes()
        customer_events.add(change, event)
        change.commit()
    alice = browse(ALICE).go("/en/tickets/new").page

    assert [one["value"] for one in alice.select(f"datalist#{alice.find(id='field_order')['list']} option")] == ["GH-1"]
    assert browse().go("/en/tickets/new").page.find("datalist") is None
