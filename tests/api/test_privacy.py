"""Customers told and forgotten through the API; what happened with them outside the desk."""

from collections.abc import Callable
from typing import Any

from chalicelib.store import staff
from chalicelib.store.table import Row
from tests.api.conftest import Caller, new_ticket

PURCHASE = {
    "type": "purchase",
    "title": "Chopping board, large",
    "occurred_at": "2026-11-07T10:04:00Z",
    "amount": {"value": "38.50", "currency": "EUR"},
    "external_id": "GH-88213",
}


def address(ticket: dict[str, Any]) -> str:
    return f"/v1/customers/{ticket['customer_id']}"


def test_an_erased_customer_is_gone_when_the_job_is_accepted(
    api: Caller, ticket: dict[str, Any], work: Callable[[], None]
) -> None:
    erased = api.delete(address(ticket))
    assert (erased.status, erased.json["type"], erased.json["state"]) == (202, "erase", "queued")
    assert erased.headers["location"].endswith(erased.json["id"])
    assert api.get(address(ticket)).code == "customer-not-found"
    assert api.walk("/v1/customers") == []
    assert api.walk("/v1/customers", email="alice@example.org") == []
    again = api.delete(address(ticket))
    assert (again.status, again.json["id"]) == (202, erased.json["id"])
    assert api.patch(address(ticket), {"name": "Alice"}).code == "customer-not-found"

    work()

    job = api.get(f"/v1/jobs/{erased.json['id']}").json
    assert (job["state"], job["progress"]) == ("done", {"done": 1, "total": 1})
    assert api.delete(address(ticket)).code == "customer-not-found"
    found = api.get(f"/v1/tickets/{ticket['id']}").json
    assert (found["subject"], found["status"], found["customer_id"]) == ("Erased", "closed", ticket["customer_id"])
    (message,) = api.walk(f"/v1/tickets/{ticket['id']}/messages")
    assert (message["text"], message["author"]["name"]) == ("Erased", "Erased")
    assert api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Hello?"}).code == "ticket-erased"


def test_an_erased_ticket_takes_no_change_and_is_neither_merged_nor_split(
    api: Caller, ticket: dict[str, Any], work: Callable[[], None]
) -> None:
    place = f"/v1/tickets/{ticket['id']}"
    (message,) = api.walk(f"{place}/messages")
    other = api.post("/v1/tickets", new_ticket(customer={"email": "charlie@example.org"})).json
    api.delete(address(ticket))
    work()
    before = api.get(place).json

    for refused in (
        api.patch(place, {"subject": "Alice's secret again", "custom_fields": {"order": "A-1"}, "status": "open"}),
        api.post(f"{place}/merge", {"into": other["id"]}),
        api.post(f"/v1/tickets/{other['id']}/merge", {"into": ticket["id"]}),
        api.post(f"{place}/split", {"message_ids": [message["id"]]}),
    ):
        assert (refused.status, refused.code) == (409, "ticket-erased")
    assert api.get(place).json == before


def test_an_arabic_ticket_says_it_in_arabic(api: Caller, work: Callable[[], None]) -> None:
    ticket = api.post("/v1/tickets", new_ticket(subject="تشقّق اللوح", locale="ar")).json
    api.delete(address(ticket))
    work()
    assert api.get(f"/v1/tickets/{ticket['id']}").json["subject"] == "محذوف"


def test_who_writes_again_is_somebody_new(api: Caller, ticket: dict[str, Any], work: Callable[[], None]) -> None:
    api.delete(address(ticket))
    work()
    again = api.post("/v1/tickets", new_ticket()).json
    assert again["customer_id"] != ticket["customer_id"]


def test_only_an_admin_may_erase_and_export(key: Callable[..., Caller], ticket: dict[str, Any]) -> None:
    writer = key("customers:*", "tickets:*")
    assert writer.delete(address(ticket)).code == "missing-scope"
    assert writer.post(f"{address(ticket)}/export").code == "missing-scope"


def test_erasing_heeds_if_match(api: Caller, ticket: dict[str, Any]) -> None:
    refused = api.send("DELETE", address(ticket), headers={"If-Match": '"9"'})
    assert (refused.status, refused.code) == (412, "version-mismatch")
    assert api.get(address(ticket)).status == 200


def test_the_desk_still_shows_an_erased_ticket(api: Caller, ticket: dict[str, Any], work: Callable[[], None]) -> None:
    from chalicelib.domain import erasure
    from chalicelib.store import tickets

    api.delete(address(ticket))
    work()
    found = tickets.get(ticket["id"])
    assert found and erasure.nobody(found).display_name == "Erased"


def test_a_purchase_is_kept_and_listed_newest_first(api: Caller, ticket: dict[str, Any]) -> None:
    made = api.post(f"{address(ticket)}/events", PURCHASE)
    assert made.status == 201
    assert {name: made.json[name] for name in PURCHASE} == PURCHASE
    api.post(
        f"{address(ticket)}/events", {"type": "shipment", "title": "Sent", "occurred_at": "2026-11-08T09:00:00+02:00"}
    )
    api.post(f"{address(ticket)}/events", {"type": "visit", "title": "Came by", "occurred_at": "2025-01-01T09:00:00Z"})
    listed = api.walk(f"{address(ticket)}/events", limit=1)
    assert [one["title"] for one in listed] == ["Sent", "Chopping board, large", "Came by"]
    assert listed[0]["occurred_at"] == "2026-11-08T07:00:00Z"
    assert listed[1] == made.json


def test_an_event_told_twice_is_there_once(api: Caller, ticket: dict[str, Any]) -> None:
    first = api.post(f"{address(ticket)}/events", PURCHASE)
    again = api.post(f"{address(ticket)}/events", PURCHASE | {"title": "Told differently"})
    assert (again.status, again.json) == (201, first.json)
    keyed = [
        api.post(f"{address(ticket)}/events", PURCHASE | {"external_id": None}, Idempotency_Key="one") for _ in "12"
    ]
    assert keyed[0].json == keyed[1].json
    assert len(api.walk(f"{address(ticket)}/events")) == 2


def test_an_event_that_is_none_is_refused_field_by_field(api: Caller, ticket: dict[str, Any]) -> None:
    wrong = {
        "type": "Not a word",
        "title": "",
        "occurred_at": "yesterday",
        "url": "javascript:alert(1)",
        "amount": {"value": "many", "currency": "eur"},
    }
    refused = api.post(f"{address(ticket)}/events", wrong)
    assert refused.status == 422
    assert set(refused.faults) == {"/type", "/title", "/occurred_at", "/url", "/amount/value", "/amount/currency"}
    big = api.post(f"{address(ticket)}/events", PURCHASE | {"data": {"x": "y" * 9000}})
    assert big.faults == {"/data": "too-big"}


def test_nobody_has_no_events(api: Caller, ticket: dict[str, Any]) -> None:
    nobody = "/v1/customers/cus_01JD0000000000000000000000/events"
    assert api.get(nobody).code == "customer-not-found"
    assert api.post(nobody, PURCHASE).code == "customer-not-found"
    staff.forget()


def test_of_a_call_stays_that_it_was_and_not_what_was_said(api: Caller, work: Callable[[], None]) -> None:
    was = {"direction": "in", "outcome": "answered", "seconds": 170}
    said = {"channel": "phone", "call": was, "text": "She moved to Sfax.", "author": {"type": "agent"}}
    opened = new_ticket(customer={"phone": "+21620555014", "name": "Alice"}, message=said)
    ticket = api.post("/v1/tickets", opened).json
    api.delete(address(ticket))
    work()

    (message,) = api.walk(f"/v1/tickets/{ticket['id']}/messages")
    assert (message["call"], message["text"], message["author"]["name"]) == (was, "Erased", "Bob")
    rows = [str(row.to_simple_dict()) for row in Row.scan()]
    assert not [row for row in rows if "20555014" in row or "Sfax" in row or "Alice" in row]
