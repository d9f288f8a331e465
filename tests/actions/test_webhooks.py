"""Events reach the receivers that asked for them, signed, again and again until they are taken."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from chalicelib import clock, ids
from chalicelib.actions import (
    announce_event,
    change_webhook,
    deliver_webhook,
    receive_message,
    release_webhook,
    resend_webhooks,
    run_due,
)
from chalicelib.actions.change_ticket import change_ticket
from chalicelib.actions.identify_customer import Person
from chalicelib.actions.incoming import Incoming
from chalicelib.domain.event import SYSTEM, Event
from chalicelib.domain.webhook import Webhook
from chalicelib.domain.webhook_delivery import WebhookDelivery
from chalicelib.errors import Conflict
from chalicelib.inbound.job_steps import STEPS
from chalicelib.store import events, jobs, keys, timers, webhook_deliveries, webhooks
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes
from tests.receiver import Receiver, Reply, listening

ALICE = Person("email", "alice@example.org", "Alice")
LATER = 11 * 60  # seconds: after this the timer finds what was lost


@pytest.fixture(autouse=True)
def loopback(monkeypatch):
    monkeypatch.setenv("DIWAN_WEBHOOK_LOOPBACK", "allow")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with listening() as started:
        yield started


@pytest.fixture
def webhook(cloud, receiver) -> Webhook:
    return change_webhook.create({"url": receiver.url, "events": ("ticket.created", "ticket.solved")})


@pytest.fixture
def pass_time(run) -> Callable[[float], None]:
    """Let the product's clock go on, and what came due run."""

    def passing(seconds: float) -> None:
        clock.shift(seconds)
        run_due.sweep()
        run()

    return passing


def a_ticket():
    return receive_message.receive(Incoming("email", "Can it be saved?", ALICE, subject="My board")).ticket


def log_of(webhook: Webhook) -> list[WebhookDelivery]:
    """Newest first, as the API lists them."""
    return list(webhook_deliveries.newest(webhook.id, 100).deliveries)


def until_next(webhook: Webhook) -> float:
    """Seconds until a timer sees to the newest delivery (jobs that wait on a queue of moto do not see our clock)."""
    look_at = log_of(webhook)[0].look_at
    assert look_at is not None
    return (look_at - clock.now()).total_seconds() + 1


def test_what_was_asked_for_is_told_once_signed_and_as_the_feed_tells_it(run, bob, webhook, receiver):
    ticket = a_ticket()
    change_ticket(ticket.id, {"priority": "high"}, SYSTEM)
    run()
    change_ticket(ticket.id, {"status": "solved"}, SYSTEM)
    run()

    created, solved = receiver.received
    told = created.verified(webhook.secret)
    assert (told["type"], told["data"]["ticket_id"], created.id) == ("ticket.created", ticket.id, told["id"])
    assert solved.verified(webhook.secret)["data"]["changes"]["status"] == ["new", "solved"]
    assert created.headers["content-type"] == "application/json"
    assert created.headers["user-agent"].startswith("Diwan/")
    assert [one.state for one in log_of(webhook)] == ["delivered", "delivered"]
    assert {event.id: event.sequence for event in events.feed_after(0, 100)}[told["id"]] == told["sequence"]


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


def test_after_ten_attempts_in_three_days_it_has_failed_and_can_be_resent(run, pass_time, bob, webhook, receiver):
    receiver.otherwise = Reply(503)
    a_ticket()
    run()
    for _ in range(9):
        pass_time(until_next(webhook))
    (delivery,) = log_of(webhook)
    assert (delivery.state, len(delivery.attempts)) == ("failed", 10)

    receiver.otherwise = Reply(200)
    resend_webhooks.resend(webhook.id, delivery.id)
    run()

    (delivery,) = log_of(webhook)
    assert (delivery.state, len(delivery.attempts)) == ("delivered", 11)


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


def test_what_was_missed_is_resent_by_a_job_and_only_that(run, pass_time, bob, webhook, receiver):
    assert resend_webhooks.JOB_TYPE in STEPS
    early = clock.now()
    a_ticket()
    run()
    clock.shift(3600)
    since = clock.now()
    receiver.script = [Reply(410)]
    a_ticket()
    run()
    change_webhook.change(webhook.id, {"enabled": True})
    clock.shift(60)

    job = resend_webhooks.start(webhook.id, early, since, None, "key_1")
    run()
    assert jobs.get(job.id).state == "done"
    assert len(receiver.received) == 2, "nothing in that time had failed"
    job = resend_webhooks.start(webhook.id, since, None, None, "key_1")
    run()
    pass_time(61)
    assert (jobs.get(job.id).state, jobs.get(job.id).done) == ("done", 1)
    assert [one.state for one in log_of(webhook)] == ["delivered", "delivered"]
    assert receiver.received[-1].id == receiver.received[-2].id


def test_many_are_resent_page_by_page(run, pass_time, bob, webhook, receiver, monkeypatch):
    monkeypatch.setattr(resend_webhooks, "A_STEP", 2)
    since = clock.now()
    for _ in range(5):
        a_ticket()
    run()
    job = resend_webhooks.start(webhook.id, since, None, "delivered", "key_1")
    run()
    waiting = [key for key in timers.due(clock.now() + timedelta(days=1), 50) if key[0].startswith("WEBHOOK")]
    assert waiting == [keys.webhook(webhook.id)], "one timer, however many are resent"
    pass_time(61)

    assert (jobs.get(job.id).state, jobs.get(job.id).done) == ("done", 5)
    assert len(receiver.received) == 10
    assert len({one.id for one in receiver.received}) == 5


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
            announce_event, "job_of", lambda delivery: announce_event.Job("jobs", "run_timer", {"ticket_id": "x"})
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


def test_a_change_that_was_decided_before_a_resend_does_not_take_its_timer_away(
    run, pass_time, bob, webhook, receiver, monkeypatch
):
    a_ticket()
    run()
    save = webhooks.save

    def meet(*told):
        monkeypatch.setattr(webhooks, "save", save)
        resend_webhooks.start(webhook.id, webhook.created_at, None, "delivered", "key_1")
        run()
        return save(*told)

    monkeypatch.setattr(webhooks, "save", meet)
    change_webhook.change(webhook.id, {"description": "Orders"})
    pass_time(61)
    assert len(receiver.received) == 2


def test_what_is_parked_stops_with_its_webhook(run, pass_time, webhook, receiver, parked):
    change_webhook.change(webhook.id, {"enabled": False})
    pass_time(LATER)

    assert {one.state for one in log_of(webhook)} == {"stopped"}


def test_nothing_leaves_while_sending_is_held(run, pass_time, bob, webhook, receiver, monkeypatch):
    monkeypatch.setenv("DIWAN_OUTBOUND", "hold")
    a_ticket()
    run()
    pass_time(LATER)
    assert (receiver.received, [one.state for one in log_of(webhook)]) == ([], ["pending"])

    monkeypatch.setenv("DIWAN_OUTBOUND", "live")
    pass_time(16 * 60)
    assert [one.state for one in log_of(webhook)] == ["delivered"]


def test_what_is_imported_is_told_to_nobody(run, cloud, webhook, receiver):
    change = Changes()
    events.add(change, Event(ids.new("evt"), "ticket.created", clock.now(), SYSTEM, "tkt_1"), live=False)
    change.commit()
    run()

    assert (receiver.received, log_of(webhook)) == ([], [])


def test_every_webhook_is_told_by_its_own_secret_and_a_dead_one_holds_up_nobody(run, bob, receiver):
    dead = change_webhook.create({"url": "http://127.0.0.1:1025/", "events": ("*",)})
    whole = change_webhook.create({"url": receiver.url, "events": ("*",)})
    off = change_webhook.create({"url": receiver.url, "events": ("*",), "enabled": False})
    a_ticket()
    run()

    assert {one.verified(whole.secret)["type"] for one in receiver.received} >= {"customer.created", "ticket.created"}
    assert {one.state for one in log_of(dead)} == {"pending"}
    assert {one.attempts[0].error for one in log_of(dead)} == {"The receiver refused the connection."}
    assert log_of(off) == []


def test_a_test_message_is_signed_and_logged_like_any_other(run, cloud, webhook, receiver):
    change_webhook.test(webhook.id)
    run()

    (came,) = receiver.received
    told = came.verified(webhook.secret)
    assert (told["type"], told["data"], told["id"]) == ("webhook.test", {"webhook_id": webhook.id}, came.id)
    assert [(one.event_type, one.state) for one in log_of(webhook)] == [("webhook.test", "delivered")]


def test_while_a_secret_changes_old_and_new_verify(run, bob, webhook, receiver):
    new = change_webhook.rotate_secret(webhook.id)
    a_ticket()
    run()
    clock.shift(25 * 3600)
    a_ticket()
    run()

    both, only = receiver.received
    assert new.secret != webhook.secret
    assert both.verified(webhook.secret) == both.verified(new.secret)
    assert len(only.headers["webhook-signature"].split()) == 1
    assert only.verified(new.secret)


def test_the_log_is_kept_for_thirty_days(run, bob, webhook, receiver):
    a_ticket()
    run()
    clock.shift(29 * 86_400)
    assert len(log_of(webhook)) == 1
    clock.shift(2 * 86_400)
    assert log_of(webhook) == []


def test_a_deleted_webhook_is_told_nothing_more(run, pass_time, bob, webhook, receiver):
    receiver.script = [Reply(500)]
    a_ticket()
    run()
    change_webhook.delete(webhook.id)
    pass_time(LATER)

    assert len(receiver.received) == 1
    assert [one.state for one in log_of(webhook)] == ["stopped"]
