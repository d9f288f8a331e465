"""The step of each type of job. They stand above both doors and actions: a bulk job goes through the API's own door.

What a step needs is imported when it runs.
"""

from collections.abc import Callable

from chalicelib.actions.run_job import Step
from chalicelib.domain.job import Job, Progress
from chalicelib.errors import NotFound
from chalicelib.store.changes import Changes


def step_for(type: str) -> Step:
    """The step of that type of job. Raises NotFound, which fails the job, for a type that there is not (any more)."""
    if type not in STEPS:
        raise NotFound(f"No job is of the type {type}.", code="unknown-job-type")
    return STEPS[type]


def _bulk(job: Job, change: Changes) -> Progress:
    from chalicelib.api.bulk import step

    return step(job, change)


def _import(job: Job, change: Changes) -> Progress:
    from chalicelib.actions.import_file import step

    return step(job, change)


def _resend(job: Job, change: Changes) -> Progress:
    from chalicelib.actions.resend_webhooks import step

    return step(job, change)


def _export(job: Job, change: Changes) -> Progress:
    from chalicelib.api.export import step

    return step(job, change)


def _erase(job: Job, change: Changes) -> Progress:
    from chalicelib.actions.erase_customer import step

    return step(job, change)


def _replay(job: Job, change: Changes) -> Progress:
    from chalicelib.actions.replay_mail import step

    return step(job, change)


def _reconcile(job: Job, change: Changes) -> Progress:
    from chalicelib.actions.reconcile_mail import step

    return step(job, change)


STEPS: dict[str, Callable[[Job, Changes], Progress]] = {
    "bulk": _bulk,
    "erase": _erase,
    "export": _export,
    "customer_export": _export,
    "own_export": _export,
    "import": _import,
    "resend": _resend,
    "replay": _replay,
    "reconcile": _reconcile,
}
