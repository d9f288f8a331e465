"""How many requests a call costs the table: cost and speed are promised by it."""

from collections import Counter

import botocore.client
import pytest

from chalicelib.store import numbers, shop, staff
from tests.api.conftest import new_ticket


@pytest.fixture
def counted(monkeypatch):
    """What is asked of DynamoDB while a call runs, by the name of the operation."""
    asked = Counter()
    make = botocore.client.BaseClient._make_api_call

    def count(client, name, told):
        asked[name] += 1
        return make(client, name, told)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", count)
    return asked


def warm(api):
    """One call of each kind, so that what a process remembers is remembered."""
    api.post("/v1/tickets", new_ticket())
    shop.read(), staff.team_ids()
    assert numbers.take()


def test_a_ticket_of_a_known_customer_costs_the_key_two_reads_and_one_transaction(api, counted):
    warm(api)
    counted.clear()
    assert api.post("/v1/tickets", new_ticket()).status == 201

    assert counted == {"UpdateItem": 1, "GetItem": 2, "TransactWriteItems": 1}


def test_reading_a_ticket_costs_the_key_and_one_read(api, ticket, counted):
    counted.clear()
    api.get(f"/v1/tickets/{ticket['id']}")

    assert counted == {"UpdateItem": 1, "GetItem": 1}


def test_messages_cost_the_key_the_ticket_and_one_query(api, ticket, counted):
    counted.clear()
    api.get(f"/v1/tickets/{ticket['id']}/messages")

    assert counted == {"UpdateItem": 1, "GetItem": 1, "Query": 1}


def test_a_list_of_one_team_and_status_costs_the_key_and_one_query(api, ticket, counted):
    warm(api)
    counted.clear()
    api.get("/v1/tickets", team_id="none", status="new,open")

    assert counted == {"UpdateItem": 1, "Query": 1}
