"""Jobs: work too long for one request. They are asked for here, watched, stopped; what they do is done elsewhere.

A job is shown to the key that made it, while that has the scope which such a job needs, and to keys with the scope
`admin`; for others it is not there.
"""

from datetime import timedelta
from typing import Any

from msgspec import UNSET

from chalicelib import clock, ids
from chalicelib.actions import start_job
from chalicelib.api import bulk, lists, uploads
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.queries import in_utc
from chalicelib.api.schemas import jobs as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain import suspension
from chalicelib.domain.job import Job
from chalicelib.errors import Fault, Forbidden, Invalid, NotFound
from chalicelib.store import created_lists, files, jobs, keys
from chalicelib.store.jobs import Result

_FIELDS = {"bulk": ("operations",), "export": (), "import": ("format", "attachment_id"), "replay": (), "reconcile": ()}
_MAY = {"import": ("own_addresses",), "replay": ("since", "until", "mail_ids")}
_OF_TYPES = ("operations", "format", "attachment_id", "own_addresses", "since", "until", "mail_ids")
# What a key needs to be shown such a job, stop it or let it go on, where that is not `admin`.
_SCOPES = {"resend": "webhooks:write"}


@operation(
    "Start a job",
    body=schemas.NewJob,
    gives=schemas.Job,
    status=202,
    refuses=("not-in-bulk", "unknown-attachment"),
)
def create(call: Call, body: schemas.NewJob) -> Answer:
    """`bulk` does up to 100 operations, each with its own checks and its own result; each needs its own scope.

    The operations of a minute count against the limit of the key, beside its requests.
    `replay` reads raw mails anew, those that came from `since` to `until` (now) or the `mail_ids`, and rewrites in
    place what the messages took from them; nothing is sent, and a second time changes nothing. `reconcile` looks
    through all raw mails and tells how many are what. All but `bulk` need the scope `admin`. The answer comes at once;
    watch the job for its end.
    """
    _refuse_other_fields(body, call.locale)
    if body.type == "bulk":
        return _bulk(call, body)
    if not call.owner.may("admin"):
        raise Forbidden(f"A job of the type {body.type} needs the scope admin.", code="missing-scope")
    return accepted(start_job.start(body.type, _wanted(call, body), call.owner.id, call.keyed(accepted)))


@operation("List jobs", query=schemas.JobQuery, gives=Page[schemas.Job])
def index(call: Call, query: schemas.JobQuery) -> Answer:
    """Newest first; those of the last 30 days."""
    found = created_lists.page("JOB", query.limit, lists.place(call))
    stored = jobs.get_all(found.ids)
    shown = [stored[id] for id in found.ids if id in stored and _may_see(call, stored[id])]
    return lists.page(call, [shape(one) for one in shown], found.after)


@operation("Read a job", gives=schemas.Job, refuses=("job-not-found",))
def show(call: Call) -> Answer:
    """How far it is and, in the end, where its result is."""
    return Answer(shape(_named(call)))


@operation("List results", query=schemas.ResultQuery, gives=Page[schemas.JobResult], refuses=("job-not-found",))
def results(call: Call, query: schemas.ResultQuery) -> Answer:
    """What the job has reported so far, in order."""
    job, after = _named(call), int(lists.place(call) or -1)
    found = jobs.results_after(job.id, after, query.limit + 1)
    listed = found[: query.limit]
    more = len(found) > query.limit
    return lists.page(call, [_result(one) for one in listed], str(listed[-1].number) if more else None)


@operation("Stop a job", gives=schemas.Job, refuses=("job-not-found", "job-finished"))
def stop(call: Call) -> Answer:
    """It rests where it stands; what it has done stays done."""
    return Answer(shape(start_job.stop(_named(call).id, call.keyed(_shown))))


@operation("Let a job go on", gives=schemas.Job, status=202, refuses=("job-not-found", "job-finished"))
def resume(call: Call) -> Answer:
    """One that was stopped, or has failed, goes on where it stood."""
    return accepted(start_job.resume(_named(call).id, call.keyed(accepted)))


def accepted(job: Job) -> Answer:
    """The answer to whoever asked for a job."""
    return Answer(shape(job), 202, location=f"/v1/jobs/{job.id}")


def shape(job: Job) -> schemas.Job:
    return schemas.Job(
        id=job.id,
        type=job.type,  # type: ignore[arg-type]
        state=job.state,  # type: ignore[arg-type]
        progress=schemas.JobProgress(job.done, job.total),
        error=schemas.JobError(**job.error) if job.error else None,
        url=_link(job.file) if job.file and job.state == "done" else None,
        created_by=job.created_by,
        created_at=job.created_at,
        updated_at=job.updated_at,
        finished_at=job.finished_at,
    )


def _shown(job: Job) -> Answer:
    return Answer(shape(job))


def _bulk(call: Call, body: schemas.NewJob) -> Answer:
    operations = body.operations or []
    bulk.refuse_others(operations, call.locale)
    bulk.count(call.owner, len(operations))
    job_id = ids.new("job")
    wanted = bulk.kept(job_id, operations, call.locale)
    made = start_job.start("bulk", wanted, call.owner.id, call.keyed(accepted), job_id, len(operations))
    return accepted(made)


def _wanted(call: Call, body: schemas.NewJob) -> dict[str, Any]:
    if body.type == "import":
        return _file(call, body)
    return _mails(body) if body.type == "replay" else {}


def _mails(body: schemas.NewJob) -> dict[str, Any]:
    """By the ids of the mail service, which are those of suspended mails as well."""
    wanted: dict[str, Any] = {}
    if body.mail_ids is not UNSET:
        wanted["mail_ids"] = [suspension.mail_id_of(id) or id for id in body.mail_ids]
    since, until = in_utc(body.since or None), in_utc(body.until or None)
    if since:
        wanted |= {"since": keys.time(since), "until": keys.time(until or clock.now() + timedelta(seconds=1))}
    return wanted


def _file(call: Call, body: schemas.NewJob) -> dict[str, Any]:
    found = uploads.to_import(call, str(body.attachment_id), "/attachment_id")
    own = [] if body.own_addresses is UNSET else [address.strip().lower() for address in body.own_addresses]
    return {"format": body.format, "key": found.key, "name": found.name, "own_addresses": own}


def _refuse_other_fields(body: schemas.NewJob, locale: str) -> None:
    """What one type of job needs, another does not take."""
    wanted = _FIELDS[body.type]
    faults: list[Fault] = []
    for name in _OF_TYPES:
        given = getattr(body, name) is not UNSET
        if given and name not in (*wanted, *_MAY.get(body.type, ())):
            faults.append(fault("unknown-field", f"/{name}", locale, name=name))
        if not given and name in wanted:
            faults.append(fault("required", f"/{name}", locale, name=name))
    if body.type == "replay" and body.since is UNSET and (body.mail_ids is UNSET or body.until is not UNSET):
        faults.append(fault("required", "/since", locale, name="since"))
    since, until = in_utc(body.since or None), in_utc(body.until or None)
    if since and until and until <= since:
        faults.append(fault("before", "/until", locale, name="since"))
    if faults:
        raise Invalid(faults[0].message, faults=tuple(faults))


def _named(call: Call) -> Job:
    found = jobs.get(call.id) if ids.is_id(call.id, "job") else None
    if found is None or not _may_see(call, found):
        raise NotFound(f"There is no job {call.id[:100]}.", code="job-not-found")
    return found


def _may_see(call: Call, job: Job) -> bool:
    return call.owner.may("admin") or (job.created_by == call.owner.id and _still_may(call, job))


def _still_may(call: Call, job: Job) -> bool:
    """A bulk job needs no scope of its own: each of its operations asked for one, and each result is the key's own."""
    return job.type == "bulk" or call.owner.may(_SCOPES.get(job.type, "admin"))


def _result(result: Result) -> dict[str, Any]:
    told = {"index": result.number, **result.value}
    key = told.pop("key", None)
    return told | {"url": _link(key)} if key else told


def _link(key: str) -> str:
    name = key.rpartition("/")[2]
    return files.link(key, name, "application/zip" if name.endswith(".zip") else "application/json")
