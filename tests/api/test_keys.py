"""Keys: who may what, and how often."""

import pytest

from chalicelib import clock
from chalicelib.store import api_keys
from chalicelib.store import keys as places
from chalicelib.store.table import ApiKeyRow
from tests.api.conftest import Caller, new_ticket

CALLS = [
    ("GET", "/v1/tickets", "tickets:read"),
    ("POST", "/v1/tickets", "tickets:write"),
    ("PATCH", "/v1/tickets/1", "tickets:write"),
    ("GET", "/v1/tickets/1/messages", "tickets:read"),
    ("GET", "/v1/customers", "customers:read"),
    ("POST", "/v1/customers", "customers:write"),
    ("GET", "/v1/articles", "articles:read"),
    ("POST", "/v1/categories", "articles:write"),
    ("DELETE", "/v1/articles/1", "articles:write"),
    ("GET", "/v1/search/articles", "articles:read"),
    ("GET", "/v1/events", "tickets:read"),
    ("GET", "/v1/agents", "tickets:read"),
    ("GET", "/v1/teams", "tickets:read"),
    ("GET", "/v1/fields", "tickets:read"),
    ("GET", "/v1/macros", "tickets:read"),
    ("GET", "/v1/organizations", "customers:read"),
    ("DELETE", "/v1/organizations/1", "customers:write"),
]


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Basic dwn", "Bearer dwn_nobodys", "Bearer " + "x" * 9000]
)
def test_without_a_key_that_stands_nothing_is_answered(gateway, bob, header):
    stranger = Caller(gateway, None)
    refused = stranger.get("/v1/tickets", {} if header is None else {"Authorization": header})

    assert (refused.status, refused.code) == (401, "unauthorized")
    assert refused.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(("method", "path", "scope"), CALLS)
def test_a_key_needs_the_scope_of_the_call(key, method, path, scope):
    area = scope.partition(":")[0]
    others = [s for s in ("tickets:read", "tickets:write", "customers:*", "articles:*") if not scope.startswith(s[:-1])]
    refused = key(*(s for s in others if s != scope)).send(method, path)

    assert (refused.status, refused.code) == (403, "missing-scope")
    assert scope in refused.json["detail"]
    assert key(scope).send(method, path).status != 403
    assert key(f"{area}:*").send(method, path).status != 403


def test_a_key_is_told_what_it_has_left(key):
    answer = key("tickets:read", limit=5).get("/v1/tickets")

    assert answer.headers["ratelimit-policy"] == '"minute";q=5;w=60'
    assert answer.headers["ratelimit"].startswith('"minute";r=4;t=')


def test_a_key_that_has_used_up_its_minute_waits(key, monkeypatch):
    busy = key(limit=2)
    assert [busy.get("/v1/tickets").status for _ in range(2)] == [200, 200]
    refused = busy.post("/v1/tickets", new_ticket())

    assert (refused.status, refused.code) == (429, "too-many-requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.headers["ratelimit"].startswith('"minute";r=0;')
    monkeypatch.setattr(api_keys, "WINDOW_SECONDS", 30)  # the next window has another number
    assert busy.get("/v1/tickets").status == 200


def test_a_revoked_key_stops_at_once(api):
    assert api.get("/v1/tickets").status == 200
    token = api._headers["Authorization"].removeprefix("Bearer ")
    ApiKeyRow(places.api_key(places.token_hash(token))).update(actions=[ApiKeyRow.revoked_at.set(clock.now())])

    assert api.get("/v1/tickets").status == 401
