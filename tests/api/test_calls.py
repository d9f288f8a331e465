"""Phone calls through the API: written down by an agent or by a telephone system, read like any message."""

import pytest

from chalicelib.store import deliveries
from chalicelib.store.table import EventRow
from tests.api.conftest import new_ticket

ANSWERED = {"direction": "in", "outcome": "answered", "seconds": 170}
MISSED = {"direction": "in", "outcome": "missed"}
NOBODY = {"direction": "out", "outcome": "no_answer"}


@pytest.fixture
def messages(ticket):
    return f"/v1/tickets/{ticket['id']}/messages"


def call(told=ANSWERED, **fields):
    return {"channel": "phone", "call": told, **fields}


def now(api, ticket):
    return api.get(f"/v1/tickets/{ticket['id']}").json


def test_an_agent_writes_down_a_call_that_goes_out_to_nobody(api, ticket, messages):
    made = api.post(messages, call(text="She asked how long the glue takes.")).json

    assert (made["channel"], made["call"], made["delivery"]) == ("phone", ANSWERED, None)
    assert (made["author"]["name"], made["text"]) == ("Bob", "She asked how long the glue takes.")
    assert deliveries.of_message(ticket["id"], made["id"]) == []
    assert [one["call"] for one in api.get(messages).json["data"]] == [None, ANSWERED]
    assert (now(api, ticket)["status"], now(api, ticket)["waiting_since"]) == ("pending", None)


@pytest.mark.parametrize(
    ("locale", "told", "words"),
    [
        ("en", ANSWERED, "Call of 3 minutes"),
        ("en", {**ANSWERED, "seconds": 60}, "Call of 1 minute"),
        ("en", MISSED, "Missed call"),
        ("en", NOBODY, "Call: nobody answered"),
        ("ar", ANSWERED, "مكالمة مدّتها 3 دقائق"),
        ("ar", {**ANSWERED, "seconds": 90}, "مكالمة مدّتها دقيقتان"),
        ("ar", {**ANSWERED, "seconds": 660}, "مكالمة مدّتها 11 دقيقة"),
        ("ar", MISSED, "مكالمة فائتة"),
    ],
)
def test_a_call_of_which_nobody_wrote_has_words_in_the_language_of_the_ticket(api, locale, told, words):
    ticket = api.post("/v1/tickets", new_ticket(locale=locale)).json

    assert api.post(f"/v1/tickets/{ticket['id']}/messages", call(told)).json["text"] == words


def test_a_call_may_be_for_agents_only_and_moves_the_ticket_all_the_same(api, ticket, messages):
    made = api.post(messages, call(text="Angry.", visibility="internal")).json

    assert (made["visibility"], made["call"]) == ("internal", ANSWERED)
    assert (now(api, ticket)["status"], now(api, ticket)["waiting_since"]) == ("pending", None)


def test_a_missed_call_lets_the_customer_wait(api, ticket, messages):
    api.post(messages, {"text": "Yes."})
    made = api.post(messages, call(MISSED, author={"type": "customer"})).json

    assert (made["author"]["type"], made["call"]["seconds"]) == ("customer", 0)
    assert (now(api, ticket)["status"], now(api, ticket)["waiting_since"]) == ("open", made["created_at"])


def test_a_call_that_nobody_took_changes_nothing_but_the_thread(api, ticket, messages):
    api.post(messages, call(NOBODY))

    assert (now(api, ticket)["status"], now(api, ticket)["waiting_since"]) == ("new", ticket["waiting_since"])
    assert now(api, ticket)["message_count"] == 2


def test_the_agent_may_name_the_status(api, ticket, messages):
    api.post(messages, call(status="solved"))

    assert now(api, ticket)["status"] == "solved"


@pytest.mark.parametrize("author", ["customer", "agent"])
def test_a_call_from_an_unknown_number_opens_a_ticket_and_makes_its_customer(api, author):
    body = new_ticket(customer={"phone": "20 555 014"}, message=call(MISSED, author={"type": author}))
    ticket = api.post("/v1/tickets", body).json

    customer = api.get(f"/v1/customers/{ticket['customer_id']}").json
    assert (ticket["channel"], ticket["status"]) == ("phone", "new")
    assert customer["contacts"][0]["value"] == "+21620555014"
    assert api.get("/v1/tickets", channel="phone").json["data"][0]["id"] == ticket["id"]


def test_a_call_out_opens_a_ticket_even_with_who_cannot_be_written_to(api):
    body = new_ticket(customer={"external_id": "shop-7"}, message=call({**ANSWERED, "direction": "out"}))
    body["message"]["author"] = {"type": "agent"}
    ticket = api.post("/v1/tickets", body)

    assert (ticket.status, ticket.json["status"]) == (201, "pending")


def test_who_called_is_answered_in_writing_on_what_reaches_him(api, ticket):
    opened = api.post("/v1/tickets", new_ticket(message=call(MISSED))).json
    answer = api.post(f"/v1/tickets/{opened['id']}/messages", {"text": "You called; here we are."}).json

    assert (answer["channel"], answer["call"]) == ("email", None)
    assert deliveries.get(opened["id"], answer["id"], "reply").to == "alice@example.org"


def test_who_called_and_reads_nothing_finds_the_answer_in_the_portal(api):
    body = new_ticket(customer={"external_id": "shop-7"}, message=call(MISSED))
    opened = api.post("/v1/tickets", body).json

    assert api.post(f"/v1/tickets/{opened['id']}/messages", {"text": "Yes."}).json["channel"] == "portal"


def test_the_same_call_is_written_down_once(api, ticket, messages):
    first = api.post(messages, call(), Idempotency_Key="call-1")
    again = api.post(messages, call(), Idempotency_Key="call-1")

    assert (again.json, again.headers["idempotent-replayed"]) == (first.json, "true")
    assert now(api, ticket)["message_count"] == 2


@pytest.mark.parametrize(
    ("told", "type"), [(ANSWERED, "message.sent"), (MISSED, "message.received"), (NOBODY, "message.sent")], ids=str
)
def test_the_feed_tells_a_missed_call_as_the_customers(api, ticket, messages, told, type):
    made = api.post(messages, call(told)).json

    assert [row.type for row in EventRow.scan(EventRow.message_id == made["id"])] == [type]


@pytest.mark.parametrize(
    ("fields", "faults"),
    [
        ({"channel": "phone", "text": "She called."}, {"/call": "required"}),
        ({"channel": "phone", "visibility": "internal", "text": "x"}, {"/call": "required"}),
        ({"channel": "phone", "author": {"type": "customer"}, "text": "x"}, {"/call": "required"}),
        ({"channel": "phone"}, {"/call": "required", "/text": "required"}),
        ({"call": ANSWERED, "text": "x"}, {"/channel": "unknown-value"}),
        ({"call": ANSWERED, "channel": "email"}, {"/channel": "unknown-value"}),
        ({}, {"/text": "required"}),
        (call(text=" "), {"/text": "blank"}),
        (call({}), {"/call/direction": "required", "/call/outcome": "required"}),
        (call({**ANSWERED, "direction": "sideways"}), {"/call/direction": "unknown-value"}),
        (call({**ANSWERED, "outcome": "abandoned"}), {"/call/outcome": "unknown-value"}),
        (call({**ANSWERED, "seconds": -1}), {"/call/seconds": "out-of-range"}),
        (call({**ANSWERED, "seconds": 86_401}), {"/call/seconds": "out-of-range"}),
        (call({**ANSWERED, "seconds": 1.5}), {"/call/seconds": "wrong-type"}),
        (call({**ANSWERED, "minutes": 3}), {"/call/minutes": "unknown-field"}),
        (call({**MISSED, "seconds": 3}), {"/call/seconds": "call-seconds"}),
        (call({**NOBODY, "seconds": 3}), {"/call/seconds": "call-seconds"}),
        (call({**MISSED, "direction": "out"}), {"/call/outcome": "call-outcome"}),
        (call({**NOBODY, "direction": "in"}), {"/call/outcome": "call-outcome"}),
        (call(NOBODY, author={"type": "customer"}), {"/call/direction": "not-together"}),
        (call(text="x", cc=["charlie@example.org"]), {"/cc": "not-together"}),
    ],
    ids=str,
)
def test_what_is_no_call_is_refused_by_name_and_place(api, ticket, messages, fields, faults):
    refused = api.post(messages, fields)

    assert (refused.status, refused.faults) == (422, faults)
    assert now(api, ticket)["message_count"] == 1


def test_a_ticket_that_opens_with_no_call_is_refused_by_place(api):
    assert api.post("/v1/tickets", new_ticket(message={"channel": "phone"})).faults == {
        "/message/call": "required", "/message/text": "required"}  # fmt: skip
    assert api.post("/v1/tickets", new_ticket(message={})).faults == {"/message/text": "required"}


def test_a_fault_of_a_call_is_told_in_arabic(api, ticket, messages):
    refused = api.post(messages, call({**MISSED, "seconds": 3}), Accept_Language="ar")

    assert refused.json["errors"][0]["message"] == "لم يتكلّم أحد في مكالمة كهذه، فمدّتها 0 ثانية."
