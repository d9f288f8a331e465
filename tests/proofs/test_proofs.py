"""The API's promises under load, on the product as `make run` starts it; `python -m tests.proofs` is the full size."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.product import Product, running
from tests.proofs import burst, doubles, following, loop, paging, sending, swarm


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


def test_every_mail_is_in_its_own_ticket_once_however_often_and_in_whatever_order_it_comes(product: Product) -> None:
    swarm.prove(product, 40)


def test_two_desks_that_answer_each_other_stop_after_one_answer_each(tmp_path: Path) -> None:
    loop.prove(tmp_path)


def test_an_answer_goes_out_once_whatever_fails_on_its_way_but_in_the_one_window_that_the_mail_service_leaves() -> None:
    figures = sending.prove(events=("never",), faults=("died after", "timed out, not done"))

    assert (figures["lost"], figures["sent_twice"]) == (0, 2)


def test_a_burst_waits_for_the_rate_and_the_quota_of_the_mail_service() -> None:
    figures = burst.prove(6, a_second=2, a_day=4)

    assert figures["minutes"] > 23 * 60
