"""Webhooks through the API: made, watched, changed, resent; their secret is shown once."""

import pytest

from chalicelib import clock
from chalicelib.actions import deliver_webhook
from chalicelib.api.examples import EXAMPLES
from chalicelib.channels.webhook_out import Outcome
from chalicelib.domain import webhook as life
from chalicelib.store import changes
from chalicelib.store.changes import Changes

URL = "https://shop.example.org/hooks/diwan"
UNKNOWN = "whk_01JD0000000000000000000000"


@pytest.fixture
def webhook(api):
    return api.post("/v1/webhooks", {"url": URL}).json


@pytest.fixture
def answers(monkeypatch):
    """What receivers answer, in their order; then 204."""
    listed = []
    told = lambda *_: listed.pop(0) if listed else Outcome(204, 12)  # noqa: E731 (a stand-in of one line)
    monkeypatch.setattr(deliver_webhook.webhook_out, "post", told)
    return listed


def test_a_webhook_is_told_of_everything_unless_it_asks_for_less(api, webhook):
    few = api.post("/v1/webhooks", EXAMPLES["NewWebhook"])

    assert (webhook["events"], webhook["enabled"], webhook["failing_since"]) == (["*"], True, None)
    assert (few.status, few.json["events"]) == (201, EXAMPLES["NewWebhook"]["events"])
    assert few.headers["location"].endswith(f"/v1/webhooks/{few.json['id']}")
    assert [one["id"] for one in api.walk("/v1/webhooks", limit=1)] == [webhook["id"], few.json["id"]]


def test_the_secret_is_shown_when_it_is_made_and_never_again(api, webhook):
    rotated = api.post(f"/v1/webhooks/{webhook['id']}/rotate-secret").json

    assert webhook["secret"].startswith("whsec_")
    assert rotated["secret"] != webhook["secret"]
    assert rotated["previous_secret_until"] is not None
    for answer in (
        api.get(f"/v1/webhooks/{webhook['id']}"),
        api.get("/v1/webhooks"),
        api.patch(f"/v1/webhooks/{webhook['id']}", {"description": "Orders"}),
    ):
        assert answer.status == 200
        assert "whsec_" not in answer.text


def test_a_repeated_request_makes_one_webhook_and_shows_the_same_secret(api):
    first = api.post("/v1/webhooks", {"url": URL}, Idempotency_Key="hook-1")
    again = api.post("/v1/webhooks", {"url": URL}, Idempotency_Key="hook-1")

    assert (again.json, again.headers["idempotent-replayed"]) == (first.json, "true")
    assert len(api.get("/v1/webhooks").json["data"]) == 1


def test_only_what_is_given_changes_and_only_under_the_version_that_was_seen(api, webhook):
    address = f"/v1/webhooks/{webhook['id']}"
    changed = api.patch(address, {"events": ["ticket.solved", "ticket.solved"]}, If_Match='"1"')
    late = api.patch(address, {"enabled": False}, If_Match='"1"')

    assert (changed.status, changed.headers["etag"]) == (200, '"2"')
    assert (changed.json["events"], changed.json["url"]) == (["ticket.solved"], URL)
    assert (late.status, late.code) == (412, "version-mismatch")
    assert api.get(address, {"If-None-Match": '"2"'}).status == 304


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://169.254.169.254/latest", "webhook-address-refused"),
        ("https://127.0.0.1/", "webhook-address-refused"),
        ("https://[::1]:8443/", "webhook-address-refused"),
        ("https://localhost/", "webhook-address-refused"),
        ("http://shop.example.org/", "invalid-webhook-url"),
        ("https://bob:pass@shop.example.org/", "invalid-webhook-url"),
        ("https://shop.example.org:22/", "invalid-webhook-url"),
    ],
)
def test_an_address_that_is_not_public_is_refused_by_name(api, webhook, url, code):
    for answer in (api.post("/v1/webhooks", {"url": url}), api.patch(f"/v1/webhooks/{webhook['id']}", {"url": url})):
        assert (answer.status, answer.code, answer.faults) == (422, code, {"/url": code})


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ({}, {"/url": "required"}),
        ({"url": "shop"}, {"/url": "invalid-characters"}),
        ({"url": URL, "events": []}, {"/events": "too-few"}),
        ({"url": URL, "events": ["ticket.exploded"]}, {"/events/0": "unknown-value"}),
        ({"url": URL, "secret": "mine"}, {"/secret": "unknown-field"}),
    ],
)
def test_what_is_wrong_with_a_webhook_is_told_by_its_pointer(api, body, fault):
    assert api.post("/v1/webhooks", body).faults == fault


def test_webhooks_take_scopes_of_their_own(key, webhook):
    reader, others = key("webhooks:read"), key("tickets:*", "customers:*")

    assert reader.get(f"/v1/webhooks/{webhook['id']}").status == 200
    assert reader.post("/v1/webhooks", {"url": URL}).code == "missing-scope"
    assert reader.post(f"/v1/webhooks/{webhook['id']}/rotate-secret").code == "missing-scope"
    assert others.get("/v1/webhooks").code == "missing-scope"


@pytest.mark.parametrize(
    ("events", "missing"),
    [
        (["ticket.created"], "tickets:read"),
        (["mail.suspended"], "tickets:read"),
        (["message.received"], "tickets:read"),
        (["customer.created"], "customers:read"),
        (["article.published"], "articles:read"),
        (["*"], "tickets:read"),
    ],
)
def test_a_webhook_is_told_of_nothing_that_its_maker_may_not_read(key, webhook, events, missing):
    maker, made = key("webhooks:*"), {"url": URL, "events": events}
    refused = maker.post("/v1/webhooks", made)

    assert (refused.status, refused.code) == (403, "missing-scope")
    assert missing in refused.json["detail"]
    assert maker.patch(f"/v1/webhooks/{webhook['id']}", {"events": events}).code == "missing-scope"
    scopes = ("tickets:read", "customers:read", "articles:read") if events == ["*"] else (missing,)
    assert key("webhooks:write", *scopes).post("/v1/webhooks", made).status == 201


def test_all_events_take_all_three_scopes_and_are_led_elsewhere_with_them_only(key, webhook):
    some, address = key("webhooks:write", "tickets:read", "customers:read"), f"/v1/webhooks/{webhook['id']}"

    assert "articles:read" in some.post("/v1/webhooks", {"url": URL}).json["detail"]
    assert some.patch(address, {"url": URL + "/mine"}).code == "missing-scope"
    assert some.patch(address, {"description": "Orders"}).status == 200
    assert some.patch(address, {"url": URL + "/mine", "events": ["ticket.created"]}).status == 200


def test_what_is_not_there_is_told_by_name(api, webhook):
    for method, path in [
        ("GET", f"/v1/webhooks/{UNKNOWN}"), ("GET", "/v1/webhooks/7"), ("PATCH", f"/v1/webhooks/{UNKNOWN}"),
        ("DELETE", f"/v1/webhooks/{UNKNOWN}"), ("GET", f"/v1/webhooks/{UNKNOWN}/deliveries"),
        ("POST", f"/v1/webhooks/{UNKNOWN}/test"), ("POST", f"/v1/webhooks/{UNKNOWN}/rotate-secret"),
    ]:  # fmt: skip
        assert api.send(method, path, "{}" if method == "PATCH" else "").code == "webhook-not-found", (method, path)
    missing = api.post(f"/v1/webhooks/{webhook['id']}/deliveries/whd_01JD0000000000000000000000/resend")
    assert (missing.status, missing.code) == (404, "delivery-not-found")


def test_there_is_an_end_to_how_many_there_may_be(api, monkeypatch):
    monkeypatch.setattr(life, "MAX_WEBHOOKS", 1)
    assert api.post("/v1/webhooks", {"url": URL}).status == 201
    assert api.post("/v1/webhooks", {"url": URL}).code == "too-many-webhooks"


def test_a_webhook_is_deleted_though_an_attempt_has_its_hand_on_it(api, webhook, monkeypatch):
    commit = Changes.commit

    def meet(change):
        monkeypatch.setattr(Changes, "commit", commit)
        raise changes.Busy

    monkeypatch.setattr(Changes, "commit", meet)
    assert api.delete(f"/v1/webhooks/{webhook['id']}").status == 204


def test_a_deleted_webhook_is_gone(api, webhook):
    assert api.delete(f"/v1/webhooks/{webhook['id']}").status == 204
    assert api.get(f"/v1/webhooks/{webhook['id']}").status == 404
    assert api.get("/v1/webhooks").json["data"] == []


def test_the_log_tells_every_attempt_to_a_person(api, webhook, answers):
    address = f"/v1/webhooks/{webhook['id']}"
    made = api.post(f"{address}/test")
    assert (made.status, made.json["state"], made.json["event_type"]) == (202, "pending", "webhook.test")

    answers.append(Outcome(502, 31, "The receiver answered 502 Bad Gateway", "<h1>Bad Gateway</h1>"))
    deliver_webhook.deliver(webhook["id"], made.json["id"])
    (failed,) = api.get(f"{address}/deliveries").json["data"]
    assert (failed["state"], failed["next_attempt_at"] is None) == ("pending", False)
    (attempt,) = failed["attempts"]
    assert (attempt["status"], attempt["duration_ms"]) == (502, 31)
    assert (attempt["error"], attempt["answer"]) == ("The receiver answered 502 Bad Gateway", "<h1>Bad Gateway</h1>")
    assert api.get(address).json["failing_since"] is not None

    resent = api.post(f"{address}/deliveries/{failed['id']}/resend")
    assert (resent.status, resent.json["event_id"]) == (202, failed["event_id"])
    deliver_webhook.deliver(webhook["id"], failed["id"])
    (told,) = api.get(f"{address}/deliveries", state="delivered").json["data"]
    assert ([one["status"] for one in told["attempts"]], told["next_attempt_at"]) == ([502, 204], None)
    assert api.get(address).json["failing_since"] is None


def test_the_log_is_paged_newest_first_and_by_state(api, webhook, answers):
    address = f"/v1/webhooks/{webhook['id']}"
    ids = [api.post(f"{address}/test").json["id"] for _ in range(5)]
    answers.append(Outcome(410, 3, "The receiver answered 410 Gone"))
    for id in ids[1:]:
        deliver_webhook.deliver(webhook["id"], id)

    assert [one["id"] for one in api.walk(f"{address}/deliveries", limit=2)] == ids[::-1]
    assert [one["id"] for one in api.walk(f"{address}/deliveries", limit=1, state="stopped")] == ids[:0:-1]
    assert [one["id"] for one in api.walk(f"{address}/deliveries", state="pending")] == ids[:1]
    assert api.get(f"{address}/deliveries", state="lost").code == "invalid-parameter"
    assert api.get(address).json["disabled_reason"] == "gone"


def test_a_webhook_that_is_off_is_neither_tested_nor_resent_to(api, webhook):
    address = f"/v1/webhooks/{webhook['id']}"
    delivery = api.post(f"{address}/test").json
    off = api.patch(address, {"enabled": False}).json

    assert (off["enabled"], off["disabled_reason"]) == (False, None)
    since = {"since": "2026-01-01T00:00:00Z"}
    for answer in (
        api.post(f"{address}/test"),
        api.post(f"{address}/deliveries/{delivery['id']}/resend"),
        api.post(f"{address}/resend", since),
    ):
        assert (answer.status, answer.code) == (409, "webhook-disabled")


def test_a_stretch_of_time_is_resent_by_a_job(api, webhook):
    since = clock.now().isoformat()
    made = api.post(f"/v1/webhooks/{webhook['id']}/resend", {"since": since}, Idempotency_Key="again-1")
    again = api.post(f"/v1/webhooks/{webhook['id']}/resend", {"since": since}, Idempotency_Key="again-1")

    assert (made.status, made.json["type"], made.json["state"]) == (202, "resend", "queued")
    assert again.json == made.json
    assert api.get(f"/v1/jobs/{made.json['id']}").status == 200
    wrong = api.post(f"/v1/webhooks/{webhook['id']}/resend", {"since": "yesterday", "state": "pending"})
    assert wrong.faults == {"/since": "invalid-time", "/state": "unknown-value"}


def test_a_repeated_test_call_sends_one_message(api, webhook):
    address = f"/v1/webhooks/{webhook['id']}"
    first = api.post(f"{address}/test", None, Idempotency_Key="test-1").json
    assert api.post(f"{address}/test", None, Idempotency_Key="test-1").json == first
    assert len(api.get(f"{address}/deliveries").json["data"]) == 1
