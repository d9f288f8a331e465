"""What stands before a timer comes up, and leaves when there is nothing left to see to."""

import pytest

from chalicelib import clock, ids
from chalicelib.actions import run_due
from chalicelib.domain import webhook_delivery as rules
from chalicelib.store import keys, timers, webhook_deliveries
from chalicelib.store.changes import Changes


@pytest.fixture
def waiting(cloud):
    """The key of a delivery that waits for its next attempt, before a timer."""
    change = Changes()
    made = webhook_deliveries.add(
        change, rules.new(ids.new("whk"), ids.new("evt"), "ticket.created", None, clock.now())
    )
    change.commit()
    return keys.webhook_delivery(made.webhook_id, made.id)


def test_what_is_leased_comes_up_again_when_its_work_is_lost(waiting):
    clock.shift(3600)

    assert run_due.sweep() == 1
    assert list(timers.due(clock.now(), 10)) == []
    clock.shift(16 * 60)
    assert list(timers.due(clock.now(), 10)) == [waiting]


def test_what_has_expired_is_swept_off_without_a_job(waiting):
    clock.shift(31 * 86400)
    assert list(timers.due(clock.now(), 10)) == [waiting]

    assert run_due.sweep() == 0
    assert list(timers.due(clock.now(), 10)) == []


def test_a_parked_delivery_that_expired_leaves_the_list_of_its_webhook(cloud):
    webhook_id, change = ids.new("whk"), Changes()
    made = rules.parked(rules.new(webhook_id, ids.new("evt"), "ticket.created", None, clock.now()))
    webhook_deliveries.add(change, made)
    change.commit()
    timers.drop_expired(webhook_deliveries.parked(webhook_id, 10))
    assert len(webhook_deliveries.parked(webhook_id, 10)) == 1

    clock.shift(31 * 86400)
    timers.drop_expired(webhook_deliveries.parked(webhook_id, 10))
    assert webhook_deliveries.parked(webhook_id, 10) == []
