"""Keys are made, listed, changed and revoked by keys that may; nobody keeps a key itself."""

import hashlib
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import get_args

import boto3
import pytest

from chalicelib import clock
from chalicelib.api.schemas.api_keys import Scope
from chalicelib.domain.api_key import SCOPES
from chalicelib.store import api_keys, changes
from tests.actions.conftest import one_request_at_a_time  # noqa: F401
from tests.api.conftest import Caller

SHOP = {"name": "Shop", "scopes": ["tickets:*", "customers:read"]}
SHAPE = {
    "id", "name", "prefix", "scopes", "agent_id", "limit", "expires_at", "last_used_at", "revoked_at", "created_at",
    "version",
}  # fmt: skip


@pytest.fixture
def make(api, gateway):
    """Make a key and give it as the API told it, with a client that holds it."""

    def made(**fields):
        told = api.post("/v1/api-keys", {**SHOP, **fields})
        assert told.status == 201, told.text
        return told.json, Caller(gateway, told.json["key"])

    return made


def whole_table():
    return json.dumps(boto3.client("dynamodb").scan(TableName="diwan")["Items"])


def test_a_key_is_told_once_and_kept_nowhere(api, bob):
    made = api.post("/v1/api-keys", SHOP)
    key = made.json["key"]

    assert (made.status, made.headers["location"]) == (201, f"https://help.ghusn.example/v1/api-keys/{made.json['id']}")
    assert set(made.json) == SHAPE | {"key"}
    assert key.startswith("diwan_") and len(key) == 6 + 52
    assert made.json["prefix"] == key[:14]
    assert made.json["agent_id"] == bob.id
    told = {name: value for name, value in made.json.items() if name != "key"}
    assert api.get(f"/v1/api-keys/{made.json['id']}").json == told
    assert api.walk("/v1/api-keys")[-1] == told
    assert hashlib.sha256(key.encode()).hexdigest() in whole_table()
    assert key not in whole_table() and key[14:] not in whole_table()


def test_when_a_key_was_used_last_is_told_to_who_has_its_version_already(api, make):
    told, shop = make()
    seen = api.get(f"/v1/api-keys/{told['id']}")
    shop.get("/v1/tickets")
    again = api.get(f"/v1/api-keys/{told['id']}", {"If-None-Match": seen.headers["etag"]})

    assert seen.json["last_used_at"] is None
    assert (again.status, again.headers["etag"]) == (200, seen.headers["etag"])
    assert again.json["last_used_at"] is not None


def test_an_agent_stays_as_he_was_when_a_key_is_made_for_him(api, make, bob):
    seen = api.get(f"/v1/agents/{bob.id}")
    make()

    assert api.get(f"/v1/agents/{bob.id}", {"If-None-Match": seen.headers["etag"]}).status == 304
    assert api.patch(f"/v1/agents/{bob.id}", {"locale": "ar"}, If_Match=seen.headers["etag"]).status == 200


def test_two_keys_are_never_the_same(make):
    assert make()[0]["key"] != make()[0]["key"]


def test_a_key_does_what_its_scopes_say_and_no_more(make):
    told, shop = make(scopes=["tickets:read"])

    assert shop.get("/v1/tickets").status == 200
    assert shop.get("/v1/customers").code == "missing-scope"
    assert shop.post("/v1/api-keys", SHOP).code == "missing-scope"
    assert shop.get("/v1/api-keys").code == "missing-scope"
    assert shop.delete(f"/v1/api-keys/{told['id']}").code == "missing-scope"


def test_a_key_is_told_again_to_the_same_request_though_nobody_kept_it(api, gateway):
    first = api.post("/v1/api-keys", SHOP, Idempotency_Key="one")
    again = api.post("/v1/api-keys", SHOP, Idempotency_Key="one")

    assert (again.status, again.json) == (201, first.json)
    assert again.headers["idempotent-replayed"] == "true"
    assert Caller(gateway, again.json["key"]).get("/v1/tickets").status == 200
    assert first.json["key"] not in whole_table()
    assert len(api.walk("/v1/api-keys")) == 2


def test_the_same_name_makes_another_key_a_day_later(api):
    first = api.post("/v1/api-keys", SHOP, Idempotency_Key="one").json
    clock.shift(timedelta(hours=25).total_seconds())
    later = api.post("/v1/api-keys", SHOP, Idempotency_Key="one")

    assert later.status == 201
    assert later.json["key"] != first["key"]


def test_another_signing_secret_tells_no_wrong_key(api, monkeypatch):
    api.post("/v1/api-keys", SHOP, Idempotency_Key="one")
    monkeypatch.setenv("DIWAN_SIGNING_SECRET", "another secret")

    assert api.post("/v1/api-keys", SHOP, Idempotency_Key="one").code == "key-lost"


def test_use_is_told_and_leaves_the_version_alone(api, make):
    told, shop = make()
    assert told["last_used_at"] is None
    shop.get("/v1/tickets")
    found = api.get(f"/v1/api-keys/{told['id']}").json

    assert found["last_used_at"] > told["created_at"]
    assert found["version"] == told["version"]


def test_a_revoked_key_stops_at_once_and_stays_listed(api, make):
    told, shop = make()
    assert shop.get("/v1/tickets").status == 200
    assert api.delete(f"/v1/api-keys/{told['id']}").status == 204
    refused = shop.get("/v1/tickets")

    assert (refused.status, refused.code) == (401, "unauthorized")
    assert api.get(f"/v1/api-keys/{told['id']}").json["revoked_at"]
    assert api.delete(f"/v1/api-keys/{told['id']}").status == 204
    assert api.patch(f"/v1/api-keys/{told['id']}", {"name": "x"}).code == "api-key-revoked"


def test_a_key_whose_time_is_over_stops_at_once(api, make):
    ends = (clock.now() + timedelta(hours=1)).isoformat()
    told, shop = make(expires_at=ends)
    assert shop.get("/v1/tickets").status == 200
    clock.shift(3601)

    assert shop.get("/v1/tickets").status == 401
    assert api.patch(f"/v1/api-keys/{told['id']}", {"expires_at": None}).status == 200
    assert shop.get("/v1/tickets").status == 200


def test_an_end_in_the_past_is_refused(api, make):
    past = {"expires_at": (clock.now() - timedelta(seconds=1)).isoformat()}
    told, _ = make()

    for refused in (api.post("/v1/api-keys", SHOP | past), api.patch(f"/v1/api-keys/{told['id']}", past)):
        assert (refused.status, refused.code, refused.faults) == (422, "past-time", {"/expires_at": "past-time"})


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"scopes": ["tickets:read", "tickets:delete"]}, {"/scopes/1": "unknown-value"}),
        ({"scopes": []}, {"/scopes": "too-few"}),
        ({"scopes": "admin"}, {"/scopes": "wrong-type"}),
        ({"name": " "}, {"/name": "blank"}),
        ({"limit": 0}, {"/limit": "out-of-range"}),
        ({"agent_id": "agt_01JD0000000000000000000000"}, {"/agent_id": "unknown-agent"}),
        ({"key": "mine"}, {"/key": "unknown-field"}),
    ],
)
def test_what_no_key_can_have_is_refused_by_its_place(api, fields, faults):
    refused = api.post("/v1/api-keys", {**SHOP, **fields})

    assert (refused.status, refused.faults) == (422, faults)
    assert len(api.walk("/v1/api-keys")) == 1


def test_a_change_holds_from_the_next_request_on(api, make):
    told, shop = make()
    changed = api.patch(f"/v1/api-keys/{told['id']}", {"scopes": ["articles:read"], "limit": 7}, If_Match='"1"')

    assert (changed.status, changed.json["version"], changed.headers["etag"]) == (200, 2, '"2"')
    assert shop.get("/v1/tickets").code == "missing-scope"
    assert shop.get("/v1/articles").headers["ratelimit-policy"] == '"minute";q=7;w=60'
    stale = api.patch(f"/v1/api-keys/{told['id']}", {"limit": 8}, If_Match='"1"')
    assert (stale.status, stale.code) == (412, "version-mismatch")


def test_a_change_loses_no_request_that_was_counted_meanwhile(api, make):
    told, shop = make()
    for _ in range(3):
        shop.get("/v1/tickets")
    api.patch(f"/v1/api-keys/{told['id']}", {"limit": 100})

    assert shop.get("/v1/tickets").headers["ratelimit"].startswith('"minute";r=96;')


def test_no_key_can_lock_itself_out(api, make):
    own = f"/v1/api-keys/{api.walk('/v1/api-keys')[0]['id']}"
    make(scopes=["admin"])
    later = (clock.now() + timedelta(days=1)).isoformat()

    assert (api.delete(own).status, api.delete(own).code) == (409, "own-key")
    assert api.patch(own, {"scopes": ["tickets:*"]}).code == "own-key"
    assert api.patch(own, {"expires_at": later}).code == "own-key"
    assert api.patch(own, {"name": "Mine", "scopes": ["admin", "tickets:*"]}).status == 200


def test_of_two_keys_that_revoke_each_other_at_the_same_moment_one_stays(api, make, monkeypatch):
    told, other = make(scopes=["admin"])
    own = f"/v1/api-keys/{api.walk('/v1/api-keys')[0]['id']}"
    check = api_keys.check

    def overtaken(edit, key):
        monkeypatch.setattr(api_keys, "check", check)
        assert other.delete(own).status == 204
        check(edit, key)

    monkeypatch.setattr(api_keys, "check", overtaken)
    refused = api.delete(f"/v1/api-keys/{told['id']}")

    assert (refused.status, refused.code) == (403, "missing-scope")
    assert other.get("/v1/tickets").status == 200
    assert api.get("/v1/tickets").status == 401


def test_the_list_is_paged_in_the_order_the_keys_were_made(api, make):
    made = [api.walk("/v1/api-keys")[0]["id"], *(make(name=f"Key {n}")[0]["id"] for n in range(4))]
    first = api.get("/v1/api-keys", limit=2)

    assert [one["id"] for one in first.json["data"]] == made[:2]
    assert first.json["has_more"] and first.headers["link"]
    assert [one["id"] for one in api.walk("/v1/api-keys", limit=2)] == made


@pytest.mark.parametrize("id", ["key_01JD0000000000000000000000", "tkt_01JD0000000000000000000000", "x"])
def test_what_is_no_key_is_not_found(api, id):
    for refused in (
        api.get(f"/v1/api-keys/{id}"),
        api.patch(f"/v1/api-keys/{id}", {}),
        api.delete(f"/v1/api-keys/{id}"),
    ):
        assert (refused.status, refused.code) == (404, "api-key-not-found")


def test_each_request_is_counted_however_many_come_at_once(make, one_request_at_a_time):  # noqa: F811
    _, shop = make(limit=12)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: shop.get("/v1/tickets"), range(20)))

    assert sorted(answer.status for answer in answers) == [200] * 12 + [429] * 8
    left = sorted(answer.headers["ratelimit"].split(";")[1] for answer in answers if answer.status == 200)
    assert left == sorted(f"r={n}" for n in range(12))
    assert all(int(answer.headers["retry-after"]) >= 1 for answer in answers if answer.status == 429)


def test_a_request_that_meets_a_change_of_its_key_is_counted_all_the_same(make, monkeypatch):
    _, shop = make()
    count_on, met = api_keys._count_on, []

    def held(row, window):
        if not met:
            met.append(row)
            raise changes.Busy
        count_on(row, window)

    monkeypatch.setattr(api_keys, "_count_on", held)

    assert shop.get("/v1/tickets").headers["ratelimit"].startswith('"minute";r=599;')


def test_the_scopes_of_the_api_are_those_that_a_key_can_have():
    assert get_args(Scope) == SCOPES
