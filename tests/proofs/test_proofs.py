"""The API's promises under load, on the product as `make run` starts it; `python -m tests.proofs` is the full size."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.product import Product, running
from tests.proofs import doubles, following, paging


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    """A desk that nobody has used yet."""
    with running(tmp_path / "data", "empty") as started:
        yield started


def test_what_is_sent_twice_at_once_by_eight_clients_is_done_once_and_replays_after_a_restart(tmp_path: Path) -> None:
    doubles.prove(tmp_path / "data", 120)


def test_lists_show_what_stands_still_once_while_others_write(product: Product) -> None:
    paging.prove(product, 400, 60)


def test_a_follower_of_the_feed_ends_with_the_state_of_everything(product: Product) -> None:
    figures = following.prove(product, 160)

    assert {"ticket.merged", "ticket.split", "customer.merged", "customer.erased"} <= set(figures["acts"])
