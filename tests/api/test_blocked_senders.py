"""Senders are blocked by the API; their mail is told apart in the list of suspended mail."""

import pytest

from chalicelib.actions.receive_mail import receive_mail
from tests.actions.conftest import mail, store_mail


def test_a_blocked_senders_mail_is_suspended_until_he_is_unblocked(api, bob):
    made = api.post("/v1/blocked-senders", {"value": "ALICE@example.org"})
    assert (made.status, made.json["value"]) == (201, "alice@example.org")
    assert api.get("/v1/blocked-senders").json["data"] == [made.json]

    receive_mail(store_mail(mail()))
    (held,) = api.walk("/v1/suspended")
    assert (held["reason"], held["detail"], held["from"]) == (
        "blocked-sender", "Its sender is blocked.", "alice@example.org",
    )  # fmt: skip

    assert api.delete(f"/v1/blocked-senders/{made.json['id']}").status == 204
    assert api.get("/v1/blocked-senders").json["data"] == []
    assert receive_mail(store_mail(mail("Me again"))).outcome == "message"


def test_a_sender_is_blocked_once(api):
    first = api.post("/v1/blocked-senders", {"value": "example.org"}, Idempotency_Key="one")
    repeated = api.post("/v1/blocked-senders", {"value": "example.org"}, Idempotency_Key="one")
    again = api.post("/v1/blocked-senders", {"value": "@EXAMPLE.org"})

    assert (repeated.headers["idempotent-replayed"], repeated.json) == ("true", first.json)
    assert (again.status, again.json) == (201, first.json)


def test_the_list_is_newest_first(api):
    for count in range(5):
        api.post("/v1/blocked-senders", {"value": f"{count}.example.org"})

    listed = [one["value"][0] for one in api.walk("/v1/blocked-senders", limit=2)]
    assert listed == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("value", "code"),
    [("spam", "invalid-sender"), ("", "invalid-sender"), ("ghusn.example", "own-sender"),
     ("bob@ghusn.example", "own-sender")],
)  # fmt: skip
def test_what_cannot_be_blocked_is_refused_by_its_place(api, value, code):
    refused = api.post("/v1/blocked-senders", {"value": value})

    assert (refused.status, refused.code, refused.faults) == (422, code, {"/value": code})


@pytest.mark.parametrize("id", ["blk_01M822V14049DG35V0CV7T7DCF", "x"])
def test_what_is_not_blocked_is_not_found(api, id):
    refused = api.delete(f"/v1/blocked-senders/{id}")

    assert (refused.status, refused.code) == (404, "blocked-sender-not-found")


def test_reading_takes_one_scope_and_blocking_another(key):
    reader, stranger = key("tickets:read"), key("articles:*")

    assert reader.get("/v1/blocked-senders").status == 200
    assert reader.post("/v1/blocked-senders", {"value": "example.org"}).code == "missing-scope"
    assert stranger.get("/v1/blocked-senders").code == "missing-scope"
