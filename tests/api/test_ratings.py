"""What a customer says of a solved ticket: taken down once it is solved, changed for a week, and told."""

import pytest

from chalicelib import clock

DAY = 24 * 3600


@pytest.fixture
def solved(api):
    ticket = api.post(
        "/v1/tickets", {"subject": "A", "message": {"text": "B"}, "customer": {"email": "alice@example.org"}}
    )
    api.patch(f"/v1/tickets/{ticket.json['id']}", {"status": "solved"})
    return f"/v1/tickets/{ticket.json['id']}"


def test_a_solved_ticket_is_rated_and_the_rating_is_read(api, solved):
    assert api.get(f"{solved}/rating").code == "not-rated"

    made = api.post(f"{solved}/rating", {"answer": "partly", "words": " It took long. "})

    assert made.status == 200
    assert api.get(f"{solved}/rating").json == made.json
    assert (made.json["answer"], made.json["words"]) == ("partly", "It took long.")


def test_an_open_ticket_is_not_rated(api, solved):
    api.patch(solved, {"status": "open"})

    assert api.post(f"{solved}/rating", {"answer": "yes"}).code == "not-ratable"


def test_a_rating_is_told_by_its_answers_and_not_by_its_words(api, solved, dispatch):
    api.post(f"{solved}/rating", {"answer": "no", "words": "Nobody called."})
    api.post(f"{solved}/rating", {"answer": "no", "words": "Nobody called."})
    api.post(f"{solved}/rating", {"answer": "yes", "words": "Nobody called."})
    dispatch()

    told = [one["data"]["changes"] for one in api.walk("/v1/events") if one["type"] == "survey.answered"]
    assert told == [{"answer": [None, "no"], "words": [None, None]}, {"answer": ["no", "yes"]}]


def test_a_rating_can_be_changed_for_a_week(api, solved):
    first = api.post(f"{solved}/rating", {"answer": "no"}).json
    clock.shift(6 * DAY)
    assert api.post(f"{solved}/rating", {"answer": "yes"}).json["rated_at"] == first["rated_at"]
    clock.shift(2 * DAY)
    assert api.post(f"{solved}/rating", {"answer": "no"}).code == "not-ratable"

    api.patch(solved, {"status": "open"})
    api.patch(solved, {"status": "solved"})
    assert api.post(f"{solved}/rating", {"answer": "no"}).json["answer"] == "no"


def test_a_ticket_that_was_solved_a_month_ago_is_rated_no_more(api, solved):
    clock.shift(31 * DAY)

    assert api.post(f"{solved}/rating", {"answer": "yes"}).code == "not-ratable"


@pytest.mark.parametrize(
    "body", [{}, {"answer": "five"}, {"answer": "yes", "words": "x" * 2001}, {"answer": "yes", "a": 1}]
)
def test_what_is_no_rating_is_refused(api, solved, body):
    assert api.post(f"{solved}/rating", body).status == 422


def test_a_rating_is_given_once_for_one_key(api, solved):
    first = api.post(f"{solved}/rating", {"answer": "yes"}, Idempotency_Key="one")
    again = api.post(f"{solved}/rating", {"answer": "yes"}, Idempotency_Key="one")

    assert (again.json, again.headers["idempotent-replayed"]) == (first.json, "true")
