"""What no client should send, each answered by name and place: never done in part, never a 500."""

import json

import pytest

from chalicelib.api import routes
from tests.api.conftest import new_ticket

LONG = "x" * 65_537
BODIES = [route for route in routes.ROUTES if route.method in ("POST", "PATCH")]
# Bodies that no call takes, whatever it takes: what is sent, the status, the code.
ALWAYS_BAD = {
    "no JSON": (b"subject=x", 400, "malformed"),
    "half an object": (b'{"subject": ', 400, "malformed"),
    "two values": (b"{} {}", 400, "malformed"),
    "a byte order mark": (b"\xef\xbb\xbf{}", 400, "malformed"),
    "no UTF-8": (b'{"subject": "\xff"}', 400, "malformed"),
    "half a surrogate pair in UTF-8": (b'{"subject": "\xed\xa0\x80"}', 400, "malformed"),
    "half a surrogate pair, escaped": (b'{"subject": "\\ud800"}', 400, "lone-surrogate"),
    "half a surrogate pair as a name": (b'{"\\udfff": 1}', 400, "lone-surrogate"),
    "NUL": (b'{"subject": "a\\u0000b"}', 400, "nul-character"),
    "NUL in a name": (b'{"a\\u0000": 1}', 400, "nul-character"),
    "a name twice": (b'{"subject": "a", "subject": "b"}', 400, "duplicate-key"),
    "a name twice, one escaped": (b'{"a": 1, "\\u0061": 2}', 400, "duplicate-key"),
    "a name twice, deep within": (b'{"a": [{"b": {"c": 1, "c": 2}}]}', 400, "duplicate-key"),
    "NaN": (b'{"a": NaN}', 400, "not-a-number"),
    "Infinity": (b'{"a": [Infinity]}', 400, "not-a-number"),
    "-Infinity": (b'{"a": -Infinity}', 400, "not-a-number"),
    "a number beyond all floats": (b'{"a": 1e999}', 400, "not-a-number"),
    "an integer of 5,000 digits": (b'{"a": ' + b"9" * 5000 + b"}", 400, "not-a-number"),
    "33 lists in one another": (b"[" * 33 + b"]" * 33, 400, "too-deep"),
    "100,000 lists in one another": (b"[" * 100_000 + b"]" * 100_000, 400, "too-deep"),
    "100,000 objects in one another": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 400, "too-deep"),
    "over 1 MB": (b'{"a": "' + b"x" * 1_048_576 + b'"}', 413, "too-large"),
    "a list": (b"[]", 422, "invalid"),
    "a text": (b'"x"', 422, "invalid"),
    "null": (b"null", 422, "invalid"),
    "a field that is none": (b'{"colour": "red"}', 422, "invalid"),
}


@pytest.fixture
def addresses(api, ticket):
    """Each route that takes a body, with the id of something that is there."""
    category = api.post("/v1/categories", {"translations": {"en": {"name": "Caring"}}}).json
    text = {"en": {"title": "A", "body": "B"}}
    article = api.post("/v1/articles", {"category_id": category["id"], "translations": text}).json
    ids = {"tickets": ticket, "customers": {"id": ticket["customer_id"]}, "articles": article, "categories": category}
    areas = [(route, ids.get(route.path.split("/")[2], {}).get("id")) for route in BODIES]
    return [
        (route.method, route.path.replace("{id}", id or "x")) for route, id in areas if "{id}" not in route.path or id
    ]


@pytest.mark.parametrize("name", ALWAYS_BAD)
def test_no_call_takes(api, addresses, name):
    body, status, code = ALWAYS_BAD[name]

    assert len(addresses) > 10
    for method, path in addresses:
        refused = api.send(method, path, body)
        assert (refused.status, refused.code) == (status, code), (method, path, refused.text)
        assert all(fault["message"] for fault in refused.json["errors"])
        if code == "invalid":
            assert refused.faults in ({"": "wrong-type"}, {**refused.faults, "/colour": "unknown-field"})


@pytest.mark.parametrize(
    ("fields", "code", "faults"),
    [
        ({"subject": "x" * 999}, "invalid", {"/subject": "too-long"}),
        ({"message": {"text": LONG}}, "invalid", {"/message/text": "too-long"}),
        ({"message": {"text": ["x"]}}, "invalid", {"/message/text": "wrong-type"}),
        ({"message": []}, "invalid", {"/message": "wrong-type"}),
        ({"customer": []}, "invalid", {"/customer": "wrong-type"}),
        ({"customer": {}}, "no-customer", {"/customer": "one-of"}),
        ({"customer": {"id": "x", "email": "a@example.org"}}, "invalid", {"/customer": "one-of"}),
        ({"customer": {"email": 7}}, "invalid", {"/customer/email": "wrong-type"}),
        ({"customer": {"id": "tkt_01JD"}}, "unknown-customer", {"/customer/id": "unknown-customer"}),
        ({"tags": {"a": 1}}, "invalid", {"/tags": "wrong-type"}),
        ({"tags": [f"t{n}" for n in range(51)]}, "invalid", {"/tags": "too-many"}),
        ({"tags": [["a"]]}, "invalid", {"/tags/0": "wrong-type"}),
        ({"custom_fields": []}, "invalid", {"/custom_fields": "wrong-type"}),
        ({"custom_fields": {f"f{n}": 1 for n in range(51)}}, "invalid", {"/custom_fields": "too-many"}),
        ({"custom_fields": {"n": 2**63}}, "invalid", {"/custom_fields/n": "out-of-range"}),
        ({"custom_fields": {"n": -(2**63) - 1}}, "invalid", {"/custom_fields/n": "out-of-range"}),
        ({"custom_fields": {"n": {"deep": 1}}}, "invalid", {"/custom_fields/n": "wrong-type"}),
        ({"priority": 1}, "invalid", {"/priority": "unknown-value"}),
        ({"priority": "now"}, "invalid", {"/priority": "unknown-value"}),
        ({"team_id": "tea_01JD0000000000000000000000"}, "unknown-team", {"/team_id": "unknown-team"}),
        ({"status": "closed"}, "invalid", {"/status": "unknown-field"}),
        ({"cc": ["nobody"]}, "invalid", {"/cc/0": "invalid-email"}),
        ({"cc": [f"a{n}@example.org" for n in range(50)]}, "invalid", {"/cc": "too-many"}),
        ({"message": {"text": "x", "attachments": ["att_x"]}}, "unknown-attachment",
         {"/message/attachments/0": "unknown-attachment"}),
        ({"message": {"text": "x", "channel": "fax"}}, "invalid", {"/message/channel": "unknown-value"}),
    ],
)  # fmt: skip
def test_a_ticket_is_refused_by_name_and_place(api, bob, fields, code, faults):
    refused = api.post("/v1/tickets", new_ticket(**fields))

    assert (refused.status, refused.code, refused.faults) == (422, code, faults)
    assert api.walk("/v1/tickets") == []


@pytest.mark.parametrize("channel", ["chat"])
def test_an_answer_takes_no_channel_on_which_nothing_is_sent(api, ticket, channel):
    messages = f"/v1/tickets/{ticket['id']}/messages"
    refused = api.post(messages, {"text": "Yes.", "channel": channel})
    opening = {"text": "It leaves tomorrow.", "author": {"type": "agent"}, "channel": channel}
    started = api.post("/v1/tickets", new_ticket(message=opening))

    assert (refused.status, refused.code, refused.faults) == (
        422, "channel-not-available", {"/channel": "channel-not-available"})  # fmt: skip
    assert started.faults == {"/message/channel": "channel-not-available"}
    assert [api.get(messages).json["data"][0]["channel"], len(api.walk("/v1/tickets"))] == ["api", 1]
    for taken in ({"visibility": "internal"}, {"author": {"type": "customer"}}):
        assert api.post(messages, {"text": "She called.", "channel": channel, **taken}).status == 201


def test_ids_of_others_are_foreign(api, key, ticket):
    """A message of another ticket, a file of another key, another kind of thing."""
    other = api.post("/v1/tickets", new_ticket(customer={"email": "charlie@example.org"})).json
    (foreign,) = api.get(f"/v1/tickets/{other['id']}/messages").json["data"]
    messages = f"/v1/tickets/{ticket['id']}/messages"
    unseen = api.post(messages, {"text": "Yes.", "last_seen_message_id": foreign["id"]})
    as_another = api.post(messages, {"text": "x", "author": {"type": "customer", "id": other["customer_id"]}})
    file = key().post("/v1/uploads", {"name": "a.png", "content_type": "image/png", "size": 1}).json
    attached = api.post(messages, {"text": "Yes.", "attachments": [file["attachment_id"]]})

    assert (unseen.status, unseen.code) == (409, "newer-message")
    assert (as_another.code, as_another.faults) == ("not-in-ticket", {"/author/id": "not-in-ticket"})
    assert attached.faults == {"/attachments/0": "unknown-attachment"}
    assert len(api.get(messages).json["data"]) == 1
    for area in ("tickets", "customers", "articles", "categories", "agents", "teams"):
        for id in (foreign["id"], other["customer_id"][:-1], "0", "-1", "%00", "a" * 500, "ticket 7", "{id}", "*"):
            assert api.send("GET", f"/v1/{area}/{id}").status == 404, (area, id)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "PUT", "TRACE"])
def test_a_method_that_an_address_does_not_take_is_named(api, ticket, method):
    answer = api.send(method, f"/v1/tickets/{ticket['id']}")

    if method == "HEAD":
        assert answer.status == 200
    else:
        assert (answer.status, answer.code, answer.headers["allow"]) == (405, "method-not-allowed", "GET, PATCH")


@pytest.mark.parametrize("wish", ["en", "ar"])
@pytest.mark.parametrize(
    "path", ["/v1/nothing", "/v1", "/v1/tickets/1/2/3", "/v1/%2e%2e/tickets", "/v1/tickets/%F0%9F"]
)
def test_an_unknown_address_is_a_problem_with_an_absolute_type(api, path, wish):
    answer = api.send("GET", path, headers={"Accept-Language": wish})

    assert (answer.status, answer.headers["content-type"]) == (404, "application/problem+json")
    assert answer.json["type"].startswith("https://help.ghusn.example/docs/problems/")
    assert any("\u0600" <= sign <= "\u06ff" for sign in answer.json["detail"]) == (wish == "ar")
    assert answer.headers["x-request-id"] == answer.json["request_id"]


def test_every_answer_says_by_which_name_to_ask_about_it_and_where_things_are_in_full(api, ticket):
    made = api.post("/v1/tickets", new_ticket())
    listed = api.get("/v1/tickets", limit=1)

    assert made.headers["location"] == f"https://help.ghusn.example/v1/tickets/{made.json['id']}"
    assert listed.headers["link"].startswith("<https://help.ghusn.example/v1/tickets?limit=1&cursor=")
    names = {answer.headers["x-request-id"] for answer in (made, listed, api.get("/v1/tickets/0"), api.get("/health"))}
    assert len(names) == 4


def test_whatever_is_read_by_its_id_has_an_etag_and_answers_304(api, bob, team, ticket):
    category = api.post("/v1/categories", {"translations": {"en": {"name": "Caring"}}}).json
    text = {"en": {"title": "A", "body": "B"}}
    article = api.post("/v1/articles", {"category_id": category["id"], "translations": text}).json
    paths = [
        f"/v1/tickets/{ticket['id']}", f"/v1/tickets/{ticket['number']}", f"/v1/customers/{ticket['customer_id']}",
        f"/v1/articles/{article['id']}", f"/v1/categories/{category['id']}", f"/v1/agents/{bob.id}",
        f"/v1/teams/{team.id}",
    ]  # fmt: skip
    for path in paths:
        tag = api.get(path).headers["etag"]
        again = api.get(path, {"If-None-Match": f'"other", W/{tag}'})
        assert (again.status, again.text, again.headers["etag"]) == (304, "", tag), path
        assert api.get(path, {"If-None-Match": '"other"'}).status == 200


def test_a_cursor_of_another_list_or_key_is_refused_by_name(api, key, ticket):
    api.post("/v1/tickets", new_ticket())
    cursor = api.get("/v1/tickets", limit=1).json["next_cursor"]

    assert key().get("/v1/tickets", limit=1, cursor=cursor).code == "invalid-cursor"
    for path in ("/v1/customers", "/v1/articles", "/v1/categories", "/v1/events", "/v1/agents", "/v1/teams"):
        assert (api.get(path, cursor=cursor).status, api.get(path, cursor=cursor).code) == (400, "invalid-cursor")


def test_of_two_answers_at_once_to_the_same_message_one_is_told_of_the_other(api, ticket, meanwhile):
    messages = f"/v1/tickets/{ticket['id']}/messages"
    (seen,) = api.get(messages).json["data"]
    reply = {"text": "Yes.", "last_seen_message_id": seen["id"]}
    first = meanwhile(lambda: api.post(messages, {**reply, "text": "No."}, Idempotency_Key="bob's"))
    late = api.post(messages, reply, Idempotency_Key="charlie's")

    assert (first().status, late.status, late.code) == (201, 409, "newer-message")
    assert api.post(messages, reply, Idempotency_Key="charlie's").code == "newer-message"
    again = api.post(messages, {**reply, "text": "No."}, Idempotency_Key="bob's")
    assert (again.headers["idempotent-replayed"], again.json) == ("true", first().json)
    assert [one["text"] for one in api.get(messages).json["data"]][1:] == ["No."]


def test_a_repeated_answer_sent_at_once_with_its_double_is_one_answer(api, ticket, meanwhile):
    messages = f"/v1/tickets/{ticket['id']}/messages"
    (seen,) = api.get(messages).json["data"]
    reply = {"text": "Yes.", "last_seen_message_id": seen["id"]}
    first = meanwhile(lambda: api.post(messages, reply, Idempotency_Key="one"))
    late = api.post(messages, reply, Idempotency_Key="one")

    assert (first().status, late.status, late.json) == (201, 201, first().json)
    assert late.headers["idempotent-replayed"] == "true"
    assert len(api.get(messages).json["data"]) == 2


@pytest.fixture
def meanwhile(monkeypatch):
    """Let something else happen, from beginning to end, between the next call's deciding and its commit."""
    from chalicelib.store.changes import Changes

    commit = Changes.commit

    def set_up(happens):
        found = []

        def commit_second(change):
            if not found:
                found.append(None)
                found[0] = happens()
            commit(change)

        monkeypatch.setattr(Changes, "commit", commit_second)
        return lambda: found[0]

    return set_up


def test_numbers_that_json_writes_in_two_ways_are_the_same(api):
    made = api.send("POST", "/v1/tickets", json.dumps(new_ticket(custom_fields={"a": 1.0, "b": 1e2, "c": -0.0})))

    assert made.json["custom_fields"] == {"a": 1, "b": 100, "c": 0}
