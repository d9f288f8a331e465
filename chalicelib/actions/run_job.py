"""Runs a job, one step a call: take its lease, let the step work, write how it ended under the job's version, go on.

A step is a function `step(job, change) -> Progress`, named for its type in `inbound/job_steps`:

- It reads `job.wanted` and `job.place`, works for at most STEP_SECONDS (see `Watch`) and says where the next step
  begins; a place of None ends the job. The next step may run in another process: nothing is kept in memory.
- Rows that it puts into `change` are committed with the job's own row: at most MOST_ROWS, its results counted. They
  are written once; what it does besides (an action, a file) may be done twice, so it must not exist or be the same.
- A refusal that it raises (a DiwanError below 500) fails the job at once, under the refusal's own code. Anything else
  is tried again, later and later; the fifth time fails the job with `job-step-failed`.
"""

from collections.abc import Callable
from time import monotonic

from chalicelib import clock, log
from chalicelib.actions import start_job
from chalicelib.domain import job as rules
from chalicelib.domain.job import Job, Progress
from chalicelib.errors import DiwanError
from chalicelib.store import changes, jobs
from chalicelib.store.changes import Changes

Step = Callable[[Job, Changes], Progress]

# Ten steps may come in one batch of a function that has 60 seconds.
STEP_SECONDS = 5.0
MOST_ROWS = changes.MAX_ROWS - 1


class Watch:
    """How much of a step's time has passed; a step asks before it takes up the next thing."""

    def __init__(self, seconds: float = STEP_SECONDS) -> None:
        self._ends = monotonic() + seconds

    @property
    def is_over(self) -> bool:
        return monotonic() >= self._ends


def run(job_id: str, step_for: Callable[[str], Step], number: int | None = None) -> Job | None:
    """Run the job's next step, if it is that `number` (None: whichever it is); None when there is nothing to run.

    `step_for` gives the step function of a job's type.
    """
    job = _take(job_id, number)
    if job is None:
        return None
    try:
        after = _step(job, step_for)
    except changes.Stale:  # somebody stopped the job meanwhile: what he wrote stands
        return None
    return start_job.queue(after) if after.at_work else after


def _take(job_id: str, number: int | None) -> Job | None:
    job, change = jobs.get(job_id), Changes()
    if job is None or not rules.may_run(job, clock.now()) or number not in (None, job.step):
        return None
    taken = jobs.save(change, rules.taken(job, clock.now()))
    try:
        change.commit()
    except changes.Stale:
        return None
    return taken


def _step(job: Job, step_for: Callable[[str], Step]) -> Job:
    """The job after the step, or after what went wrong. Raises Stale when the job has moved meanwhile."""
    change = Changes()
    try:
        progress = step_for(job.type)(job, change)
        return _written(change, rules.stepped(job, progress, clock.now()), progress)
    except DiwanError as refusal:
        if refusal.status < 500:
            return _written(Changes(), rules.refused(job, refusal.code, refusal.detail, clock.now()))
        return _stumble(job, refusal)
    except Exception as error:  # whatever it was, the job must not hang: it is tried again, and its failure told
        return _stumble(job, error)


def _stumble(job: Job, error: Exception) -> Job:
    log.error("job.stumbled", job_id=job.id, type=job.type, step=job.step, failures=job.failures + 1)
    detail = f"Step {job.step + 1} failed: {type(error).__name__}."
    return _written(Changes(), rules.stumbled(job, detail, clock.now()))


def _written(change: Changes, new: Job, progress: Progress | None = None) -> Job:
    saved = jobs.save(change, new, progress.results if progress else ())
    change.commit()
    return saved
