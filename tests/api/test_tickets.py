"""Tickets through the API: opened by customer or desk, read, changed, listed."""

import pytest

from chalicelib import clock
from chalicelib.store import customers, deliveries
from tests.api.conftest import new_ticket

DESK_OPENS = {"text": "Your order leaves tomorrow.", "author": {"type": "agent"}}


def test_a_customers_ticket_is_opened_and_read_again(api):
    made = api.post("/v1/tickets", new_ticket(tags=["boards"], priority="high", custom_fields={"order": "A-17"}))

    assert made.status == 201, made.text
    ticket = made.json
    assert (ticket["status"], ticket["channel"], ticket["priority"]) == ("new", "api", "high")
    assert (ticket["subject"], ticket["message_count"], ticket["version"]) == ("My board has split", 1, 1)
    assert (ticket["tags"], ticket["custom_fields"]) == (["boards"], {"order": "A-17"})
    assert ticket["waiting_since"] == ticket["created_at"]
    assert made.headers["location"].endswith(f"/v1/tickets/{ticket['id']}")
    assert api.get(f"/v1/tickets/{ticket['id']}").json == ticket
    assert api.get(f"/v1/tickets/{ticket['number']}").json == ticket


def test_a_ticket_has_the_fields_of_the_contract_and_the_ticket_it_continues(ticket):
    assert set(ticket) == {
        "id", "number", "subject", "status", "priority", "channel", "team_id", "assignee_id", "customer_id", "tags",
        "custom_fields", "locale", "created_at", "updated_at", "waiting_since", "solved_at", "sla", "message_count",
        "version", "external_id", "linked_ticket_id", "merged_into", "split_from", "cc",
    }  # fmt: skip
    assert ticket["sla"] == {
        "first_reply_due_at": None,
        "next_reply_due_at": None,
        "resolution_due_at": None,
        "breached": [],
    }
    assert ticket["created_at"].endswith("Z")


def test_one_address_is_one_customer_however_it_is_spelled(api, ticket):
    again = api.post("/v1/tickets", new_ticket(customer={"email": " ALICE@Example.org"})).json

    assert again["customer_id"] == ticket["customer_id"]
    assert again["number"] != ticket["number"]


@pytest.mark.parametrize("named", [{"phone": "20 555 014"}, {"external_id": "shop-17"}])
def test_a_customer_may_be_named_by_phone_or_by_an_id_of_the_shop(api, named):
    first = api.post("/v1/tickets", new_ticket(customer=named)).json
    second = api.post("/v1/tickets", new_ticket(customer={"id": first["customer_id"]})).json

    assert second["customer_id"] == first["customer_id"]
    (contact,) = api.get(f"/v1/customers/{first['customer_id']}").json["contacts"]
    assert contact["value"] in ("+21620555014", "shop-17")


@pytest.mark.parametrize("customer", [{}, {"name": "Alice"}, {"email": "alice@example.org", "phone": "+21620555014"}])
def test_a_customer_is_named_by_exactly_one_thing(api, customer):
    refused = api.post("/v1/tickets", new_ticket(customer=customer))

    assert (refused.status, refused.faults) == (422, {"/customer": "one-of"})


def test_an_unknown_customer_or_team_is_named(api):
    nobody = api.post("/v1/tickets", new_ticket(customer={"id": "cus_01JD0000000000000000000000"}))
    no_team = api.post("/v1/tickets", new_ticket(team_id="tea_01JD0000000000000000000000"))

    assert (nobody.status, nobody.faults) == (422, {"/customer/id": "unknown-customer"})
    assert (no_team.status, no_team.faults) == (422, {"/team_id": "unknown-team"})


@pytest.mark.parametrize(
    ("text", "given", "locale"), [("Hello", None, "en"), ("مرحبا، انشق لوحي", None, "ar"), ("Hello", "ar", "ar")]
)
def test_the_language_is_the_one_given_else_that_of_the_text(api, text, given, locale):
    ticket = api.post("/v1/tickets", new_ticket(subject="A17", message={"text": text}, locale=given)).json

    assert ticket["locale"] == locale


def test_the_desk_starts_a_conversation(api):
    ticket = api.post("/v1/tickets", new_ticket(message=DESK_OPENS, cc=["charlie@example.org"])).json

    assert (ticket["status"], ticket["waiting_since"], ticket["channel"]) == ("pending", None, "email")
    (message,) = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]
    assert (message["author"]["name"], message["delivery"]) == ("Bob", {"state": "queued", "detail": None})
    assert (ticket["cc"], message["cc"]) == (["charlie@example.org"], ["charlie@example.org"])
    assert deliveries.get(ticket["id"], message["id"], "reply").to == "alice@example.org"


def test_who_is_in_copy_is_kept_and_read_again_and_is_sent_the_answers(api):
    ticket = api.post("/v1/tickets", new_ticket(cc=["Charlie@example.org"])).json
    address = f"/v1/tickets/{ticket['id']}"
    first = api.post(f"{address}/messages", {"text": "Yes, it can."}).json
    changed = api.patch(address, {"cc": ["dora@example.org"]}).json
    second = api.post(f"{address}/messages", {"text": "It is done."}).json

    assert (ticket["cc"], first["cc"]) == (["charlie@example.org"], ["charlie@example.org"])
    assert (changed["cc"], second["cc"]) == (["dora@example.org"], ["dora@example.org"])
    assert [one["cc"] for one in (api.get(address).json, *api.walk("/v1/tickets"))] == [["dora@example.org"]] * 2
    assert [one["cc"] for one in api.walk("/v1/tickets", sort="created")] == [["dora@example.org"]]


def test_the_desk_cannot_start_with_whom_nothing_reaches(api):
    refused = api.post("/v1/tickets", new_ticket(message=DESK_OPENS, customer={"external_id": "shop-17"}))

    assert (refused.status, refused.code) == (422, "no-contact")
    assert customers.by_contact("external", "shop-17") is None


def test_only_what_is_given_changes(api, ticket, team, bob):
    api.patch(f"/v1/tickets/{ticket['id']}", {"tags": ["a", "b", "a"], "team_id": team.id})
    changed = api.patch(f"/v1/tickets/{ticket['number']}", {"assignee_id": bob.id, "external_id": "X-1"}).json

    assert changed["status"] == "open"
    assert (changed["tags"], changed["team_id"], changed["assignee_id"]) == (["a", "b"], team.id, bob.id)
    assert (changed["external_id"], changed["subject"], changed["version"]) == ("X-1", ticket["subject"], 3)


def test_null_takes_away_and_nothing_changes_nothing(api, ticket, bob):
    given = api.patch(f"/v1/tickets/{ticket['id']}", {"assignee_id": bob.id, "external_id": "X-1"}).json
    taken = api.patch(f"/v1/tickets/{ticket['id']}", {"assignee_id": None, "external_id": None}).json
    same = api.patch(f"/v1/tickets/{ticket['id']}", {}).json

    assert given["assignee_id"] == bob.id
    assert (taken["assignee_id"], taken["external_id"], taken["version"]) == (None, None, 3)
    assert same == taken


def test_a_solved_ticket_says_when(api, ticket):
    solved = api.patch(f"/v1/tickets/{ticket['id']}", {"status": "solved"}).json

    assert (solved["status"], solved["waiting_since"]) == ("solved", None)
    assert solved["solved_at"] == solved["updated_at"]


def test_an_etag_is_the_version_and_holds_what_it_promises(api, ticket):
    address = f"/v1/tickets/{ticket['id']}"
    read = api.get(address)
    changed = api.patch(address, {"priority": "low"}, If_Match=read.headers["etag"])
    stale = api.patch(address, {"priority": "high"}, If_Match=read.headers["etag"])

    assert read.headers["etag"] == '"1"'
    assert (changed.status, changed.headers["etag"]) == (200, '"2"')
    assert (stale.status, stale.code) == (412, "version-mismatch")
    assert api.patch(address, {"priority": "high"}, If_Match="*").status == 200
    assert api.patch(address, {"priority": "low"}, If_Match='W/"3"').status == 412


def test_who_has_the_version_already_gets_no_body(api, ticket):
    address = f"/v1/tickets/{ticket['id']}"
    unchanged = api.get(address, {"If-None-Match": '"7", W/"1"'})

    assert (unchanged.status, unchanged.text, unchanged.headers["etag"]) == (304, "", '"1"')
    assert api.get(address, {"If-None-Match": '"7"'}).status == 200


@pytest.mark.parametrize(
    "id",
    [
        "999999",
        "tkt_01JD0000000000000000000000",
        "cus_01JD0000000000000000000000",
        "x",
        "9" * 40,
        "٤٢",
        "0",
        "%00",
        "a b",
    ],
)
def test_what_is_no_ticket_is_not_found(api, id):
    from urllib.parse import quote

    address = f"/v1/tickets/{quote(id, safe='%')}"
    for refused in (api.get(address), api.patch(address, {"priority": "low"}), api.get(address + "/messages")):
        assert (refused.status, refused.code) == (404, "ticket-not-found")


def test_a_ticket_of_last_year_is_still_listed(api, ticket):
    clock.shift(400 * 24 * 3600)

    assert [one["id"] for one in api.walk("/v1/tickets")] == [ticket["id"]]
    assert [one["id"] for one in api.walk("/v1/tickets", sort="created")] == [ticket["id"]]
