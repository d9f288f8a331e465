"""What is kept of analysed tickets: the newest, and no more than there is room for."""

from datetime import UTC, datetime

import pytest

from chalicelib.search import tickets
from chalicelib.search.analysed import Analysed
from chalicelib.search.tickets import Entry, TicketDocument


def entry(id: str, words: int = 1) -> Entry:
    filters = {"status": ("open",), "team_id": ("none",), "assignee_id": ("none",), "customer_id": ("cus_1",)}
    return tickets.entry(TicketDocument(id, datetime(2026, 11, 1, tzinfo=UTC), "", ("bowl " * words,), (), (), filters))


@pytest.fixture
def kept() -> Analysed:
    """Room for some two hundred words."""
    return Analysed(15_000)


def test_what_is_kept_is_found_by_its_name(kept: Analysed) -> None:
    kept.keep("one", entry("tkt_1"))

    assert kept.get("one") == entry("tkt_1")
    assert kept.get("two") is None


def test_the_oldest_makes_room_for_the_newest(kept: Analysed) -> None:
    for name in ("one", "two", "three"):
        kept.keep(name, entry(name, words=100))

    assert [name for name in ("one", "two", "three") if kept.get(name)] == ["two", "three"]


def test_many_short_ones_go_where_few_long_ones_do_not(kept: Analysed) -> None:
    for number in range(50):
        kept.keep(number, entry(f"tkt_{number}"))
    assert all(kept.get(number) for number in range(50))
    kept.keep("long", entry("long", words=200))

    assert not any(kept.get(number) for number in range(25))


def test_one_for_which_there_is_no_room_is_not_kept(kept: Analysed) -> None:
    kept.keep("long", entry("long", words=1_000))

    assert kept.get("long") is None


def test_one_that_is_kept_again_counts_once(kept: Analysed) -> None:
    kept.keep("one", entry("tkt_1"))
    for _ in range(1_000):
        kept.keep("again", entry("tkt_2"))
    assert kept.get("one")

    kept.clear()
    assert kept.get("one") is None
