"""Fields are defined, and what is written into them is what was defined."""

import pytest

from chalicelib.actions import change_field
from tests.api.conftest import new_ticket

COLOUR = {
    "key": "colour",
    "type": "select",
    "applies_to": "ticket",
    "names": {"en": "Colour", "ar": "اللون"},
    "options": [{"value": "red", "names": {"ar": "أحمر"}}, {"value": "blue", "names": {}}],
}


@pytest.fixture
def define(api):
    def defined(key, type="text", applies_to="ticket", **fields):
        told = api.post(
            "/v1/fields", {"key": key, "type": type, "applies_to": applies_to, "names": {"en": key}, **fields}
        )
        assert told.status == 201, told.text
        return told.json

    return defined


def test_a_field_is_defined_and_listed_by_its_position(api, define):
    made = api.post("/v1/fields", {**COLOUR, "position": 2}, Idempotency_Key="one")
    first = define("order", position=1)
    other = define("size", applies_to="customer")

    told = {**COLOUR, "position": 2, "required": False, "version": 1}
    assert (made.status, made.headers["etag"]) == (201, '"1"')
    assert {name: made.json[name] for name in told} == told
    assert api.post("/v1/fields", {**COLOUR, "position": 2}, Idempotency_Key="one").json == made.json
    assert api.walk("/v1/fields", limit=1) == [other, first, made.json]
    assert api.walk("/v1/fields", applies_to="ticket", limit=1) == [first, made.json]
    assert api.get(f"/v1/fields/{made.json['id']}").json == made.json


def test_the_list_goes_on_where_it_was_though_its_last_one_was_deleted(api, define):
    made = [define(f"field {n}", position=n)["id"] for n in range(4)]
    first = api.get("/v1/fields", limit=2).json
    api.delete(f"/v1/fields/{made[1]}")
    rest = api.walk("/v1/fields", limit=2, cursor=first["next_cursor"])

    assert [one["id"] for one in first["data"] + rest] == made


def test_a_definition_is_changed_and_deleted(api):
    path = f"/v1/fields/{api.post('/v1/fields', COLOUR).json['id']}"
    changed = api.patch(path, {"names": {"en": "Shade"}, "options": [{"value": "green"}]}, If_Match='"1"')

    assert changed.json["names"] == {"en": "Shade", "ar": "اللون"}
    assert changed.json["options"] == [{"value": "green", "names": {}}]
    assert api.post("/v1/tickets", new_ticket(custom_fields={"colour": "green"})).status == 201
    assert api.patch(path, {"required": True}, If_Match='"1"').code == "version-mismatch"
    assert api.patch(path, {"type": "text"}).faults == {"/type": "unknown-field"}
    assert api.delete(path).status == 204
    assert api.get(path).code == "field-not-found"
    assert api.post("/v1/tickets", new_ticket(custom_fields={"colour": 7})).status == 201


@pytest.mark.parametrize(
    ("fields", "code", "faults"),
    [
        ({"type": "colour"}, "invalid", {"/type": "unknown-value"}),
        ({"applies_to": "article"}, "invalid", {"/applies_to": "unknown-value"}),
        ({"key": ""}, "invalid", {"/key": "blank"}),
        ({"names": {}}, "no-translation", {"/names": "no-translation"}),
        ({"options": []}, "invalid-options", {"/options": "invalid-options"}),
        ({"type": "text"}, "invalid-options", {"/options": "invalid-options"}),
        ({"options": [{"value": "a"}, {"value": "a"}]}, "invalid-options", {"/options/1/value": "invalid-options"}),
        ({"options": [{"value": str(n)} for n in range(101)]}, "invalid", {"/options": "too-many"}),
    ],
)
def test_what_is_no_definition_is_refused_by_its_place(api, fields, code, faults):
    refused = api.post("/v1/fields", {**COLOUR, **fields})

    assert (refused.status, refused.code, refused.faults) == (422, code, faults)


def test_a_key_is_defined_once_for_each_kind_of_thing(api):
    assert api.post("/v1/fields", COLOUR).status == 201
    assert (api.post("/v1/fields", COLOUR).status, api.post("/v1/fields", COLOUR).code) == (409, "field-taken")
    assert api.post("/v1/fields", {**COLOUR, "applies_to": "customer"}).status == 201


def test_there_are_not_more_definitions_than_each_request_can_look_at(api, define, monkeypatch):
    monkeypatch.setattr(change_field, "MAX_DEFINITIONS", 1)
    define("one")

    assert api.post("/v1/fields", COLOUR).code == "limit-reached"


def test_tickets_hold_what_their_fields_say(api, define, ticket):
    define("a/b~c", "number")
    define("colours", "multi_select", options=[{"value": "red"}])
    define("day", "date")
    wrong = {"a/b~c": "1", "colours": ["red", "pink"], "day": "14.3.2026", "free": "as before"}
    faults = {
        "/custom_fields/a~1b~0c": "field-type",
        "/custom_fields/colours/1": "field-option",
        "/custom_fields/day": "invalid-date",
    }
    path = f"/v1/tickets/{ticket['id']}"

    for refused in (
        api.post("/v1/tickets", new_ticket(custom_fields=wrong)),
        api.patch(path, {"custom_fields": wrong}),
    ):
        assert (refused.status, refused.code, refused.faults) == (422, "invalid-custom-field", faults)
    right = {"a/b~c": 1.5, "colours": ["red"], "day": "2026-03-14", "free": "as before"}
    assert api.patch(path, {"custom_fields": right}).json["custom_fields"] == right


def test_customers_hold_what_their_fields_say(api, define):
    define("size", "number", "customer")
    refused = api.post("/v1/customers", {"name": "Alice", "custom_fields": {"size": "big"}})
    alice = api.post("/v1/customers", {"name": "Alice", "custom_fields": {"size": 38}}).json

    assert refused.faults == {"/custom_fields/size": "field-type"}
    assert api.patch(f"/v1/customers/{alice['id']}", {"custom_fields": {"size": True}}).faults == refused.faults
    assert api.post("/v1/tickets", new_ticket(custom_fields={"size": "big"})).status == 201


def test_a_required_field_is_asked_for_when_a_thing_is_made_and_when_its_fields_are_written(api, define, ticket):
    define("order", required=True)
    path = f"/v1/tickets/{ticket['id']}"

    assert api.post("/v1/tickets", new_ticket()).faults == {"/custom_fields/order": "field-required"}
    assert api.post("/v1/tickets", new_ticket(custom_fields={"order": "GH-1"})).status == 201
    assert api.patch(path, {"custom_fields": {"order": None}}).faults == {"/custom_fields/order": "field-required"}
    assert api.patch(path, {"status": "solved"}).status == 200


def test_what_is_wrong_with_a_field_is_told_in_arabic_too(api, define):
    define("day", "date")
    told = api.post("/v1/tickets", new_ticket(custom_fields={"day": "x"}), Accept_Language="ar")

    assert "تاريخ" in told.json["errors"][0]["message"]


def test_whoever_may_read_tickets_may_read_the_fields_and_only_admins_change_them(key):
    reader = key("tickets:*", "customers:*")

    assert reader.get("/v1/fields").status == 200
    for refused in (reader.post("/v1/fields", COLOUR), reader.patch("/v1/fields/x", {}), reader.delete("/v1/fields/x")):
        assert (refused.status, refused.code) == (403, "missing-scope")


@pytest.mark.parametrize("id", ["fld_01KA3V0G5T4QYB7N2M8RDWZP6E", "x"])
def test_what_is_no_field_is_not_found(api, id):
    for refused in (api.get(f"/v1/fields/{id}"), api.patch(f"/v1/fields/{id}", {}), api.delete(f"/v1/fields/{id}")):
        assert (refused.status, refused.code) == (404, "field-not-found")


TOPIC = {**COLOUR, "key": "topic", "options": [{"value": "care"}, {"value": "delivery"}]}


def test_a_field_hangs_on_topics_that_there_are(api, define):
    early = {"key": "wood", "type": "text", "applies_to": "ticket", "names": {"en": "Wood"}, "topics": ["care"]}
    refused = api.post("/v1/fields", early)
    define(**TOPIC)
    made = api.post("/v1/fields", {**early, "shown_to_customers": True})
    changed = api.patch(f"/v1/fields/{made.json['id']}", {"topics": ["delivery", "moon"]})

    assert (refused.code, refused.faults) == ("unknown-topic", {"/topics/0": "unknown-topic"})
    assert (made.status, made.json["topics"], made.json["shown_to_customers"]) == (201, ["care"], True)
    assert (changed.code, changed.faults) == ("unknown-topic", {"/topics/1": "unknown-topic"})


def test_a_required_field_of_one_topic_is_not_asked_of_another(api, define):
    define(**TOPIC)
    define("wood", required=True, topics=["care"])

    assert api.post("/v1/tickets", new_ticket(custom_fields={"topic": "delivery"})).status == 201
    assert api.post("/v1/tickets", new_ticket(custom_fields={"topic": "care"})).faults == {
        "/custom_fields/wood": "field-required"
    }
