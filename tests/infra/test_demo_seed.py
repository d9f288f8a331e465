"""The people and tickets of the demo as they are written: since when customers are known, and what ids tell of time."""

import json
from typing import Any

import pytest

from chalicelib import ids
from chalicelib.domain.ticket import Rules
from infra.local.seed import conversations, load
from infra.local.seed.bulk import Bulk

STORIES = [one for file in load.DEMO.glob("tickets-*.json") for one in json.loads(file.read_text())]


def seconds_off(one: Any) -> float:
    """By how much the id tells another time than the record."""
    return abs((ids.time_of(one.id) - one.created_at).total_seconds())


@pytest.mark.usefixtures("cloud")
def test_customers_are_known_before_they_ask_and_ids_tell_when_that_was() -> None:
    change = Bulk()
    cast = load.load_people(change, STORIES)
    lived = conversations.live(change, STORIES, cast, Rules())
    customers = {customer.id: customer for customer in cast.customers.values()}

    assert len(lived) == len(STORIES) > 50
    for ticket in lived:
        customer = customers[ticket.customer_id]
        assert customer.created_at <= ticket.created_at
        assert max(seconds_off(ticket), seconds_off(customer)) < 5
