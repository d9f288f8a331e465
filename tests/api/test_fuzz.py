"""Bodies made by chance, from the same seed each time: whatever comes, it is answered, and never by a 500."""

import json
import random

import pytest

from tests.api.conftest import new_ticket

VALUES = [
    None, True, False, 0, -1, 2**63, 1.5, -0.0, "", " ", "x", "مرحبا", "\N{SEEDLING}\u200d" * 50, "\u202e\u0000",
    "\n\r\t", "a" * 70_000, [], {}, [[]], {"": ""}, {"a": {"b": {"c": None}}}, ["x"] * 60, {"type": "agent"},
    {"type": "customer", "id": 7}, "../../etc", "tkt_01JD0000000000000000000000", "2026-01-01T00:00:00Z",
    "alice@example.org", "+21620555014", "new", "solved",
]  # fmt: skip
SEEDS = range(12)


@pytest.fixture
def bodies(api, ticket):
    category = api.post("/v1/categories", {"translations": {"en": {"name": "Caring"}}}).json
    text = {"title": "A", "body": "B"}
    article = api.post("/v1/articles", {"category_id": category["id"], "translations": {"en": text}}).json
    message = {"text": "Yes.", "visibility": "public", "author": {"type": "agent"}, "last_seen_message_id": None}
    change = {"status": "open", "tags": ["x"], "custom_fields": {"a": 1}, "cc": ["bob@example.org"], "team_id": None}
    customer = {"name": "Alice", "contacts": [{"type": "email", "value": "a@x.org"}], "time_zone": "UTC"}
    field = {"key": "k", "type": "select", "applies_to": "ticket", "names": {"en": "K"}, "options": [{"value": "v"}]}
    hook = {"url": "https://shop.example.org/hooks", "events": ["ticket.created"]}
    webhook = api.post("/v1/webhooks", hook).json
    return [
        ("POST", "/v1/tickets", new_ticket(tags=["x"], custom_fields={"a": 1}, cc=["bob@example.org"])),
        ("PATCH", f"/v1/tickets/{ticket['id']}", change),
        ("POST", f"/v1/tickets/{ticket['id']}/messages", message),
        ("POST", "/v1/customers", customer),
        ("PATCH", f"/v1/customers/{ticket['customer_id']}", customer),
        ("POST", "/v1/articles", {"category_id": category["id"], "translations": {"en": text}, "publish": True}),
        ("PATCH", f"/v1/articles/{article['id']}", {"translations": {"en": text}, "position": 1}),
        ("POST", f"/v1/articles/{article['id']}/publish", {}),
        ("POST", "/v1/webhooks", {**hook, "description": "Orders", "enabled": True}),
        ("PATCH", f"/v1/webhooks/{webhook['id']}", hook),
        ("POST", f"/v1/webhooks/{webhook['id']}/resend", {"since": "2026-01-01T00:00:00Z", "state": "failed"}),
        ("POST", "/v1/categories", {"translations": {"en": {"name": "Orders", "slug": "orders"}}, "position": 2}),
        ("PATCH", f"/v1/categories/{category['id']}", {"position": 3}),
        ("POST", "/v1/agents", {"name": "Dora", "email": "dora@x.org", "names": {"ar": "د"}, "team_ids": []}),
        ("POST", "/v1/teams", {"names": {"en": "Workshop"}}),
        ("POST", "/v1/api-keys", {"name": "Shop", "scopes": ["tickets:*"], "expires_at": None, "limit": 5}),
        ("POST", "/v1/organizations", {"name": "Dar", "domains": ["x.org"], "external_id": "7", "tags": []}),
        ("POST", "/v1/fields", field),
        ("POST", "/v1/macros", {"name": "Hello", "texts": {"en": "Hello {{customer.name|you}}"}, "position": 1}),
    ]


def test_no_body_breaks_the_house(api, bodies):
    for seed in SEEDS:
        chance = random.Random(seed)
        for method, path, body in bodies:
            text = json.dumps(changed(chance, body))
            for sent in (text, damaged(chance, text)):
                answer = api.send(method, path, sent)
                assert answer.status < 500, (seed, method, path, sent[:500])
                if answer.status >= 400:
                    assert answer.headers["content-type"] == "application/problem+json", (seed, path, sent[:500])
                    assert {"type", "title", "status", "detail", "code", "request_id", "errors"} == set(answer.json)


def changed(chance, value):
    """The body with something put in, taken out or put in place of something else, anywhere in it."""
    if isinstance(value, dict) and value and chance.random() < 0.8:
        name = chance.choice(list(value))
        return {**value, name: changed(chance, value[name])}
    if isinstance(value, list) and value and chance.random() < 0.8:
        return [changed(chance, value[0]), *value[1:]]
    if isinstance(value, dict) and chance.random() < 0.5:
        return {**value, chance.choice(["id", "x", "", "a/b~c", "text"]): chance.choice(VALUES)}
    return chance.choice(VALUES)


def damaged(chance, text):
    at = chance.randrange(len(text))
    return (
        text[:at]
        + chance.choice(["", "\x00", "}", '"', "\\", "\\ud800", "NaN", "é"])
        + text[at + chance.randrange(3) :]
    )


@pytest.mark.parametrize("seed", range(3))
def test_no_address_or_header_breaks_the_house(api, ticket, seed):
    chance = random.Random(seed)
    words = ["x", "%00", "%F0%9F%8C%B1", "-1", "1042", ticket["id"], "a" * 2000, "..", "%2e%2e", "{id}", "*"]
    headers = ["", "x", '"1"', 'W/"1"', "*", "é", "a" * 5000, '"1", "2"', '"-1"']
    for _ in range(60):
        area = chance.choice(
            ["tickets", "customers", "articles", "categories", "agents", "teams", "search", "events", "webhooks"]
        )
        path = f"/v1/{area}/{chance.choice(words)}" + chance.choice(["", "", "/messages", "/publish"])
        query = chance.choice(["", "limit=%00", "cursor=%FF", "q=%F0%9F%8C%B1", "status=%2C", "x[]=1", "&&=&", "limit"])
        sent = {name: chance.choice(headers) for name in ("If-Match", "If-None-Match", "Idempotency-Key")}
        method = chance.choice(["GET", "PATCH", "POST", "DELETE"])
        answer = api.send(method, path, "{}" if method in ("PATCH", "POST") else "", sent, query)
        assert answer.status < 500, (method, path, query, sent)
