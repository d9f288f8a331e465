"""A receiver that fails is told again and again until it takes what it missed, or is given up."""

import pytest

from chalicelib import clock, ids
from chalicelib.actions import announce_event, deliver_webhook, resend_webhooks
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.errors import Conflict
from chalicelib.store import events, webhooks
from chalicelib.store.changes import Changes
from tests.actions.webhooks.conftest import LATER, a_ticket, log_of, until_next
from tests.receiver import Reply


def test_a_receiver_that_fails_five_times_and_recovers_gets_every_event(run, pass_time, bob, webhook, receiver):
    receiver.script = [Reply(500, text="no")] * 5
    ticket = a_ticket()
    run()
    for _ in range(5):
        pass_time(until_next(webhook))

    (delivery,) = log_of(webhook)
    assert delivery.state == "delivered"
    assert [attempt.status for attempt in delivery.attempts] == [500, 500, 500, 500, 500, 204]
    assert delivery.attempts[0].error == "The receiver answered 500 Internal Server Error"
    assert (delivery.attempts[0].answer, delivery.attempts[-1].error) == ("no", None)
    assert {one.id for one in receiver.received} == {delivery.event_id}, "the same webhook-id every time"
    assert receiver.received[-1].verified(webhook.secret)["data"]["ticket_id"] == ticket.id, "with the time of today"
    assert webhooks.get(webhook.id).failing_since is None


def test_retry_after_is_given_the_time_it_asks_for(run, pass_time, bob, webhook, receiver):
    receiver.script = [Reply(429, {"Retry-After": "7200"})]
    a_ticket()
    run()
    pass_time(7000)
    assert len(receiver.received) == 1
    pass_time(300)
    assert len(receiver.received) == 2


def test_410_switches_the_webhook_off_and_stops_what_is_on_its_way(run, pass_time, bob, webhook, receiver):
    receiver.script = [Reply(500), Reply(410)]
    a_ticket()
    run()
    a_ticket()
    run()
    assert (webhooks.get(webhook.id).enabled, webhooks.get(webhook.id).disabled_reason) == (False, "gone")

    pass_time(LATER)
    a_ticket()
    run()
    assert [one.state for one in log_of(webhook)] == ["stopped", "stopped"]
    assert len(receiver.received) == 2
    with pytest.raises(Conflict) as refused:
        resend_webhooks.resend(webhook.id, log_of(webhook)[0].id)
    assert refused.value.code == "webhook-disabled"


def test_after_five_days_without_one_success_it_is_switched_off(run, pass_time, bob, webhook, receiver):
    receiver.otherwise = Reply(500)
    for _ in range(6):
        a_ticket()
        run()
        pass_time(24 * 3600)

    assert webhooks.get(webhook.id).disabled_reason == "failing"
    before = len(receiver.received)
    pass_time(24 * 3600)
    assert len(receiver.received) == before


def test_an_event_waits_until_the_dispatcher_has_numbered_it(cloud, webhook, receiver, monkeypatch):
    monkeypatch.setattr(announce_event, "PAUSES", (0, 0))
    put = []
    monkeypatch.setattr(announce_event.queues, "put", lambda found, delay=0: put.append((list(found), delay)))
    change, event = Changes(), Event(ids.new("evt"), "ticket.created", clock.now(), SYSTEM, "tkt_1")
    events.add(change, event)
    change.commit()

    assert announce_event.announce("tkt_1", event.id) == 0
    (((again,), delay),) = put
    assert (again.kind, again.arguments["tries"], delay) == ("announce_event", 1, 2)
    assert announce_event.announce("tkt_1", event.id, len(announce_event.DELAYS)) == 0
    assert len(put) == 1, "it does not come again for ever"
    assert log_of(webhook) == []


def test_a_job_that_was_lost_is_found_by_the_timer(run, pass_time, bob, webhook, receiver, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(
            announce_event, "task_of", lambda delivery: announce_event.Task("jobs", "run_timer", {"ticket_id": "x"})
        )
        a_ticket()
        run()
    assert receiver.received == []

    pass_time(LATER)
    assert [one.state for one in log_of(webhook)] == ["delivered"]


def test_a_sender_that_died_in_the_middle_is_followed_by_another(run, pass_time, bob, webhook, receiver, monkeypatch):
    def die(*_args):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(deliver_webhook.webhook_out, "post", die)
        a_ticket()
        with pytest.raises(SystemExit):
            run()
    pass_time(LATER)

    assert [one.state for one in log_of(webhook)] == ["delivered"]
    assert len(receiver.received) == 1
