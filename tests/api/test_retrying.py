"""A message that came back is sent again through the API, and its delivery says why it came back."""

import pytest

from chalicelib.actions import record_delivery
from chalicelib.actions.record_delivery import Report
from chalicelib.store import deliveries
from tests.actions.conftest import run  # noqa: F401 (fixture)


@pytest.fixture
def message(api, ticket):
    return api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Yes, it can."}).json


@pytest.fixture
def retry(ticket, message):
    return f"/v1/tickets/{ticket['id']}/messages/{message['id']}/retry"


@pytest.fixture
def bounced(ticket, message):
    def happen(mark="bounce"):
        tag = deliveries.get(ticket["id"], message["id"], "reply").tag
        report = Report(
            "bounced", "ses-1", tag, "smtp; 550 5.1.1 unknown", "alice@example.org", "no-such-mailbox", mark
        )
        record_delivery.record(report)

    return happen


def delivery_of(api, ticket, message):
    listed = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]
    return next(one["delivery"] for one in listed if one["id"] == message["id"])


def test_a_bounce_is_told_in_words_and_can_be_sent_again(api, ticket, message, retry, bounced):
    bounced()
    assert delivery_of(api, ticket, message) == {
        "state": "bounced",
        "detail": "There is no such mailbox. Check the spelling. (smtp; 550 5.1.1 unknown)",
        "reason": "no-such-mailbox",
    }

    again = api.post(retry)

    assert (again.status, again.json["delivery"]) == (200, {"state": "queued", "detail": None})
    assert delivery_of(api, ticket, message)["state"] == "queued"


def test_a_ticket_that_changed_meanwhile_is_told_to_who_asks_for_its_version(api, ticket, message, retry, bounced):
    bounced()

    assert api.post(retry, If_Match='"77"').code == "version-mismatch"
    assert api.post(retry, If_Match=api.get(f"/v1/tickets/{ticket['id']}").headers["etag"]).status == 200


def test_the_feed_tells_of_it(api, retry, bounced, run):  # noqa: F811
    bounced()
    api.post(retry)
    run()

    told = [one["data"] for one in api.get("/v1/events").json["data"] if one["type"] == "message.delivery_changed"]
    assert [one["changes"]["delivery"] for one in told] == [[None, "bounced"], ["bounced", "queued"]]


def test_asked_again_with_its_key_the_first_answer_comes_again(api, retry, bounced):
    bounced()

    first = api.post(retry, Idempotency_Key="once")
    second = api.post(retry, Idempotency_Key="once")

    assert second.json == first.json
    assert second.headers["idempotent-replayed"] == "true"


def test_asked_again_without_a_key_it_is_refused(api, retry, bounced):
    bounced()
    api.post(retry)

    refused = api.post(retry)

    assert (refused.status, refused.json["code"]) == (409, "not-retryable")


def test_what_a_complaint_stopped_stays_stopped(api, retry, bounced):
    bounced("complaint")

    refused = api.post(retry)

    assert (refused.status, refused.json["code"]) == (422, "recipient-complained")


def test_what_is_not_there_is_not_found(api, ticket):
    missing = api.post(f"/v1/tickets/{ticket['id']}/messages/msg_nothing/retry")

    assert (missing.status, missing.json["code"]) == (404, "message-not-found")


def test_a_sending_that_takes_long_says_why(api, ticket, message):
    tag = deliveries.get(ticket["id"], message["id"], "reply").tag
    record_delivery.record(Report("sent", "ses-1", tag, None, "alice@example.org", "mailbox-full"))

    found = delivery_of(api, ticket, message)

    assert (found["state"], found["detail"]) == ("sent", "Still trying: The mailbox is full.")


def test_a_copy_that_did_not_arrive_is_listed(api, ticket, message):
    tag = deliveries.get(ticket["id"], message["id"], "reply").tag
    record_delivery.record(Report("bounced", "ses-1", tag, None, "charlie@example.net", "mailbox-full"))

    found = delivery_of(api, ticket, message)

    assert (found["state"], found["failed_copies"]) == (
        "queued",
        [{"email": "charlie@example.net", "reason": "mailbox-full"}],
    )
