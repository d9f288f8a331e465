"""Jobs, step by step: each is written once, whatever dies in between."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import boto3
import pytest

from chalicelib import clock, settings
from chalicelib.actions import run_due, run_job, start_job
from chalicelib.channels import queues
from chalicelib.domain.job import Job, Progress
from chalicelib.errors import Conflict, Invalid
from chalicelib.inbound import job_steps
from chalicelib.inbound import jobs as queue
from chalicelib.store import changes, jobs, keys
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed
from chalicelib.store.table import PointerRow


def count_to_three(job: Job, change: Changes) -> Progress:
    at = job.place.get("at", 0) + 1
    change.add(PointerRow(keys.number(at), ticket_id="tkt_1"))
    return Progress({"at": at} if at < 3 else None, done=1, total=3, results=({"index": at},))


def start() -> Job:
    return start_job.start("count", {"to": 3}, "key_1")


def do(job: Job, step: run_job.Step = count_to_three, number: int | None = None) -> Job:
    run_job.run(job.id, lambda type: step, number)
    return stored(job)


def stored(job: Job) -> Job:
    found = jobs.get(job.id)
    assert found
    return found


def test_a_job_is_done_step_by_step(cloud: None) -> None:
    job = start()
    assert (job.state, job.wanted) == ("queued", {"to": 3})
    assert (do(job).state, stored(job).done, stored(job).place) == ("running", 1, {"at": 1})
    do(job)
    ended = do(job)
    assert (ended.state, ended.done, ended.total, ended.step) == ("done", 3, 3, 3)
    assert ended.finished_at
    assert [r.value["index"] for r in jobs.results_after(job.id, -1, 10)] == [1, 2, 3]


def test_the_queue_carries_a_job_to_its_end(run: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(job_steps.STEPS, "count", count_to_three)
    job = start()
    run()
    assert (stored(job).state, stored(job).step, stored(job).results) == ("done", 3, 3)


def test_a_message_that_comes_twice_runs_no_other_step(cloud: None) -> None:
    job = start()
    do(job, number=0)
    assert do(job, number=0).step == 1


def test_two_at_once_do_a_step_once(cloud: None) -> None:
    job = start()

    def while_another_comes(job: Job, change: Changes) -> Progress:
        assert run_job.run(job.id, lambda type: count_to_three) is None
        return count_to_three(job, change)

    assert do(job, while_another_comes).done == 1


def test_a_step_whose_process_died_is_done_again_once_its_lease_is_over(cloud: None) -> None:
    job = start()

    def die(job: Job, change: Changes) -> Progress:
        raise SystemExit

    with pytest.raises(SystemExit):
        do(job, die)
    assert do(job).step == 0
    clock.shift(timedelta(minutes=6).total_seconds())
    assert run_due.sweep() == 1
    assert do(job).step == 1


def test_what_a_step_writes_is_committed_with_its_place_or_not_at_all(cloud: None) -> None:
    taken = Changes()
    taken.add(PointerRow(keys.number(1), ticket_id="tkt_0"))
    taken.commit()
    job = start()
    after = do(job)
    assert (after.step, after.tries, after.state) == (0, 1, "running")
    assert jobs.results_after(job.id, -1, 10) == []


def test_a_step_that_fails_five_times_fails_the_job_by_name(cloud: None) -> None:
    job = start()

    def break_down(job: Job, change: Changes) -> Progress:
        raise KeyError("nothing here")

    for _ in range(4):
        assert do(job, break_down).state == "running"
    failed = do(job, break_down)
    assert failed.state == "failed"
    assert failed.error
    assert failed.error["code"] == "job-step-failed"
    assert failed.error["detail"].startswith("Step 1 failed: KeyError in test_run_job.py, line ")
    assert do(start_job.resume(job.id)).step == 1


def test_a_refusal_fails_the_job_at_once(cloud: None) -> None:
    job = start()

    def refuse(job: Job, change: Changes) -> Progress:
        raise Invalid("No such file.", code="unknown-attachment")

    assert do(job, refuse).error == {"code": "unknown-attachment", "detail": "No such file."}


def test_a_type_that_nobody_knows_fails_the_job(cloud: None) -> None:
    job = start()
    run_job.run(job.id, job_steps.step_for)
    assert stored(job).error == {"code": "unknown-job-type", "detail": "No job is of the type count."}


def test_a_stopped_job_rests_and_goes_on_where_it_stood(cloud: None) -> None:
    job = start()
    do(job)
    assert start_job.stop(job.id).state == "stopped"
    assert do(job).step == 1
    clock.shift(timedelta(days=1).total_seconds())
    assert run_due.sweep() == 0
    assert start_job.resume(job.id).state == "queued"
    assert do(job).place == {"at": 2}


def test_a_step_at_work_when_its_job_is_stopped_counts_for_nothing(cloud: None) -> None:
    job = start()

    def stopped_meanwhile(job: Job, change: Changes) -> Progress:
        start_job.stop(job.id)
        return count_to_three(job, change)

    after = do(job, stopped_meanwhile)
    assert (after.state, after.step) == ("stopped", 0)
    start_job.resume(job.id)
    assert do(job).step == 1


def test_a_resumed_job_waits_for_a_step_that_was_at_work_when_it_was_stopped(cloud: None) -> None:
    job, at_once = start(), []

    def resumed_meanwhile(job: Job, change: Changes) -> Progress:
        start_job.stop(job.id)
        start_job.resume(job.id)
        at_once.append(run_job.run(job.id, lambda type: count_to_three))
        return count_to_three(job, change)

    after = do(job, resumed_meanwhile)
    assert (at_once, after.state, after.step, after.lease_until) == ([None], "queued", 0, None)
    assert messages_waiting() == 3
    assert do(job).step == 1


def test_a_step_that_ends_its_process_five_times_fails_the_job(cloud: None, capsys: pytest.CaptureFixture[str]) -> None:
    job = start()

    def die(job: Job, change: Changes) -> Progress:
        raise SystemExit

    for _ in range(5):
        with pytest.raises(SystemExit):
            do(job, die)
        clock.shift(timedelta(minutes=6).total_seconds())
    failed = do(job, die)
    assert failed.error == {"code": "job-step-failed", "detail": "Step 1 failed: its process ended."}
    assert '"event": "job.failed"' in capsys.readouterr().err


@pytest.fixture
def busy_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Have the next transaction meet another one on its rows; or the next ten, after which nobody waits longer."""

    def arrange(times: int = 1) -> None:
        whole, left = Changes.commit, iter(range(times))

        def commit(change: Changes) -> None:
            if next(left, None) is not None:
                raise changes.Busy
            whole(change)

        monkeypatch.setattr(Changes, "commit", commit)

    return arrange


def message_of(job: Job, number: int = 0) -> dict[str, Any]:
    body = json.dumps({"kind": "run_job", "job_id": job.id, "number": number})
    return {"Records": [{"messageId": "1", "body": body}]}


def messages_waiting() -> int:
    url = settings.jobs_queue_url()
    found = boto3.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["ApproximateNumberOfMessages"])
    return int(found["Attributes"]["ApproximateNumberOfMessages"])


def test_a_message_that_finds_the_table_busy_is_not_lost(
    cloud: None, monkeypatch: pytest.MonkeyPatch, busy_once: Callable[..., None]
) -> None:
    monkeypatch.setitem(job_steps.STEPS, "count", count_to_three)
    job = start()
    busy_once()
    assert queue.handle(message_of(job)) == {"batchItemFailures": []}
    assert stored(job).step == 1
    busy_once(times=10)
    assert queue.handle(message_of(job, 1)) == {"batchItemFailures": [{"itemIdentifier": "1"}]}
    queue.handle(message_of(job, 1))
    assert stored(job).step == 2


def test_what_a_step_did_is_kept_when_the_table_is_busy_at_its_end(cloud: None, busy_once: Callable[..., None]) -> None:
    job, done = start(), []

    def work(job: Job, change: Changes) -> Progress:
        done.append(job.step)
        busy_once()
        return count_to_three(job, change)

    assert do(job, work).step == 1
    assert done == [0]


def test_a_failure_is_written_although_the_table_is_busy(cloud: None, busy_once: Callable[..., None]) -> None:
    def break_down(job: Job, change: Changes) -> Progress:
        busy_once()
        raise KeyError

    after = do(start(), break_down)
    assert (after.tries, after.lease_until) == (1, None)


def test_a_message_comes_again_when_that_of_the_next_step_could_not_be_queued(
    cloud: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(job_steps.STEPS, "count", count_to_three)
    job, put = start(), queues.put
    before = messages_waiting()

    def refuse(*given: Any, **named: Any) -> None:
        raise queues.QueueRefused

    monkeypatch.setattr(queues, "put", refuse)
    assert queue.handle(message_of(job))["batchItemFailures"]
    monkeypatch.setattr(queues, "put", put)
    clock.shift(timedelta(minutes=3).total_seconds())
    queue.handle(message_of(job))
    assert messages_waiting() == before + 1


def test_a_job_that_must_not_fail_is_tried_for_two_weeks_and_rings(
    cloud: None, capsys: pytest.CaptureFixture[str]
) -> None:
    job = start_job.start("erase", {}, "key_1")

    def refuse(job: Job, change: Changes) -> Progress:
        raise Invalid("Not today.")

    for tries in range(1, 6):
        assert (do(job, refuse).state, stored(job).tries) == ("running", tries)
    assert '"event": "job.failed"' in capsys.readouterr().err
    assert run_due.sweep() == 0
    clock.shift(timedelta(minutes=61).total_seconds())
    assert run_due.sweep() == 1
    for _ in range(14 * 24):
        do(job, refuse)
    assert stored(job).state == "failed"
    clock.shift(timedelta(days=400).total_seconds())
    assert do(start_job.resume(job.id)).step == 1


def test_what_has_ended_cannot_be_stopped(cloud: None) -> None:
    job = start()
    for _ in range(3):
        do(job)
    with pytest.raises(Conflict):
        start_job.stop(job.id)


def test_a_job_and_its_results_are_gone_after_a_month(cloud: None) -> None:
    job = start()
    do(job)
    clock.shift(timedelta(days=31).total_seconds())
    assert jobs.get(job.id) is None
    assert jobs.results_after(job.id, -1, 10) == []


def test_a_long_result_is_read_back_whole(cloud: None) -> None:
    job, long = start(), {"body": "ت" * 20_000}

    do(job, lambda job, change: Progress(None, results=(long,)))
    assert jobs.results_after(job.id, -1, 10)[0].value == long


def test_a_job_asked_for_under_one_name_twice_is_one(cloud: None) -> None:
    keyed = Keyed("scope", "hash", lambda job: {"id": job.id})
    start_job.start("count", {}, "key_1", keyed)
    with pytest.raises(changes.Replayed):
        start_job.start("count", {}, "key_1", keyed)
