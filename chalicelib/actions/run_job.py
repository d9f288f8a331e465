"""Runs a job, one step a call: take its lease, let the step work, write how it ended under the job's version, go on.

A step is a function `step(job, change) -> Progress`, named for its type in `inbound/job_steps`:

- It reads `job.wanted` and `job.place`, works for at most STEP_SECONDS (see `Watch`) and says where the next step
  begins; a place of None ends the job. The next step may run in another process: nothing is kept in memory.
- Rows that it puts into `change` are committed with the job's own row: at most MOST_ROWS, its results counted. They
  are written once; what it does besides (an action, a file) may be done twice, so it must not exist or be the same.
- A refusal that it raises (a DiwanError below 500) fails the job at once, under the refusal's own code. Anything else,
  the end of its process too, is tried again, later and later; the fifth time fails the job with `job-step-failed`.
- A patient job (see `domain.job`) is never refused, and is tried for weeks. `job.failed` in the log rings an alarm.
"""

from collections.abc import Callable
from time import monotonic

from chalicelib import clock, log
from chalicelib.actions import start_job
from chalicelib.domain import job as rules
from chalicelib.domain.job import Job, Progress
from chalicelib.errors import DiwanError, told
from chalicelib.store import changes, jobs
from chalicelib.store.changes import Changes

Step = Callable[[Job, Changes], Progress]

# Of the 60 seconds that the function has; whoever waits behind it in the queue waits less.
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
    job = changes.again(lambda: _take(job_id, number))
    if job is None or not job.at_work:
        return job
    try:
        after = _step(job, step_for)
    except changes.Stale:  # somebody stopped the job meanwhile: what he wrote stands
        return changes.again(lambda: _let_go(job))
    return start_job.queue(after) if after.at_work else after


def _take(job_id: str, number: int | None) -> Job | None:
    """The job in our hands; as it ended, if its step was tried often enough; None when there is nothing to run."""
    job, now = jobs.get(job_id), clock.now()
    if job is None or not rules.may_run(job, now):
        return None
    if number not in (None, job.step):
        _put_on(job)
        return None
    if job.is_spent:
        return _rung(_written(Changes(), rules.refused(job, "job-step-failed", _words(job, "its process ended"), now)))
    return _written(Changes(), rules.taken(job, now))


def _put_on(job: Job) -> None:
    """A message of a step that is done: it comes again when the message of the next one could not be queued."""
    if rules.is_overdue(job, clock.now()):
        start_job.queue(job)


def _let_go(job: Job) -> None:
    """Let the next process come at once to a job that moved under our hands, if it is still in them."""
    current = jobs.get(job.id)
    if current is None or current.lease_until != job.lease_until:
        return
    free = _written(Changes(), rules.let_go(current, clock.now()))
    if free.at_work:
        start_job.queue(free)


def _step(job: Job, step_for: Callable[[str], Step]) -> Job:
    """The job after the step, or after what went wrong. Raises Stale when the job has moved meanwhile."""
    change = Changes()
    try:
        progress = step_for(job.type)(job, change)
        return _written(change, rules.stepped(job, progress, clock.now()), progress)
    except DiwanError as refusal:
        if refusal.status < 500 and not job.is_patient:
            return _written(Changes(), rules.refused(job, refusal.code, refusal.detail, clock.now()))
        return _stumble(job, refusal)
    except Exception as error:  # whatever it was, the job must not hang: it is tried again, and its failure told
        return _stumble(job, error)


def _stumble(job: Job, error: Exception) -> Job:
    log.error("job.stumbled", job_id=job.id, type=job.type, step=job.step, tries=job.tries)
    return _rung(_written(Changes(), rules.stumbled(job, _words(job, told(error)), clock.now())))


def _rung(job: Job) -> Job:
    """The job, told to the people who keep the product going if it does not go on by itself."""
    if job.is_in_trouble:
        log.error("job.failed", job_id=job.id, type=job.type, step=job.step, state=job.state)
    return job


def _words(job: Job, what: str) -> str:
    return f"Step {job.step + 1} failed: {what}."


def _written(change: Changes, new: Job, progress: Progress | None = None) -> Job:
    """Commit the job. Busy leaves nothing written, so the same is tried again; Stale is the caller's."""
    saved = jobs.save(change, new, progress.results if progress else ())
    changes.again(change.commit, met=changes.Busy)
    return saved
