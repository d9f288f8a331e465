"""How many requests a call costs the table, in all and one after another: cost and speed are promised by it."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field, replace

import botocore.client
import pytest

from chalicelib.api import tickets
from chalicelib.api.operation import load
from chalicelib.api.people import owner_of_contact
from chalicelib.store import numbers, shop, staff
from tests.api.conftest import new_ticket


@dataclass
class Trips:
    """What was asked of DynamoDB, as (operation, when it began, when it was answered)."""

    made: list = field(default_factory=list)

    @property
    def all(self):
        return Counter(name for name, _, _ in self.made)

    @property
    def in_sequence(self):
        """The longest row of requests of which each waited for the one before: by ends, the first that fits next."""
        steps, free_from = 0, 0.0
        for _, began, ended in sorted(self.made, key=lambda trip: trip[2]):
            if began >= free_from:
                steps, free_from = steps + 1, ended
        return steps


@pytest.fixture
def trips(monkeypatch):
    """Every request takes long enough for what runs at the same time to be seen to, on a busy machine as well."""
    told, lock = Trips(), threading.Lock()
    make = botocore.client.BaseClient._make_api_call

    def timed(client, name, wanted):
        began = time.perf_counter()
        time.sleep(0.03)
        try:
            return make(client, name, wanted)
        finally:
            with lock:
                told.made.append((name, began, time.perf_counter()))

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", timed)
    return told


@pytest.fixture
def warm(api, trips):
    """One call of each kind, so that what a process remembers is remembered."""
    api.post("/v1/tickets", new_ticket())
    shop.read(), staff.team_ids()
    assert numbers.take()
    trips.made.clear()


@pytest.mark.parametrize("customer", ["alice", "charlie"])
def test_a_ticket_of_a_known_or_a_new_customer_costs_three_round_trips(api, warm, trips, customer):
    made = api.post("/v1/tickets", new_ticket(customer={"email": f"{customer}@example.org"}))

    assert made.status == 201
    assert trips.all == {"UpdateItem": 1, "GetItem": 2, "TransactWriteItems": 1}
    assert trips.in_sequence == 3


def test_a_repeat_under_its_idempotency_key_costs_no_more(api, warm, trips):
    api.post("/v1/tickets", new_ticket(), Idempotency_Key="one")
    trips.made.clear()
    api.post("/v1/tickets", new_ticket(), Idempotency_Key="one")

    assert trips.in_sequence == 3


def test_what_was_found_ahead_is_not_trusted_once_it_no_longer_holds(api, ticket, monkeypatch):
    """Between the look ahead and the work, Alice's address goes to Charlie."""
    alice = ticket["customer_id"]
    monkeypatch.setattr(tickets, "create", replace(tickets.create, ahead=lambda octets: alice))
    api.patch(f"/v1/customers/{alice}", {"contacts": [{"type": "external", "value": "7"}]})
    charlie = api.post("/v1/customers", {"email": "alice@example.org"}).json
    load.cache_clear()
    later = api.post("/v1/tickets", new_ticket()).json
    load.cache_clear()

    assert later["customer_id"] == charlie["id"]


DEEP = '{"customer": ' + "[" * 100_000 + "]" * 100_000 + "}"


@pytest.mark.parametrize(
    "body", [DEEP, "", "{", "[]", "null", '{"customer": 1}', '{"customer": {}}', '{"customer": {"email": 1}}']
)
def test_a_body_that_names_nobody_is_told_so_by_what_checks_it(api, body):
    assert owner_of_contact(body.encode()) is None
    assert api.send("POST", "/v1/tickets", body).status in (400, 422)


def test_reading_a_ticket_costs_the_key_and_one_read(api, ticket, trips):
    trips.made.clear()
    api.get(f"/v1/tickets/{ticket['id']}")

    assert trips.all == {"UpdateItem": 1, "GetItem": 1}


def test_a_thread_costs_the_key_and_one_query_for_the_ticket_and_its_messages(api, ticket, trips):
    trips.made.clear()
    (message,) = api.get(f"/v1/tickets/{ticket['id']}/messages").json["data"]

    assert trips.all == {"UpdateItem": 1, "Query": 1}
    assert message["ticket_id"] == ticket["id"]


def test_an_answer_costs_the_key_its_agent_the_ticket_the_customer_and_one_transaction(api, ticket, warm, trips):
    assert api.post(f"/v1/tickets/{ticket['id']}/messages", {"text": "Yes."}).status == 201

    assert trips.all == {"UpdateItem": 1, "GetItem": 3, "TransactWriteItems": 1}


def test_a_list_of_one_team_and_status_costs_the_key_and_one_query(api, warm, trips):
    api.get("/v1/tickets", team_id="none", status="new,open")

    assert trips.all == {"UpdateItem": 1, "Query": 1}
    assert trips.in_sequence == 2


def test_events_cost_the_key_the_head_of_the_feed_one_query_and_one_batch(api, ticket, trips, dispatch):
    dispatch()
    trips.made.clear()
    api.get("/v1/events")

    assert trips.all == {"UpdateItem": 1, "GetItem": 1, "Query": 1, "BatchGetItem": 1}


def test_making_a_customer_costs_the_key_one_read_for_all_that_he_claims_and_one_transaction(api, warm, trips):
    api.post("/v1/organizations", {"name": "Dar", "domains": ["dar.example"]})
    trips.made.clear()
    made = api.post("/v1/customers", {"email": "alice@dar.example", "phone": "+21620555014", "external_id": "7"})

    assert made.json["organization_id"]
    assert trips.all == {"UpdateItem": 1, "BatchGetItem": 1, "TransactWriteItems": 1}


def test_checking_fields_costs_one_query_a_minute(api, ticket, trips):
    path = f"/v1/tickets/{ticket['id']}"
    api.post("/v1/fields", {"key": "order", "type": "text", "applies_to": "ticket", "names": {"en": "Order"}})
    trips.made.clear()
    for order in ("GH-1", "GH-2", "GH-3"):
        assert api.patch(path, {"custom_fields": {"order": order}}).status == 200

    assert trips.all == {"UpdateItem": 3, "GetItem": 3, "TransactWriteItems": 3, "Query": 1}
