"""Events get their feed numbers once, in one transaction that AWS takes."""

import pytest

from chalicelib import clock, ids
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.store import counters, events, keys
from chalicelib.store.changes import Changes, Stale

pytestmark = pytest.mark.usefixtures("cloud")


def written(count, moved=None):
    made = []
    for at in range(count):
        counts = moved(at) if moved else (None, None)
        event = Event(ids.new("evt"), "ticket.updated", clock.now(), SYSTEM, ids.new("tkt"), counts=counts)
        change = Changes()
        events.add(change, event)
        change.commit()
        made.append(keys.event(event.subject, event.id))
    return events.get_all(made)


def test_a_full_batch_that_moves_every_counter_fits_one_transaction():
    def moved(at):
        return [f"tea_{at}", f"agt_{at}", "open"], [f"tea_x{at}", f"agt_x{at}", "solved"]

    assert events.mark_dispatched(written(events.BATCH, moved)) == events.BATCH
    assert len(counters.read()) == events.BATCH * 4


def test_events_are_numbered_once():
    listed = written(3)
    events.mark_dispatched(listed)

    with pytest.raises(Stale):
        events.mark_dispatched(listed)
    assert [e.sequence for e in events.feed_after(0, 10)] == [1, 2, 3]
    assert [e.sequence for e in events.feed_after(1, 1)] == [2]


def test_the_feed_runs_on_over_its_blocks(monkeypatch):
    for asked in (keys, keys.shop_wide):
        monkeypatch.setattr(asked, "FEED_BLOCK", 4)
    for _ in range(2):
        events.mark_dispatched(written(5))

    assert [e.sequence for e in events.feed_after(0, 100)] == list(range(1, 11))
    assert [e.sequence for e in events.feed_after(3, 4)] == [4, 5, 6, 7]


def test_an_imported_event_waits_for_nobody():
    change = Changes()
    event = Event(ids.new("evt"), "ticket.created", clock.now(), SYSTEM, ids.new("tkt"))
    events.add(change, event, live=False)
    change.commit()

    (stored,) = events.get_all([keys.event(event.subject, event.id)])
    assert not stored.pending
