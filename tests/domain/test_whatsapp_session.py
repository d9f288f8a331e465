"""The 24 hours within which a customer may be answered freely on WhatsApp."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.whatsapp_session import Session, is_open, newer

WROTE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ALICE = Session("+21620555014", WROTE, "wamid.1")


@pytest.mark.parametrize(
    ("hours", "open"),
    [(0, True), (23.99, True), (24, False), (48, False)],
)
def test_a_session_lasts_24_hours(hours, open):
    assert is_open(ALICE, WROTE + timedelta(hours=hours)) is open


def test_who_never_wrote_has_none():
    assert not is_open(None, WROTE)


def test_a_message_that_comes_late_does_not_shorten_it():
    earlier = Session(ALICE.number, WROTE - timedelta(hours=3), "wamid.0")

    assert newer(ALICE, earlier) is None
    assert newer(earlier, ALICE) == newer(None, ALICE) == ALICE
