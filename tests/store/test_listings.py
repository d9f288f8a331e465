"""Which articles are read as they are now: those of which something is made that stays."""

import pytest

from chalicelib.store import changes, listings


@pytest.fixture
def asked(cloud):
    """Whether each query asked for what is there now."""
    seen = []
    events = changes.connection().client.meta.events
    events.register("provide-client-params.dynamodb.Query", note := lambda params, **_: seen.append(params))
    yield lambda: [params.get("ConsistentRead", False) for params in seen]
    events.unregister("provide-client-params.dynamodb.Query", note)


def test_the_index_and_the_pages_are_made_of_the_listings_as_they_are_now(asked):
    listings.of("cat_1"), listings.places("cat_1", "public")
    assert asked() == [True] * 4


def test_a_page_is_read_at_half_the_price(asked):
    listings.first_of("cat_1", "public", 10)
    assert asked() == [False]
