"""Jobs: what may be asked for, how far it is, and what it reports."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.values import Cursor, Id, Limit, Time

JobType = Literal["bulk", "export", "import", "erase", "customer_export", "own_export", "resend", "replay", "reconcile"]
JobState = Literal["queued", "running", "done", "failed", "stopped"]
MAX_OPERATIONS = 100


class BulkOperation(Struct, forbid_unknown_fields=True, kw_only=True):
    """One call of this API, as if it were made with the key that makes the job."""

    method: Literal["POST", "PATCH", "DELETE"]
    path: Annotated[
        str,
        Meta(
            max_length=300,
            pattern=r"^/v1/[!-\"$->@-~]+(?![\s\S])",
            description="Path of a call, without parameters behind a `?`. Not one of jobs, api-keys and webhooks.",
            examples=["/v1/tickets/1042"],
        ),
    ]
    body: Annotated[dict[str, Any], Meta(description="The call's body.")] = field(default_factory=dict)


class NewJob(Struct, forbid_unknown_fields=True, kw_only=True):
    """`bulk` takes `operations`; `import` takes `format` and `attachment_id`; `replay` takes `since` or `mail_ids`.

    `export` and `reconcile` take nothing more.
    """

    type: Literal["bulk", "export", "import", "replay", "reconcile"]
    operations: Annotated[list[BulkOperation], Meta(min_length=1, max_length=MAX_OPERATIONS)] | UnsetType = UNSET
    format: Literal["zendesk", "mbox", "eml", "csv"] | UnsetType = UNSET
    attachment_id: Id | UnsetType = UNSET
    own_addresses: (
        Annotated[
            list[Annotated[str, Meta(max_length=254)]],
            Meta(max_length=50, description="Addresses that the desk wrote from before, for mailboxes."),
        ]
        | UnsetType
    ) = UNSET
    since: Time | UnsetType = UNSET
    until: Time | UnsetType = UNSET
    mail_ids: Annotated[list[Annotated[str, Meta(max_length=300)]], Meta(min_length=1, max_length=100)] | UnsetType = (
        UNSET
    )


class JobProgress(Struct):
    """How many things are done, of how many; `total` is null while nobody knows."""

    done: int
    total: int | None


class JobError(Struct):
    """Why a job failed."""

    code: str
    detail: str


class Job(Struct, kw_only=True):
    """`url` is where the result can be downloaded during the next hour; ask again for a fresh one."""

    id: str
    type: JobType
    state: JobState
    progress: JobProgress
    error: JobError | None
    url: str | None
    created_by: str
    created_at: Time
    updated_at: Time
    finished_at: Time | None


class JobResult(Struct, kw_only=True):
    """What a job reports, in order. `bulk`: of each operation `status` and `body`, as the call itself would answer.

    `export`: of each file `name`, `size` and a `url` for the next hour. `import`: the record of the file
    (`source`), whether it was `skipped` or is here `changed` (`code`), and why (`detail`). `replay`: of each mail
    (`source`) that is other than before what became of it: `rewritten`, `judged`, `found` or `not-replayed` (`code`).
    `reconcile`: each mail that is `missing`, and at the end in `body` how many mails are what.
    """

    index: int
    status: int | UnsetType = UNSET
    body: Any | UnsetType = UNSET
    name: str | UnsetType = UNSET
    size: int | UnsetType = UNSET
    url: str | UnsetType = UNSET
    source: str | UnsetType = UNSET
    code: str | UnsetType = UNSET
    detail: str | UnsetType = UNSET
    ticket_id: str | UnsetType = UNSET
    article_id: str | UnsetType = UNSET


class JobQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET


class ResultQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
