"""A request may be sent again: it is done once, and answered as the first time."""

import pytest

from chalicelib import clock
from chalicelib.store.changes import Changes
from tests.api.conftest import new_ticket


def replayed(answer):
    return answer.headers.get("idempotent-replayed") == "true"


def test_a_repeated_request_is_done_once_and_answered_as_the_first_time(api):
    first = api.post("/v1/tickets", new_ticket(), Idempotency_Key="one")
    again = api.post("/v1/tickets", new_ticket(), Idempotency_Key="one")

    assert (first.status, replayed(first)) == (201, False)
    assert (again.status, replayed(again), again.json) == (201, True, first.json)
    assert (again.headers["etag"], again.headers["location"]) == (first.headers["etag"], first.headers["location"])
    assert len(api.walk("/v1/tickets")) == 1


def test_the_first_answer_is_given_again_though_the_ticket_has_changed_since(api, ticket):
    address = f"/v1/tickets/{ticket['id']}"
    first = api.patch(address, {"priority": "high"}, Idempotency_Key="one")
    api.patch(address, {"priority": "low"})
    again = api.patch(address, {"priority": "high"}, Idempotency_Key="one")

    assert (replayed(again), again.json, again.headers["etag"]) == (True, first.json, '"2"')
    assert api.get(address).json["priority"] == "low"


def test_the_order_of_the_names_in_a_body_does_not_matter_but_its_values_do(api):
    first = api.post("/v1/tickets", new_ticket(), Idempotency_Key="one").json
    turned = dict(reversed(new_ticket().items()))

    assert api.post("/v1/tickets", turned, Idempotency_Key="one").json == first
    other = api.post("/v1/tickets", new_ticket(subject="Another"), Idempotency_Key="one")
    assert (other.status, other.code) == (422, "idempotency-key-reused")


def test_a_name_counts_for_one_key_one_method_and_one_address(key, api, ticket):
    another = key()
    messages, address = f"/v1/tickets/{ticket['id']}/messages", f"/v1/tickets/{ticket['id']}"

    assert api.post(messages, {"text": "Yes."}, Idempotency_Key="one").status == 201
    assert not replayed(another.post(messages, {"text": "Yes."}, Idempotency_Key="one"))
    assert not replayed(api.patch(address, {}, Idempotency_Key="one"))
    assert replayed(api.post(messages, {"text": "Yes."}, Idempotency_Key="one"))


def test_a_retried_reply_that_meets_its_own_message_as_the_newest_is_answered_as_the_first_time(api, ticket):
    messages = f"/v1/tickets/{ticket['id']}/messages"
    (seen,) = api.get(messages).json["data"]
    reply = {"text": "Yes.", "last_seen_message_id": seen["id"]}
    first = api.post(messages, reply, Idempotency_Key="one")
    again = api.post(messages, reply, Idempotency_Key="one")

    assert (again.status, replayed(again), again.json) == (201, True, first.json)
    assert len(api.get(messages).json["data"]) == 2


def test_a_retried_change_that_meets_its_own_version_is_answered_as_the_first_time(api, ticket):
    address = f"/v1/tickets/{ticket['id']}"
    first = api.patch(address, {"priority": "high"}, Idempotency_Key="one", If_Match='"1"')
    again = api.patch(address, {"priority": "high"}, Idempotency_Key="one", If_Match='"1"')

    assert (again.status, replayed(again), again.json) == (200, True, first.json)


def test_a_change_that_changes_nothing_is_kept_too(api, ticket):
    address = f"/v1/tickets/{ticket['id']}"
    api.patch(address, {"priority": "normal"}, Idempotency_Key="one")

    assert replayed(api.patch(address, {"priority": "normal"}, Idempotency_Key="one"))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/tickets", new_ticket()),
        ("/v1/tickets", new_ticket(message={"text": "It leaves tomorrow.", "author": {"type": "agent"}})),
        ("/v1/customers", {"email": "alice@example.org"}),
        ("/v1/categories", {"translations": {"en": {"name": "Caring"}}}),
    ],
)
def test_of_two_at_once_one_is_done_and_both_get_its_answer(api, monkeypatch, path, body):
    """The second request runs to its end between the first one's deciding and its commit."""
    commit, between = Changes.commit, []

    def commit_second_first(change):
        if not between:
            between.append(None)
            between[0] = api.post(path, body, Idempotency_Key="one")
        commit(change)

    monkeypatch.setattr(Changes, "commit", commit_second_first)
    late = api.post(path, body, Idempotency_Key="one")

    assert (between[0].status, replayed(between[0])) == (201, False)
    assert (late.status, replayed(late), late.json) == (201, True, between[0].json)
    assert len(api.walk(path)) == 1


def test_of_two_different_ones_at_once_the_late_one_is_told(api, monkeypatch):
    commit, between = Changes.commit, []

    def commit_second_first(change):
        if not between:
            between.append(api)
            api.post("/v1/tickets", new_ticket(subject="Another"), Idempotency_Key="one")
        commit(change)

    monkeypatch.setattr(Changes, "commit", commit_second_first)

    assert api.post("/v1/tickets", new_ticket(), Idempotency_Key="one").code == "idempotency-key-reused"


def test_what_was_refused_before_the_work_can_be_mended_under_the_same_name(api):
    assert api.post("/v1/tickets", {}, Idempotency_Key="one").status == 422
    nobody = new_ticket(customer={"id": "cus_01JD0000000000000000000000"})
    assert api.post("/v1/tickets", nobody, Idempotency_Key="one").status == 422

    assert api.post("/v1/tickets", new_ticket(), Idempotency_Key="one").status == 201


def test_after_a_day_the_name_is_free_again(api):
    first = api.post("/v1/tickets", new_ticket(), Idempotency_Key="one").json
    clock.shift(24 * 3600 + 2)
    later = api.post("/v1/tickets", new_ticket(), Idempotency_Key="one")

    assert not replayed(later)
    assert later.json["id"] != first["id"]


@pytest.mark.parametrize("name", ["", "x" * 256, "é", "a\tb"])
def test_a_name_that_is_none_is_refused(api, name):
    refused = api.post("/v1/tickets", new_ticket(), Idempotency_Key=name)

    assert (refused.status, refused.code) == (400, "invalid-idempotency-key")


def test_the_longest_name_is_taken(api):
    assert api.post("/v1/tickets", new_ticket(), Idempotency_Key="x" * 255).status == 201


def test_long_answers_are_kept_too(api, ticket):
    messages, body = f"/v1/tickets/{ticket['id']}/messages", {"text": "مرحبا " * 10_000}
    first = api.post(messages, body, Idempotency_Key="one")

    assert api.post(messages, body, Idempotency_Key="one").json == first.json
