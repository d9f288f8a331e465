"""Goes through the bucket of raw mails and proves of each that it is exactly one of message, suspended, duplicate and
failed: a stretch of it every night, all of it by a job. What has no outcome is taken in then.

The row under a mail's id names one outcome, so "exactly one" is whether the row is there.
"""

from collections import Counter as Tally
from collections.abc import Iterable
from itertools import islice
from typing import Any

from chalicelib import clock, log
from chalicelib.actions import account_mail
from chalicelib.actions.run_job import Watch
from chalicelib.channels import queues
from chalicelib.domain.job import Job, Progress
from chalicelib.store import intake, raw_mail
from chalicelib.store.changes import Changes
from chalicelib.store.raw_mail import RawMail

JOB_TYPE = "reconcile"
# A night's work: a hundred lists, and of each mail its row, for less than two cents.
MOST_A_NIGHT = 100_000
_PIECE = 1000
_MOST_MISSING = 90
OUTCOMES = ("message", "suspended", "duplicate", "failed")


def step(job: Job, change: Changes) -> Progress:
    """The next thousands of mails; the last step tells how many there are of each kind."""
    watch, after, done = Watch(), str(job.place.get("after", "")), 0
    tally = Tally[str](job.place.get("tally", {}))
    missing: list[str] = []
    while not watch.is_over and len(missing) < _MOST_MISSING:
        piece = list(islice(raw_mail.listed(after), _PIECE))
        missing += _look(piece, tally)
        done += len(piece)
        if len(piece) < _PIECE:
            return Progress(None, done, results=(*_named(missing), {"body": _told(tally)}))
        after = piece[-1].key
    return Progress({"after": after, "tally": dict(tally)}, done, results=_named(missing))


def look_on(most: int = MOST_A_NIGHT) -> dict[str, int]:
    """Look at the next so many mails; at the end of the bucket it begins anew. What is missing is named in the log."""
    tally: Tally[str] = Tally()
    after = raw_mail.looked_at()
    listed = list(islice(raw_mail.listed(after), most))
    _look(listed, tally)
    raw_mail.remember_place(listed[-1].key if len(listed) == most else "")
    log.info("mail.reconciled", **_told(tally))
    return _told(tally)


def _look(listed: list[RawMail], tally: Tally[str]) -> list[str]:
    """Count what became of them, and have those taken in that nothing became of; returns the ids of these."""
    outcomes = intake.outcomes([one.id for one in listed])
    lost = [one for one in listed if one.id not in outcomes]
    waiting_since = clock.now() - account_mail.PATIENCE
    missing = [one for one in lost if one.came_at <= waiting_since]
    tally.update(outcomes.values())
    tally.update({"seen": len(listed), "waiting": len(lost) - len(missing), "missing": len(missing)})
    queues.put(account_mail.task_of(one.key) for one in missing)
    for one in missing:
        log.error("mail.missing", mail_id=one.id)
    return [one.id for one in missing]


def _named(missing: Iterable[str]) -> tuple[dict[str, Any], ...]:
    return tuple({"source": mail_id, "code": "missing"} for mail_id in missing)


def _told(tally: Tally[str]) -> dict[str, int]:
    return {name: tally[name] for name in ("seen", *OUTCOMES, "waiting", "missing")}
