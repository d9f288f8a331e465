"""What was told, or was not, is told again when somebody asks for it."""

from datetime import timedelta

from chalicelib import clock
from chalicelib.actions import change_webhook, resend_webhooks
from chalicelib.inbound.job_steps import STEPS
from chalicelib.store import jobs, keys, timers, webhooks
from tests.actions.webhooks.conftest import a_ticket, log_of, until_next
from tests.receiver import Reply


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
