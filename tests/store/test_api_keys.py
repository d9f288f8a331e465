"""The requests of a key are counted by the minute, whatever races and whoever's clock is behind."""

from collections import Counter
from datetime import UTC, datetime

import botocore.client
import pytest

from chalicelib import clock
from chalicelib.store import api_keys
from chalicelib.store.api_keys import ApiKey
from chalicelib.store.changes import Changes

TOKEN = "dwn_a_token_of_the_tests"
NINE = datetime(2026, 3, 14, 9, 0, 0, tzinfo=UTC)
TEN_PAST = NINE.replace(minute=10)


@pytest.fixture
def at(cloud, monkeypatch):
    """Sets the wall clock; there is one key."""
    change = Changes()
    api_keys.add(change, TOKEN, ApiKey("key_1", "Shop", "dwn_a", ("admin",), "agt_1", NINE))
    change.commit()
    return lambda moment: monkeypatch.setattr(clock, "real_now", lambda: moment)


def test_each_minute_begins_at_one(at):
    for moment, used in ((NINE, 1), (NINE, 2), (TEN_PAST, 1), (TEN_PAST, 2)):
        at(moment)
        assert api_keys.use(TOKEN).used == used


def test_two_first_requests_of_a_minute_are_two(at, monkeypatch):
    at(NINE)
    count_anew = api_keys._count_anew

    def overtaken(row, window):
        monkeypatch.setattr(api_keys, "_count_anew", count_anew)
        assert api_keys.use(TOKEN).used == 1
        count_anew(row, window)

    monkeypatch.setattr(api_keys, "_count_anew", overtaken)
    assert api_keys.use(TOKEN).used == 2


def test_a_clock_that_is_behind_gives_nobody_a_new_minute(at):
    at(TEN_PAST)
    api_keys.use(TOKEN)
    at(NINE)
    assert api_keys.use(TOKEN).used == 2
    at(TEN_PAST)
    assert api_keys.use(TOKEN).used == 3


def test_a_token_of_no_key_counts_nothing_and_costs_one_write_and_one_read(at, monkeypatch):
    asked: Counter = Counter()
    make = botocore.client.BaseClient._make_api_call

    def count(client, name, told):
        asked[name] += 1
        return make(client, name, told)

    monkeypatch.setattr(botocore.client.BaseClient, "_make_api_call", count)
    assert api_keys.use("dwn_nobodys") is None
    assert asked == {"UpdateItem": 1, "GetItem": 1}
