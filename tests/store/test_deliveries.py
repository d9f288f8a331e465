"""A delivery is moved by one sender, and what goes with a move is written with it or not at all."""

import pytest

from chalicelib import clock, ids
from chalicelib.domain import delivery as rules
from chalicelib.domain.delivery import Delivery
from chalicelib.errors import Contention
from chalicelib.store import changes, deliveries, keys, timers
from chalicelib.store.changes import Busy, Changes


@pytest.fixture
def queued(cloud):
    change = Changes()
    made = Delivery(ids.new("tkt"), ids.new("msg"), "reply", "email", "alice@example.org", "queued", clock.now())
    deliveries.add(change, made)
    change.commit()
    return made


def test_only_the_first_moves_it(queued):
    taken = rules.taken(queued, clock.now())

    assert deliveries.move(queued, taken)
    assert not deliveries.move(queued, taken)


def test_a_busy_table_is_not_taken_for_another_sender(queued, monkeypatch):
    monkeypatch.setattr(Changes, "commit", _busy)
    monkeypatch.setattr(changes.time, "sleep", lambda seconds: None)

    with pytest.raises(Contention):
        deliveries.move(queued, rules.taken(queued, clock.now()))


def test_a_delivery_whose_job_was_lost_comes_before_a_timer(queued):
    key = keys.delivery(queued.ticket_id, queued.message_id, "reply")

    assert key not in list(timers.due(clock.now(), 10))
    clock.shift(601)
    assert key in list(timers.due(clock.now(), 10))


def test_a_sent_delivery_stands_before_no_timer(queued):
    taken = rules.taken(queued, clock.now())
    deliveries.move(queued, taken)
    deliveries.move(taken, rules.sent(taken, "ses-1", clock.now()))
    clock.shift(86400)

    assert list(timers.due(clock.now(), 10)) == []


def _busy(self):
    raise Busy()
