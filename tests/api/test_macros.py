"""Macros by the API: made, listed, changed and taken away; places that nothing fills are refused by name."""

import pytest

HELLO = {"name": "Hello", "texts": {"en": "Hello {{customer.first_name|there}},", "ar": "مرحبًا،"}}


@pytest.fixture
def make(api):
    def made(**fields):
        told = api.post("/v1/macros", {**HELLO, **fields})
        assert told.status == 201, told.text
        return told.json

    return made


def test_a_macro_is_made_once_and_read(api):
    made = api.post("/v1/macros", HELLO, Idempotency_Key="one")

    assert (made.status, made.headers["etag"]) == (201, '"1"')
    assert {name: made.json[name] for name in HELLO} == HELLO
    assert (made.json["position"], made.json["team_id"]) == (0, None)
    assert api.post("/v1/macros", HELLO, Idempotency_Key="one").json == made.json
    assert api.get(f"/v1/macros/{made.json['id']}").json == made.json


def test_macros_are_listed_by_position_and_name(api, make):
    names = [make(name=name, position=position)["name"] for name, position in (("b", 1), ("c", 0), ("A", 0))]
    assert names == ["b", "c", "A"]
    assert [one["name"] for one in api.walk("/v1/macros", limit=1)] == ["A", "c", "b"]


def test_a_macro_is_changed_and_taken_away(api, make):
    path = f"/v1/macros/{make()['id']}"
    changed = api.patch(path, {"name": "Greeting", "texts": {"ar": None, "en": "Good day,"}}, If_Match='"1"')

    assert (changed.json["name"], changed.json["texts"]) == ("Greeting", {"en": "Good day,"})
    assert api.patch(path, {"name": "Late"}, If_Match='"1"').code == "version-mismatch"
    assert api.patch(path, {"texts": {"en": ""}}).code == "no-translation"
    assert api.delete(path).status == 204
    assert (api.get(path).code, api.delete(path).code) == ("macro-not-found", "macro-not-found")


def test_a_place_that_nothing_fills_is_refused_by_its_name(api, make):
    wrong = {**HELLO, "texts": {"en": "Hello", "ar": "{{ customer.nickname | صديقي }}"}}
    refused = api.post("/v1/macros", wrong)

    assert refused.faults == {"/texts/ar": "unknown-placeholder"}
    assert "customer.nickname" in refused.json["detail"]
    assert api.patch(f"/v1/macros/{make()['id']}", {"texts": {"en": "{{}}"}}).faults == {
        "/texts/en": "unknown-placeholder"
    }
    assert len(api.walk("/v1/macros")) == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"texts": {}}, "no-translation"),
        ({"team_id": "tea_none"}, "unknown-team"),
        ({"name": "two\nlines"}, "invalid"),
        ({"position": -1}, "invalid"),
    ],
    ids=["no text", "no such team", "two lines", "before the first"],
)
def test_what_cannot_be_a_macro_is_refused(api, wrong, code):
    assert api.post("/v1/macros", {**HELLO, **wrong}).code == code


def test_only_admins_keys_change_macros(key, make):
    reader, id = key("tickets:*"), make()["id"]

    assert reader.get(f"/v1/macros/{id}").status == 200
    assert reader.post("/v1/macros", HELLO).code == "missing-scope"
    assert reader.patch(f"/v1/macros/{id}", {"position": 2}).code == "missing-scope"
    assert reader.delete(f"/v1/macros/{id}").code == "missing-scope"
