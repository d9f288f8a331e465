"""Work too long for one request.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Jobs(Resource):
    """Work too long for one request."""

    def create(
        self,
        *,
        type: Literal["bulk", "export", "import", "reconcile", "replay"],
        operations: Sequence[requests.BulkOperation] | Unset = UNSET,
        format: Literal["csv", "eml", "mbox", "zendesk"] | Unset = UNSET,
        attachment_id: str | Unset = UNSET,
        own_addresses: Sequence[str] | Unset = UNSET,
        since: datetime | Unset = UNSET,
        until: datetime | Unset = UNSET,
        mail_ids: Sequence[str] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Job:
        """Start a job.

        `bulk` does up to 100 operations, each with its own checks and its own result; each needs its own scope. The
        operations of a minute count against the limit of the key, beside its requests. `replay` reads raw mails anew,
        those that came from `since` to `until` (now) or the `mail_ids`, and rewrites in place what the messages took
        from them; nothing is sent, and a second time changes nothing. `reconcile` looks through all raw mails and tells
        how many are what. All but `bulk` need the scope `admin`. The answer comes at once; watch the job for its end.
        Any key may ask.

        Args:
            type: What kind of work it is.
            operations: What to do, in this order; at most 100.
            format: Of an import: what kind of file it is.
            attachment_id: Of an import: the file, announced by `POST /v1/uploads` and sent.
            own_addresses: Addresses that the desk wrote from before, for mailboxes.
            since: RFC 3339, UTC.
            until: RFC 3339, UTC.
            mail_ids: Of a replay: ids of mails, as the mail service gave them, or of suspended mails.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Job,
            Call(
                "POST",
                "/v1/jobs",
                body={
                    "type": type,
                    "operations": operations,
                    "format": format,
                    "attachment_id": attachment_id,
                    "own_addresses": own_addresses,
                    "since": since,
                    "until": until,
                    "mail_ids": mail_ids,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.Job]:
        """List jobs.

        Newest first; those of the last 30 days. Any key may ask.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Job, "/v1/jobs", {"limit": limit, "cursor": cursor})

    def get(self, job_id: str) -> answers.Job:
        """Read a job.

        How far it is and, in the end, where its result is. Any key may ask.
        """
        return self._answer(answers.Job, Call("GET", f"/v1/jobs/{in_path(job_id)}"))

    def results(
        self, job_id: str, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.JobResult]:
        """List results.

        What the job has reported so far, in order. Any key may ask.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.JobResult, f"/v1/jobs/{in_path(job_id)}/results", {"limit": limit, "cursor": cursor})

    def stop(self, job_id: str, *, idempotency_key: str | None = None) -> answers.Job:
        """Stop a job.

        It rests where it stands; what it has done stays done. Any key may ask.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Job,
            Call("POST", f"/v1/jobs/{in_path(job_id)}/stop", headers=conditions(idempotency_key=idempotency_key)),
        )

    def resume(self, job_id: str, *, idempotency_key: str | None = None) -> answers.Job:
        """Let a job go on.

        One that was stopped, or has failed, goes on where it stood. Any key may ask.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Job,
            Call("POST", f"/v1/jobs/{in_path(job_id)}/resume", headers=conditions(idempotency_key=idempotency_key)),
        )
