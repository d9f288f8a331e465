"""Macros are filled by plain substitution, once; where there is nothing to fill in, no gap stays."""

import pytest

from chalicelib.domain.macro import PLACEHOLDERS, filled, first_name, places, unknown


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        ("Hello {{customer.name}},", {"customer.name": "Alice"}, "Hello Alice,"),
        ("Hello {{ customer.name }},", {"customer.name": "Alice"}, "Hello Alice,"),
        ("Hello {{customer.name|there}},", {}, "Hello there,"),
        ("Hello {{customer.name | dear friend }},", {"customer.name": "Alice"}, "Hello Alice,"),
        ("Hello {{customer.name}},\nwelcome", {}, "Hello,\nwelcome"),
        ("مرحبًا {{customer.name}}، أهلًا", {}, "مرحبًا، أهلًا"),
        ("Your {{last_purchase.title}} is ready", {}, "Your is ready"),
        ("About {{last_inquiry.subject}}\n\nBob", {}, "About\n\nBob"),
        ("{{customer.name}} hello", {}, "hello"),
        ("{{customer.name}}{{agent.name}}", {"agent.name": "Bob"}, "Bob"),
        ("A {brace}, {{ and } stay", {}, "A {brace}, {{ and } stay"),
        ("No places", {}, "No places"),
    ],
)
def test_the_places_of_a_text_are_filled(text, values, expected):
    assert filled(text, values) == expected


def test_what_is_filled_in_asks_for_nothing():
    evil = "{{agent.name}} \0 {{customer.name}}"
    assert filled("{{customer.name}}!", {"customer.name": evil, "agent.name": "Bob"}) == evil.replace("\0", "") + "!"


def test_the_names_of_places_are_told_once_and_in_order():
    text = "{{shop.name}} {{ nick }} {{shop.name|x}} {{customer.age|}}"
    assert places(text) == ["shop.name", "nick", "customer.age"]
    assert unknown(text) == ["nick", "customer.age"]
    assert unknown("Hello {{customer.name, and {{agent.name}}") == ["customer.name"]
    assert unknown(" ".join(f"{{{{{one}}}}}" for one in PLACEHOLDERS)) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Alice Ben Salah", "Alice"), ("عبد الله صالح", "عبد الله"), ("ليلى", "ليلى"), ("عبد", "عبد"), ("", "")],
    ids=["two words", "half a name", "one word", "half alone", "none"],
)
def test_who_is_greeted_by_his_first_name(name, expected):
    assert first_name(name) == expected
