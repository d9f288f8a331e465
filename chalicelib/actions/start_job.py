"""Starts jobs, stops them and lets them go on. What a job does is in the step of its type: see `run_job`."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.channels import queues
from chalicelib.domain import job as rules
from chalicelib.domain.job import Job
from chalicelib.domain.task import Task
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import changes, idempotency, jobs
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def start(
    type: str,
    wanted: Mapping[str, Any],
    created_by: str,
    keyed: Keyed | None = None,
    id: str | None = None,
    total: int | None = None,
) -> Job:
    """A new job, queued. `wanted` is what its steps read (a JSON object of a few kilobytes; what is bigger goes under

    `jobs.folder(id)` first). Whoever makes it part of a change of his own takes `make`, `jobs.add` and `queue` instead.

    Raises:
        Replayed: the idempotency key was there before.
    """
    new = make(type, wanted, created_by, id, total)
    return queue(changes.again(lambda: _start(new, keyed)))


def make(
    type: str,
    wanted: Mapping[str, Any],
    created_by: str,
    id: str | None = None,
    total: int | None = None,
    place: Mapping[str, Any] | None = None,
) -> Job:
    """A job to be; nothing is written. `place` is gone once the job has ended, `wanted` stays as long as it."""
    now = clock.now()
    new = Job(id or ids.new("job"), type, "queued", created_by, now, now, wanted=wanted, total=total)
    return replace(new, place=place or {})


def queue(job: Job) -> Job:
    """Have the job's next step run. If this is lost, the job's timer does it ten minutes later.

    What waits longer than a queue can hold it is left to the timer.
    """
    delay = rules.retry_seconds(job)
    if delay <= queues.MOST_DELAY:
        queues.put([step_of(job)], delay=delay)
    return job


def step_of(job: Job) -> Task:
    """The message that runs the next step: by its number, so that a message that comes twice runs no other one."""
    return Task("jobs", "run_job", {"job_id": job.id, "number": job.step})


def stop(job_id: str, keyed: Keyed | None = None) -> Job:
    """Let the job rest where it stands.

    Raises:
        NotFound: code `job-not-found`.
        Conflict: code `job-finished`, it is done or has failed.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _steer(job_id, keyed, ("done", "failed"), lambda job: rules.stopped(job, clock.now())))


def resume(job_id: str, keyed: Keyed | None = None) -> Job:
    """Let a job that was stopped or has failed go on where it stood.

    Raises:
        NotFound, Conflict (it is done), Replayed: as `stop`.
    """
    return queue(changes.again(lambda: _steer(job_id, keyed, ("done",), lambda job: rules.resumed(job, clock.now()))))


def _start(new: Job, keyed: Keyed | None) -> Job:
    change = Changes()
    saved = jobs.add(change, new)
    idempotency.record(change, keyed, saved)
    change.commit()
    return saved


def _steer(job_id: str, keyed: Keyed | None, ended: tuple[str, ...], decide: Callable[[Job], Job]) -> Job:
    job, change = jobs.get(job_id), Changes()
    if job is None:
        raise NotFound(f"There is no job {job_id}.", code="job-not-found")
    if job.state in ended:
        raise Conflict(f"The job is {job.state}.", code="job-finished")
    new = decide(job)
    saved = jobs.save(change, new) if new != job else job
    idempotency.record(change, keyed, saved)
    if len(change):
        change.commit()
    return saved
