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
MESSAGE_LATE_AFTER = timedelta(minutes=1)
MAX_TRIES = 5
RETRY_SECONDS = (5, 20, 60, 300)
KEPT = timedelta(days=30)
# Whoever is promised to be forgotten is forgotten: such a job is tried every hour for two weeks more, and waits for
# whoever resumes it then.
PATIENT = ("erase",)
# A customer's export of himself, which he asks for on his own pages: what he said and was told, and no notes.
OWN_EXPORT = "own_export"
PATIENT_SECONDS = 3600
PATIENT_TRIES = MAX_TRIES + 14 * 24


@dataclass(frozen=True)
class Job:
    """`wanted` is what was asked for and `place` where the work stands: JSON objects, a few kilobytes at most.

    `step` counts the steps done, `done` and `total` things (total None: not known yet), `results` those told.
    `tries` is how often the current step was taken up. `file` is the S3 key of what came out, `error` the code and
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
    tries: int = 0
    error: Mapping[str, str] | None = None
    file: str | None = None
    lease_until: datetime | None = None
    finished_at: datetime | None = None
    version: int = 0

    @property
    def at_work(self) -> bool:
        return self.state in ("queued", "running")

    @property
    def is_patient(self) -> bool:
        return self.type in PATIENT

    @property
    def is_in_trouble(self) -> bool:
        """Whether its current step was tried so often that a person must look at it."""
        return self.tries >= MAX_TRIES

    @property
    def is_spent(self) -> bool:
        """Whether its current step was tried as often as it may be."""
        return self.tries >= (PATIENT_TRIES if self.is_patient else MAX_TRIES)


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
    """The job in the hands of a process: a try, whatever becomes of it."""
    return replace(job, state="running", tries=job.tries + 1, lease_until=now + LEASE, updated_at=now)


def let_go(job: Job, now: datetime) -> Job:
    """The job out of the hands of a process that was told meanwhile to leave it."""
    return replace(job, lease_until=None, updated_at=now)


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
        tries=0,
        lease_until=None,
        updated_at=now,
    )
    return _ended(new, "done", now) if progress.place is None else new


def refused(job: Job, code: str, detail: str, now: datetime) -> Job:
    """The job after a step that found it cannot be done, however often it is tried."""
    return _ended(replace(job, error={"code": code, "detail": detail}), "failed", now)


def stumbled(job: Job, detail: str, now: datetime) -> Job:
    """The job after a step that went wrong: tried again, as often as it may be."""
    return refused(job, "job-step-failed", detail, now) if job.is_spent else let_go(job, now)


def stopped(job: Job, now: datetime) -> Job:
    """The job at rest; a step at work at this moment does not count and is done again on `resumed`.

    Its lease stays: what that step writes to S3 must be written before another process does the step again.
    """
    return replace(job, state="stopped", updated_at=now) if job.at_work else job


def resumed(job: Job, now: datetime) -> Job:
    """The job queued again where it stood, if it was stopped or had failed."""
    if job.state not in ("stopped", "failed"):
        return job
    return replace(job, state="queued", tries=0, error=None, finished_at=None, updated_at=now)


def retry_seconds(job: Job) -> int:
    """How long to wait before the next step is taken up."""
    if job.is_in_trouble:
        return PATIENT_SECONDS
    return RETRY_SECONDS[job.tries - 1] if job.tries else 0


def is_overdue(job: Job, now: datetime) -> bool:
    """Whether the message that runs the next step should have come by now: it was lost, or the queue is long."""
    waited = now - job.updated_at - timedelta(seconds=retry_seconds(job))
    return may_run(job, now) and waited > MESSAGE_LATE_AFTER


def look_again_at(job: Job) -> datetime | None:
    """When a timer must see to it, if nothing happens before; None while it rests."""
    if not job.at_work:
        return None
    waits = max(STEP_LOST_AFTER, timedelta(seconds=retry_seconds(job)))
    return job.lease_until or job.updated_at + waits


def ends_at(job: Job) -> datetime | None:
    """When the job is forgotten; a patient one only once it is done."""
    return None if job.is_patient and job.state != "done" else job.updated_at + KEPT


def _ended(job: Job, state: str, now: datetime) -> Job:
    return replace(job, state=state, lease_until=None, updated_at=now, finished_at=now)
