"""Who is this? Everything about a customer in one call, and all that was said and happened page by page."""

import pytest

from chalicelib.actions.receive_mail import receive_mail
from chalicelib.channels import outgoing
from tests.actions.conftest import mail, store_mail
from tests.api.conftest import new_ticket
from tests.api.test_round_trips import trips  # noqa: F401 (fixture)

BOUGHT = {"type": "purchase", "title": "A board", "occurred_at": "2019-11-07T10:04:00Z", "external_id": "GH-1"}


@pytest.fixture
def alice(ticket):
    return f"/v1/customers/{ticket['customer_id']}"


@pytest.fixture
def charlie(api):
    body = new_ticket(subject="Charlie's", customer={"email": "charlie@example.org"}, message={"text": "Mine."})
    return f"/v1/customers/{api.post('/v1/tickets', body).json['customer_id']}"


def answer(api, ticket, text, **more):
    return api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": text, **more}).json


def told(entries):
    return [(one["message"] or one["event"]).get("text") or one["event"]["title"] for one in entries]


def timeline(api, customer, **query):
    return told(api.walk(f"{customer}/timeline", **query))


def test_one_call_tells_who_she_is_and_what_she_came_with(api, ticket, alice):
    answer(api, ticket, "Yes.")
    api.post(f"{alice}/notes", {"text": "Likes tea."})
    api.post(f"{alice}/events", BOUGHT)
    shown = api.get(f"{alice}/overview").json

    assert shown["customer"]["name"] == "Alice"
    assert [one["text"] for one in shown["notes"]] == ["Likes tea."]
    assert (shown["last_inquiry"]["number"], shown["last_inquiry"]["status"]) == (ticket["number"], "pending")
    assert [one["id"] for one in shown["open_tickets"]] == [ticket["id"]]
    assert told(shown["timeline"]["data"]) == ["Yes.", "Hello, can it be saved?", "A board"]
    assert (shown["organization"], shown["suggestions"]) == (None, [])


def test_a_customer_who_never_wrote_has_an_overview_too(api):
    made = api.post("/v1/customers", {"name": "Alice"}).json
    shown = api.get(f"/v1/customers/{made['id']}/overview").json

    assert (shown["last_inquiry"], shown["open_tickets"], shown["timeline"]["data"]) == (None, [], [])


def test_every_message_of_every_ticket_and_channel_is_in_one_list_newest_first(api, ticket, alice):
    second = api.post("/v1/tickets", new_ticket(message={"text": "Another."}, subject="Two")).json
    answer(api, ticket, "For us alone.", visibility="internal")
    answer(api, second, "Again me.", author={"type": "customer"})
    page = api.get(f"{alice}/timeline").json["data"]

    assert told(page) == ["Again me.", "For us alone.", "Another.", "Hello, can it be saved?"]
    assert [one["message"]["ticket_number"] for one in page] == [
        second["number"],
        ticket["number"],
        second["number"],
        ticket["number"],
    ]
    assert [one["message"]["visibility"] for one in page] == ["public", "internal", "public", "public"]


def test_events_stand_among_the_messages_by_when_they_happened(api, ticket, alice):
    api.post(
        f"{alice}/events", BOUGHT | {"title": "Tomorrow", "occurred_at": "2999-11-07T10:04:00Z"} | {"external_id": "2"}
    )
    api.post(f"{alice}/events", BOUGHT)

    assert timeline(api, alice) == ["Tomorrow", "Hello, can it be saved?", "A board"]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_any_size_give_each_entry_once(api, ticket, alice, limit):
    for number in range(4):
        answer(api, ticket, f"Answer {number}")
        api.post(f"{alice}/events", BOUGHT | {"title": f"Event {number}", "external_id": f"{number}"})
    whole = timeline(api, alice)

    assert len(whole) == len({*whole}) == 9
    assert timeline(api, alice, limit=limit) == whole


def test_the_overviews_cursor_goes_on_in_the_timeline(api, ticket, alice):
    for number in range(3):
        answer(api, ticket, f"Answer {number}")
    first = api.get(f"{alice}/overview", limit=2).json["timeline"]
    rest = api.get(f"{alice}/timeline", cursor=first["next_cursor"])

    assert told(first["data"]) == ["Answer 2", "Answer 1"]
    assert told(rest.json["data"]) == ["Answer 0", "Hello, can it be saved?"]


def test_a_cursor_is_for_one_customer_only(api, ticket, alice, charlie):
    answer(api, ticket, "Yes.")
    cursor = api.get(f"{alice}/timeline", limit=1).json["next_cursor"]

    assert api.get(f"{charlie}/timeline", cursor=cursor).code == "invalid-cursor"


def test_merged_customers_have_one_timeline_and_their_own_again(api, ticket, alice, charlie):
    api.post(f"{charlie}/events", BOUGHT)
    api.post(f"{charlie}/merge", {"into": ticket["customer_id"]})
    assert timeline(api, alice, limit=1) == ["Mine.", "Hello, can it be saved?", "A board"]
    assert api.get(f"{charlie}/overview").json["customer"]["id"] == ticket["customer_id"]

    api.post(f"{charlie}/unmerge")
    assert timeline(api, alice) == ["Hello, can it be saved?"]
    assert timeline(api, charlie) == ["Mine.", "A board"]


def test_what_was_written_in_the_merged_ones_ticket_goes_back_with_its_writer(api, ticket, alice, charlie):
    api.post(f"{charlie}/merge", {"into": ticket["customer_id"]})
    mixed = answer(api, ticket, "Charlie here.", author={"type": "customer", "id": charlie.rpartition("/")[2]})
    api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [mixed["id"]]})
    assert api.post(f"{charlie}/unmerge").status == 200

    assert timeline(api, charlie) == ["Charlie here.", "Mine."]
    assert timeline(api, alice) == ["Hello, can it be saved?"]


def test_a_split_off_message_is_told_with_the_ticket_it_is_in_now(api, ticket, alice):
    moved = answer(api, ticket, "And my spoon?", author={"type": "customer"})
    new = api.post(f"/v1/tickets/{ticket['id']}/split", {"message_ids": [moved["id"]], "subject": "The spoon"}).json
    page = api.get(f"{alice}/timeline").json["data"]

    assert [one["message"]["ticket_number"] for one in page] == [new["number"], ticket["number"]]
    assert page[0]["message"]["ticket_subject"] == "The spoon"


def test_what_somebody_wrote_into_the_ticket_of_another_is_told_of_both(api, ticket, alice, charlie):
    address = outgoing.reply_to(ticket["id"], "alice@example.org")
    from_charlie = mail(f"Re: [#{ticket['number']}]", "I am her sister.", From="charlie@example.org", To=address)
    receive_mail(store_mail(from_charlie, address))

    assert timeline(api, alice)[0].strip() == timeline(api, charlie)[0].strip() == "I am her sister."
    api.post(f"{charlie}/merge", {"into": ticket["customer_id"]})
    assert [one.strip() for one in timeline(api, alice, limit=1)] == [
        "I am her sister.",
        "Mine.",
        "Hello, can it be saved?",
    ]


def test_a_long_message_is_whole(api, ticket, alice):
    text = "long " * 10_000
    answer(api, ticket, text)

    assert api.get(f"{alice}/timeline", limit=1).json["data"][0]["message"]["text"] == text


def test_a_key_needs_both_scopes(api, key, alice):
    for scope, missing in (("customers:read", "tickets:read"), ("tickets:read", "customers:read")):
        for path in ("overview", "timeline"):
            refused = key(scope).get(f"{alice}/{path}")
            assert (refused.status, refused.code) == (403, "missing-scope")
            assert missing in refused.json["detail"]
    assert key("customers:read", "tickets:read").get(f"{alice}/timeline").status == 200


def test_nobody_has_no_overview(api):
    assert api.get("/v1/customers/cus_0000000000000000000000000A/overview").code == "customer-not-found"


def test_a_timeline_costs_the_key_the_customer_two_queries_and_one_batch(api, ticket, alice, trips):  # noqa: F811
    answer(api, ticket, "Yes.")
    trips.made.clear()
    api.get(f"{alice}/timeline")

    assert trips.all == {"UpdateItem": 1, "GetItem": 1, "Query": 2, "BatchGetItem": 1}


def test_each_merged_customer_costs_two_more_queries_at_the_same_time(api, ticket, alice, charlie, trips):  # noqa: F811
    api.post(f"{charlie}/merge", {"into": ticket["customer_id"]})
    trips.made.clear()
    api.get(f"{alice}/timeline")

    assert trips.all == {"UpdateItem": 1, "GetItem": 1, "Query": 4, "BatchGetItem": 2}


def test_an_overview_reads_nothing_twice(api, ticket, alice, dispatch, work, trips):  # noqa: F811
    """Behind the key and the customer: notes, tickets, by what she is found and her orders; who shares those."""
    answer(api, ticket, "Yes.")
    api.post(f"{alice}/events", BOUGHT)
    dispatch()
    work()
    trips.made.clear()
    api.get(f"{alice}/overview")

    found_by = 3  # her name, her address, her order
    assert trips.all == {"UpdateItem": 1, "GetItem": 1, "Query": 2 + 1 + 1 + 2 + found_by, "BatchGetItem": 2}
