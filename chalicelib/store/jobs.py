"""Jobs and results. A job's row is put whole, under the version it was read with, beside what its step wrote."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain import job as rules
from chalicelib.domain.job import Job
from chalicelib.store import changes, expiry, files, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import JobRow, ResultRow, Row

INLINE_OCTETS = 8192


@dataclass(frozen=True)
class Result:
    """`number` counts a job's results from 0, in the order they came."""

    number: int
    value: Mapping[str, Any]


def get(job_id: str) -> Job | None:
    row = rows.get(JobRow, keys.job(job_id))
    return rows.noun(Job, row) if row else None


def get_all(job_ids: Sequence[str]) -> dict[str, Job]:
    found = rows.batch([keys.job(id) for id in job_ids]).values()
    return {row.id: rows.noun(Job, row) for row in found if isinstance(row, JobRow)}


def add(change: Changes, job: Job) -> Job:
    new = replace(job, version=1)
    change.add(_row(new))
    return new


def save(change: Changes, job: Job, results: Iterable[Mapping[str, Any]] = ()) -> Job:
    """Write a job in place of the version it was decided on, with what its step reports.

    `job.results` counts these results already.
    """
    new = replace(job, version=job.version + 1)
    change.replace(_row(new), job.version)
    told = list(results)
    for number, value in enumerate(told, start=job.results - len(told)):
        change.put(_result_row(new, number, value))
    return new


def results_after(job_id: str, after: int, limit: int) -> list[Result]:
    """At most `limit` results with a number above `after` (-1: from the first), in order."""
    changes.connection()
    pk, start = keys.job_result(job_id, after + 1)
    found = Row.query(pk, Row.sk.between(start, "RESULT$"), consistent_read=True, limit=limit)
    return [_result(row) for row in found if isinstance(row, ResultRow) and not expiry.is_over(row)]


def folder(job_id: str) -> str:
    """Where a job keeps its files, in the files bucket; the bucket's lifecycle empties it after 30 days."""
    return f"jobs/{job_id}"


def _row(job: Job) -> JobRow:
    row = JobRow(keys.job(job.id), **rows.attributes(job))
    ends_at = rules.ends_at(job)
    row.expires_at = int(ends_at.timestamp()) if ends_at else None
    row.index("created", keys.created("JOB", job.created_at, job.id))
    look_at = rules.look_again_at(job)
    row.index("due", keys.due(look_at, job.id) if look_at else None)
    return row


def _result_row(job: Job, number: int, value: Mapping[str, Any]) -> ResultRow:
    row = ResultRow(keys.job_result(job.id, number), number=number)
    row.expires_at = int((job.updated_at + rules.KEPT).timestamp())
    if len(json.dumps(value)) <= INLINE_OCTETS:
        row.result = value
    else:
        row.result_key = f"{folder(job.id)}/results/{number}.json"
        files.put_json(row.result_key, value)
    return row


def _result(row: ResultRow) -> Result:
    return Result(int(row.number), files.read_json(row.result_key) if row.result_key else row.result)
