"""What is wrong is said by name, place and code, in the caller's language."""

import json
import re
from pathlib import Path

import pytest

from chalicelib.api.fault_words import FAULTS
from chalicelib.api.problem_words import PROBLEMS
from chalicelib.api.schemas.values import MAX_HTML
from tests.api.conftest import Caller, new_ticket

ARABIC = re.compile("[\u0600-\u06ff]")


def test_a_problem_has_the_shape_of_rfc_9457(api):
    refused = api.post("/v1/tickets", new_ticket(priority="now", colour="red", message={"text": "x", "author": {}}))

    assert refused.headers["content-type"] == "application/problem+json"
    problem = refused.json
    assert set(problem) == {"type", "title", "status", "detail", "code", "request_id", "errors"}
    assert problem["type"] == "https://help.ghusn.example/docs/problems/invalid"
    assert (problem["status"], problem["code"]) == (422, "invalid")
    assert problem["request_id"] == refused.headers["x-request-id"]
    required = {"/message/author/type": "required"}
    assert refused.faults == {"/priority": "unknown-value", "/colour": "unknown-field"} | required
    assert refused.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"subject": "x" * 999}, {"/subject": "too-long"}),
        ({"subject": " "}, {"/subject": "blank"}),
        ({"subject": ""}, {"/subject": "blank"}),
        ({"subject": "two\nlines"}, {"/subject": "invalid-characters"}),
        ({"subject": None}, {"/subject": "wrong-type"}),
        ({"message": {"text": "x" * 65_537}}, {"/message/text": "too-long"}),
        ({"message": {"text": " \n "}}, {"/message/text": "blank"}),
        ({"message": {"text": "x", "html": "x" * (MAX_HTML + 1)}}, {"/message/html": "too-long"}),
        ({"message": {"text": "x", "channel": "fax"}}, {"/message/channel": "unknown-value"}),
        ({"message": {"text": "x", "author": {"type": "robot"}}}, {"/message/author/type": "unknown-value"}),
        ({"message": "x"}, {"/message": "wrong-type"}),
        ({"tags": ["x"] * 51}, {"/tags": "too-many"}),
        ({"tags": ["x", 1, "", "y" * 101]}, {"/tags/1": "wrong-type", "/tags/2": "blank", "/tags/3": "too-long"}),
        ({"custom_fields": {str(n): n for n in range(51)}}, {"/custom_fields": "too-many"}),
        ({"custom_fields": {"a/b": {}}}, {"/custom_fields/a~1b": "wrong-type"}),
        ({"custom_fields": {"n": 2**63}}, {"/custom_fields/n": "out-of-range"}),
        ({"custom_fields": {str(n): "x" * 3000 for n in range(20)}}, {"/custom_fields": "too-big"}),
        ({"customer": {"email": "alice"}}, {"/customer/email": "invalid-email"}),
        ({"customer": {"phone": "call me"}}, {"/customer/phone": "invalid-phone"}),
        ({"cc": ["bob@x.org", "bob", "@"]}, {"/cc/1": "invalid-email", "/cc/2": "invalid-email"}),
        ({"subjct": "x"}, {"/subjct": "unknown-field"}),
        ({"locale": "fr"}, {"/locale": "unknown-value"}),
    ],
)
def test_each_fault_is_named_by_its_place(api, fields, faults):
    refused = api.post("/v1/tickets", new_ticket(**fields))

    assert (refused.status, refused.faults) == (422, faults)
    assert api.walk("/v1/tickets") == []


def test_the_limits_themselves_are_taken(api):
    body = new_ticket(
        subject="ش" * 998,
        message={"text": "م" * 65_536},
        tags=[f"t{n}" for n in range(50)],
        custom_fields={f"f{n}": None for n in range(50)},
    )
    made = api.post("/v1/tickets", body)

    assert made.status == 201
    assert api.walk("/v1/tickets") == [made.json]


def test_a_whole_number_may_be_written_as_a_decimal(api):
    made = api.send("POST", "/v1/tickets", json.dumps(new_ticket(custom_fields={"n": 2.0, "m": 2.5})))

    assert made.json["custom_fields"] == {"n": 2, "m": 2.5}
    assert api.send("POST", "/v1/uploads", '{"name": "a", "content_type": "a/b", "size": 9.0}').status == 201


def test_a_misspelt_field_is_told_what_was_meant(api):
    (fault,) = api.post("/v1/tickets", new_ticket(custom_field={})).json["errors"]

    assert "custom_fields" in fault["message"]


@pytest.mark.parametrize(
    ("body", "code", "pointers"),
    [
        ('{"subject": ', "malformed", set()),
        ("subject=x", "malformed", set()),
        ("\ufeff{}", "malformed", set()),
        ('{"a": NaN}', "not-a-number", {"/a"}),
        ('{"a": -Infinity}', "not-a-number", {"/a"}),
        ('{"a": 1e999}', "not-a-number", {"/a"}),
        (
            '{"custom_fields": {"a/b": [1, NaN, 1e999]}}',
            "not-a-number",
            {"/custom_fields/a~1b/1", "/custom_fields/a~1b/2"},
        ),
        ('{"a": ' + "9" * 5000 + "}", "not-a-number", {"/a"}),
        ('{"subject": "a", "subject": "b"}', "duplicate-key", set()),
        ('{"customer": {"email": "a", "email": "b"}}', "duplicate-key", set()),
        ("[" * 33 + "]" * 33, "too-deep", set()),
        ("[" * 100_000, "too-deep", set()),
        ('{"a":' * 50 + "1" + "}" * 50, "too-deep", set()),
        ('{"subject": "\\ud800"}', "lone-surrogate", {"/subject"}),
        ('{"tags": ["x", "a\\u0000b"]}', "nul-character", {"/tags/1"}),
        ('{"\\udfff": 1}', "lone-surrogate", {"/?"}),
    ],
)
def test_a_body_that_cannot_be_read_is_told_why(api, body, code, pointers):
    refused = api.send("POST", "/v1/tickets", body)

    assert (refused.status, refused.code, set(refused.faults)) == (400, code, pointers)


@pytest.mark.parametrize("body", ["[]", '"x"', "1", "null", "true"])
def test_json_that_is_no_object_is_told_so(api, body):
    refused = api.send("POST", "/v1/tickets", body)

    assert (refused.status, refused.faults) == (422, {"": "wrong-type"})


def test_a_body_over_a_megabyte_is_refused(api):
    refused = api.send("POST", "/v1/tickets", json.dumps({"subject": "x" * 1_048_576}))

    assert (refused.status, refused.code) == (413, "too-large")


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "application/xml"]
)
def test_another_content_type_is_refused(api, kind):
    refused = api.send("POST", "/v1/tickets", "{}", {"Content-Type": kind})

    assert (refused.status, refused.code) == (415, "unsupported-media-type")


@pytest.mark.parametrize(
    "kind", ["application/json", "Application/JSON; charset=UTF-8", 'application/json;charset="utf-8"']
)
def test_json_by_any_of_its_names_is_taken(api, kind):
    assert api.send("POST", "/v1/tickets", json.dumps(new_ticket()), {"Content-Type": kind}).status == 201


def test_an_empty_body_is_told_what_is_missing(api):
    refused = api.send("POST", "/v1/tickets")

    assert refused.faults == {"/subject": "required", "/message": "required", "/customer": "required"}


@pytest.mark.parametrize("wish", ["ar", "ar-TN,en;q=0.5", "fr, ar;q=0.8, en;q=0.2"])
def test_words_follow_the_caller_into_arabic(api, wish):
    refused = api.send("POST", "/v1/tickets", "{}", {"Accept-Language": wish})
    core = api.send("POST", "/v1/tickets", json.dumps(new_ticket(customer={"email": "x"})), {"Accept-Language": wish})
    nobody = api.get("/v1/tickets/1", {"Accept-Language": wish})

    assert refused.headers["content-language"] == "ar"
    for problem in (refused.json, core.json, nobody.json):
        assert ARABIC.search(problem["title"]) and ARABIC.search(problem["detail"])
        assert all(ARABIC.search(fault["message"]) for fault in problem["errors"])
    assert refused.faults["/subject"] == "required"


def test_what_is_not_of_its_form_is_told_the_form(api):
    refused = api.patch("/v1/settings", {"sms": {"quiet_hours": {"from": "25:00", "to": "08:00"}}}).json

    [fault] = refused["errors"]
    assert fault["code"] == "invalid-characters"
    assert fault["message"].endswith("^([01][0-9]|2[0-3]):[0-5][0-9]$")


@pytest.mark.parametrize("wish", ["", "en", "fr", "*", "en, ar;q=0.9", "ar;q=0", ";;;", "ar;q=x", "x" * 5000])
def test_words_are_english_otherwise(api, wish):
    refused = api.send("POST", "/v1/tickets", "{}", {"Accept-Language": wish})

    assert not ARABIC.search(refused.text)


def test_every_code_that_the_code_names_has_words_and_a_page(gateway):
    core = ("domain", "store", "channels", "actions", "api")
    sources = [path.read_text() for folder in core for path in Path("chalicelib", folder).rglob("*.py")]
    spelled = re.compile(r'(?:code=|_refused\(\s*|_invalid\([^,]*, |fault\(\s*)"([a-z-]+)"')
    named = {code for text in sources for code in spelled.findall(text)}
    reader = Caller(gateway, None)

    assert len(named) > 20
    assert named <= PROBLEMS.keys() | FAULTS.keys()
    for code, words in PROBLEMS.items():
        page = reader.get(f"/docs/problems/{code}", {"Accept-Language": "ar"})
        assert page.status == 200
        assert words.title("ar") in page.text and code in page.text
    assert reader.get("/docs/problems/no-such-code").status == 404


def test_all_problems_stand_on_one_page(gateway):
    page = Caller(gateway, None).get("/docs/problems")

    assert page.headers["content-type"].startswith("text/html")
    assert all(f'href="/docs/problems/{code}"' in page.text for code in PROBLEMS)
    placeholders = re.compile(r"{{[a-z_.]+}}")  # a macro's placeholders, which a text names
    assert "{" not in placeholders.sub("", page.text.partition("<body>")[2])


def test_whatever_breaks_inside_is_a_problem_without_secrets(api, monkeypatch, capsys):
    from chalicelib.store import ticket_lists

    def broken(*_):
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(ticket_lists, "page", broken)
    refused = api.get("/v1/tickets")

    assert (refused.status, refused.code) == (500, "internal")
    assert "secret" not in refused.text
    assert "the secret of the house" in capsys.readouterr().err
