"""Bulk jobs: many calls of this API in one, each through the very door that a request over HTTP takes.

An operation is named for its job and index, so that one that is done again (its process died) replays its answer.
DELETE takes no such name: a repeated one answers that there is nothing left to delete.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import msgspec

from chalicelib.actions.run_job import Watch
from chalicelib.api import authentication, inner_calls
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas.jobs import BulkOperation
from chalicelib.domain.api_key import ApiKey
from chalicelib.domain.job import Job, Progress
from chalicelib.errors import Invalid, TooManyRequests
from chalicelib.store import allowances, files, jobs
from chalicelib.store.allowances import Allowance
from chalicelib.store.changes import Changes

# Their answers hold secrets, which no result may keep; and a job that makes jobs has no end.
REFUSED = ("jobs", "api-keys", "webhooks")
MOST_A_STEP = 25
# One job of that many may always be asked for, however low the key's limit is.
MOST_OPERATIONS = 100


def refuse_others(operations: Sequence[BulkOperation], locale: str) -> None:
    """Raises Invalid, code `not-in-bulk`, with a fault for each call that cannot be part of a bulk job."""
    faults = [
        fault("not-in-bulk", f"/operations/{at}/path", locale)
        for at, one in enumerate(operations)
        if one.path.split("/")[2] in REFUSED
    ]
    if faults:
        raise Invalid(faults[0].message, code="not-in-bulk", faults=tuple(faults))


def count(key: ApiKey, operations: int) -> None:
    """Count them against what the key may ask within a minute: as many operations in bulk as requests.

    Raises:
        TooManyRequests: so many are not left to it in this minute.
    """
    allowance = Allowance("bulk", max(key.limit, MOST_OPERATIONS), timedelta(minutes=1))
    if not allowances.take(allowance, key.id, operations):
        left = authentication.seconds_left()
        raise TooManyRequests(f"{allowance.most} operations a minute are allowed in bulk; wait {left} seconds.")


def kept(job_id: str, operations: Sequence[BulkOperation], locale: str) -> dict[str, Any]:
    """What the job's steps read; the operations, up to a megabyte, lie in S3."""
    key = f"{jobs.folder(job_id)}/operations.json"
    files.put_json(key, msgspec.to_builtins(operations))
    return {"operations": key, "locale": locale}


def step(job: Job, change: Changes) -> Progress:
    """Do the next operations, as far as the key that made the job may do them now.

    Raises:
        Unauthorized: the key was revoked, or has ended.
    """
    key = authentication.standing(job.created_by)
    operations = files.read_json(job.wanted["operations"])
    at, watch = job.place.get("at", 0), Watch()
    told: list[dict[str, Any]] = []
    while at < len(operations) and len(told) < MOST_A_STEP and not watch.is_over:
        told.append(_result(job, key, at, operations[at]))
        at += 1
    return Progress({"at": at} if at < len(operations) else None, len(told), len(operations), tuple(told))


def _result(job: Job, key: ApiKey, at: int, wanted: dict[str, Any]) -> dict[str, Any]:
    headers = {"accept-language": job.wanted["locale"], "idempotency-key": f"{job.id}-{at}"}
    made = inner_calls.ask(key, wanted["method"], wanted["path"], wanted["body"], headers=headers)
    return {"index": at, "status": made.status, "body": msgspec.to_builtins(made.body)}
