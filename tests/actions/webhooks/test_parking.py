"""What a failing receiver may not be told yet lies still, and goes out when it is back."""

from datetime import timedelta

import pytest

from chalicelib import clock
from chalicelib.actions import change_webhook, deliver_webhook, release_webhook
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.store import keys, timers, webhook_deliveries, webhooks
from chalicelib.store.allowances import Allowance
from tests.actions.webhooks.conftest import LATER, a_ticket, log_of
from tests.receiver import Reply


def test_a_failing_receiver_gets_a_few_attempts_a_minute_and_all_it_missed_when_it_is_back(
    run, pass_time, bob, webhook, receiver, monkeypatch
):
    monkeypatch.setattr(deliver_webhook, "WHILE_FAILING", Allowance("webhook-failing", 2, timedelta(days=9)))
    receiver.otherwise = Reply(500)
    for _ in range(6):
        a_ticket()
    run()
    assert len(receiver.received) == 3, "the first failure, and two more"
    assert {one.state for one in log_of(webhook)} == {"pending"}

    assert [len(webhook_deliveries.parked(webhook.id, most)) for most in (2, 9)] == [2, 3]

    receiver.otherwise = Reply(200)
    change_webhook.change(webhook.id, {"url": receiver.url + "?mended"})
    pass_time(16 * 60)
    assert [one.state for one in log_of(webhook)] == ["delivered"] * 6
    assert sum(len(one.attempts) for one in log_of(webhook)) == 9


@pytest.fixture
def parked(run, bob, webhook, receiver, monkeypatch) -> list[WebhookDelivery]:
    """Five that were told to a failing webhook beyond what it may be told: they lie still."""
    receiver.otherwise = Reply(500)
    with monkeypatch.context() as spent:
        spent.setattr(deliver_webhook.allowances, "take", lambda *_: False)
        for _ in range(6):
            a_ticket()
        run()
    assert len(receiver.received) == 1
    return [one for one in log_of(webhook) if one.is_parked]


def test_what_is_parked_waits_beside_all_timers_and_one_of_it_is_sent_now_and_then_to_see(
    run, webhook, receiver, parked
):
    assert len(parked) == 5
    (attempted,) = [one.id for one in log_of(webhook) if one.attempts]
    clock.shift(3 * 86_400)
    waiting = [key for key in timers.due(clock.now(), 50) if key[0].startswith("WEBHOOK")]
    assert sorted(waiting) == sorted([keys.webhook(webhook.id), keys.webhook_delivery(webhook.id, attempted)])

    assert release_webhook.release(webhook.id) == 1
    assert release_webhook.release(webhook.id) == 0, "not before its time"
    run()
    assert len(webhook_deliveries.parked(webhook.id, 9)) == 4
    clock.shift(5 * 60)
    assert release_webhook.release(webhook.id) == 1


def test_the_first_success_lets_go_what_is_parked_a_batch_at_a_time(
    run, pass_time, webhook, receiver, parked, monkeypatch
):
    monkeypatch.setattr(release_webhook, "AT_ONCE", 2)
    receiver.otherwise = Reply(204)
    (attempted,) = [one.id for one in log_of(webhook) if one.attempts]
    clock.shift(LATER)
    assert deliver_webhook.deliver(webhook.id, attempted) == "delivered"

    released = []
    for seconds in (0, 1, 5, 5, 5):
        clock.shift(seconds)
        released.append(release_webhook.release(webhook.id))
    assert released == [2, 0, 2, 1, 0]
    run()
    assert [one.state for one in log_of(webhook)] == ["delivered"] * 6
    pass_time(61)
    assert webhooks.get(webhook.id).look_at is None


def test_what_is_parked_at_the_very_moment_of_the_first_success_goes_out(
    run, pass_time, bob, webhook, receiver, monkeypatch
):
    receiver.otherwise = Reply(500)
    a_ticket()
    run()
    receiver.otherwise = Reply(204)

    def take(*_args):
        """While this one is told that nothing is left, another one comes through."""
        monkeypatch.setattr(deliver_webhook.allowances, "take", lambda *_: True)
        pass_time(LATER)
        assert webhooks.get(webhook.id).failing_since is None
        while webhooks.get(webhook.id).look_at:
            pass_time(120)
        return False

    monkeypatch.setattr(deliver_webhook.allowances, "take", take)
    a_ticket()
    run()
    run()
    assert [one.state for one in log_of(webhook)] == ["delivered", "delivered"]


def test_what_is_parked_stops_with_its_webhook(run, pass_time, webhook, receiver, parked):
    change_webhook.change(webhook.id, {"enabled": False})
    pass_time(LATER)

    assert {one.state for one in log_of(webhook)} == {"stopped"}
