"""A job: work too long for one request, done in steps. The row says where it stands, so that any process can go on.

A step may be done twice (its process died before its end was written), so what it writes must bear that; what it
reports counts once, since the next place is written under a condition.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

STATES = ("queued", "running", "done", "failed", "stopped")
# The function that runs steps ends after 60 seconds, so who holds a lease longer is dead.
LEASE = timedelta(minutes=5)
# A step on a queue takes seconds; one that has not run by then is lost, and a timer puts it anew.
STEP_LOST_AFTER = timedelta(minutes=10)
MAX_FAILURES = 5
RETRY_SECONDS = (5, 20, 60, 300)
KEPT = timedelta(days=30)


@dataclass(frozen=True)
class Job:
    """`wanted` is what was asked for and `place` where the work stands: JSON objects, a few kilobytes at most.

    `step` counts the steps done, `done` and `total` things (total None: not known yet), `results` those told.
    `failures` is how often the current step has failed. `file` is the S3 key of what came out, `error` the code and
    detail of what made it fail. `created_by` is the id of the API key (or agent) that asked.
    """

    id: str
    type: str
    state: str
    created_by: str
    created_at: datetime
    updated_at: datetime
    wanted: Mapping[str, Any] = field(default_factory=dict)
    place: Mapping[str, Any] = field(default_factory=dict)
    step: int = 0
    done: int = 0
    total: int | None = None
    results: int = 0
    failures: int = 0
    error: Mapping[str, str] | None = None
    file: str | None = None
    lease_until: datetime | None = None
    finished_at: datetime | None = None
    version: int = 0

    @property
    def at_work(self) -> bool:
        return self.state in ("queued", "running")


@dataclass(frozen=True)
class Progress:
    """What a step did: `place` is where the next one begins, None when all is done.

    `done` is how many things this step did. `total` and `file`, once known, stay. `results` are JSON objects for the
    job's list of results.
    """

    place: Mapping[str, Any] | None
    done: int = 0
    total: int | None = None
    results: tuple[Mapping[str, Any], ...] = ()
    file: str | None = None


def may_run(job: Job, now: datetime) -> bool:
    """Whether a step may be taken up: the job is at work, and nobody holds it or he has not been heard of."""
    return job.at_work and (job.lease_until is None or job.lease_until <= now)


def taken(job: Job, now: datetime) -> Job:
    return replace(job, state="running", lease_until=now + LEASE, updated_at=now)


def stepped(job: Job, progress: Progress, now: datetime) -> Job:
    """The job after a step."""
    new = replace(
        job,
        step=job.step + 1,
        place=progress.place or {},
        done=job.done + progress.done,
        total=job.total if progress.total is None else progress.total,
        results=job.results + len(progress.results),
        file=progress.file or job.file,
        failures=0,
        lease_until=None,
        updated_at=now,
    )
    return _ended(new, "done", now) if progress.place is None else new


def refused(job: Job, code: str, detail: str, now: datetime) -> Job:
    """The job after a step that found it cannot be done, however often it is tried."""
    return _ended(replace(job, error={"code": code, "detail": detail}), "failed", now)


def stumbled(job: Job, detail: str, now: datetime) -> Job:
    """The job after a step that went wrong: tried again, until it has gone wrong five times."""
    new = replace(job, failures=job.failures + 1, lease_until=None, updated_at=now)
    return refused(new, "job-step-failed", detail, now) if new.failures >= MAX_FAILURES else new


def stopped(job: Job, now: datetime) -> Job:
    """The job at rest; a step at work at this moment does not count and is done again on `resumed`."""
    return replace(job, state="stopped", lease_until=None, updated_at=now) if job.at_work else job


def resumed(job: Job, now: datetime) -> Job:
    """The job queued again where it stood, if it was stopped or had failed."""
    if job.state not in ("stopped", "failed"):
        return job
    return replace(job, state="queued", failures=0, error=None, finished_at=None, updated_at=now)


def retry_seconds(job: Job) -> int:
    """How long to wait before the next step is taken up."""
    return RETRY_SECONDS[job.failures - 1] if job.failures else 0


def look_again_at(job: Job) -> datetime | None:
    """When a timer must see to it, if nothing happens before; None while it rests."""
    if not job.at_work:
        return None
    return job.lease_until or job.updated_at + STEP_LOST_AFTER


def _ended(job: Job, state: str, now: datetime) -> Job:
    return replace(job, state=state, lease_until=None, updated_at=now, finished_at=now)
