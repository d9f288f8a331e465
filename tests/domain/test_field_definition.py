"""What a custom field may hold follows from its definition; what nobody defined is free."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from chalicelib.domain.field_definition import FieldDefinition, Option, unknown_topic, wrong_option, wrong_values

NOW = datetime(2026, 3, 14, tzinfo=UTC)


def defined(type, *options, key="x", **fields):
    chosen = tuple(Option(value) for value in options)
    return FieldDefinition("fld_1", key, type, "ticket", {"en": "X"}, NOW, NOW, options=chosen, **fields)


def faults(definition, value):
    return [("/".join(one.path), one.code) for one in wrong_values([definition], {"x": value})]


@pytest.mark.parametrize(
    ("type", "value"),
    [
        ("text", ""),
        ("text", "مرحبا"),
        ("number", 0),
        ("number", -2.5),
        ("boolean", False),
        ("date", "2024-02-29"),
        ("select", "red"),
        ("multi_select", ["red", "blue"]),
        ("multi_select", []),
    ],
)
def test_a_value_of_its_type_is_taken(type, value):
    assert faults(defined(type, "red", "blue"), value) == []
    assert faults(defined(type, "red", "blue"), None) == []


@pytest.mark.parametrize(
    ("type", "value", "found"),
    [
        ("text", 1, [("x", "field-type")]),
        ("number", "1", [("x", "field-type")]),
        ("number", True, [("x", "field-type")]),
        ("boolean", 0, [("x", "field-type")]),
        ("date", "2026-02-30", [("x", "invalid-date")]),
        ("date", "20260214", [("x", "invalid-date")]),
        ("date", "2026-02-14T00:00:00Z", [("x", "invalid-date")]),
        ("date", "٢٠٢٦-٠٢-١٤", [("x", "invalid-date")]),
        ("date", 20260214, [("x", "field-type")]),
        ("select", "green", [("x", "field-option")]),
        ("select", ["red"], [("x", "field-type")]),
        ("multi_select", "red", [("x", "field-type")]),
        ("multi_select", ["red", "green", "pink"], [("x/1", "field-option"), ("x/2", "field-option")]),
    ],
)
def test_another_value_is_wrong_at_its_place(type, value, found):
    assert faults(defined(type, "red", "blue"), value) == found


def test_a_required_field_has_a_value():
    asked = defined("text", required=True)

    assert faults(asked, None) == [("x", "field-required")]
    assert [one.code for one in wrong_values([asked], {})] == ["field-required"]
    assert faults(asked, "here") == []


def test_what_nobody_defined_is_free():
    assert list(wrong_values([defined("number", key="y")], {"x": object()})) == []


@pytest.mark.parametrize(
    ("type", "values", "way"),
    [
        ("select", ["a", "b"], None),
        ("text", [], None),
        ("multi_select", [], ()),
        ("text", ["a"], ()),
        ("select", ["a", "b", "a"], ("2", "value")),
    ],
)
def test_options_belong_to_select_fields_each_once(type, values, way):
    assert wrong_option(type, [Option(value) for value in values]) == way


def test_a_field_that_hangs_on_a_topic_is_required_with_that_topic_only():
    wood = defined("text", required=True, topics=("care",))

    assert [one.code for one in wrong_values([wood], {"topic": "care"})] == ["field-required"]
    assert list(wrong_values([wood], {"topic": "delivery"})) == list(wrong_values([wood], {})) == []


@pytest.mark.parametrize(
    ("topics", "wrong"), [((), None), (("care",), None), (("care", "moon"), 1)], ids=["none", "known", "unknown"]
)
def test_topics_are_values_of_the_field_topic(topics, wrong):
    topic = defined("select", "care", "delivery", key="topic")

    assert unknown_topic(defined("text", topics=topics), [topic]) == wrong


def test_neither_the_topic_itself_nor_a_customers_field_hangs_on_a_topic():
    topic = defined("select", "care", key="topic")
    of_customers = replace(defined("text"), applies_to="customer", topics=("care",))

    assert unknown_topic(replace(topic, topics=("care",)), [topic]) == 0
    assert unknown_topic(of_customers, [topic]) == 0
