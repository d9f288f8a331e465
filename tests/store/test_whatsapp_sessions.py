"""What is kept of when a number last wrote on WhatsApp."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.domain.whatsapp_session import Session
from chalicelib.store import whatsapp_sessions
from chalicelib.store.changes import Changes, Stale

pytestmark = pytest.mark.usefixtures("cloud")
ALICE = "+21620555014"


def hear(at, wamid):
    change = Changes()
    whatsapp_sessions.heard(change, Session(ALICE, at, wamid))
    if len(change):
        change.commit()


def test_the_newest_message_counts_in_whatever_order_they_come():
    now = clock.now()
    hear(now, "wamid.2")
    hear(now - timedelta(hours=1), "wamid.1")
    assert whatsapp_sessions.of(ALICE).wamid == "wamid.2"

    hear(now + timedelta(minutes=1), "wamid.3")
    assert whatsapp_sessions.of(ALICE).wamid == "wamid.3"


def test_of_two_at_once_one_decides_anew():
    first, second = Changes(), Changes()
    whatsapp_sessions.heard(first, Session(ALICE, clock.now(), "wamid.1"))
    whatsapp_sessions.heard(second, Session(ALICE, clock.now(), "wamid.2"))
    first.commit()

    with pytest.raises(Stale):
        second.commit()


def test_it_is_forgotten_when_it_counts_no_more():
    hear(clock.now() - timedelta(hours=49), "wamid.1")

    assert whatsapp_sessions.of(ALICE) is None
