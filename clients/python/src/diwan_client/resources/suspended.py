"""Mail that was kept out of the tickets.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Suspended(Resource):
    """Mail that was kept out of the tickets."""

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.SuspendedMail]:
        """List suspended mail.

        Newest first. Each is kept for 14 days. Takes the scope `tickets:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.SuspendedMail, "/v1/suspended", {"limit": limit, "cursor": cursor})

    def get(self, suspended_id: str) -> answers.SuspendedMail:
        """Read a suspended mail.

        What it says of itself, and why it was suspended. Takes the scope `tickets:read`.
        """
        return self._answer(answers.SuspendedMail, Call("GET", f"/v1/suspended/{in_path(suspended_id)}"))

    def delete(self, suspended_id: str) -> None:
        """Delete a suspended mail.

        The mail as it came is deleted too. Takes the scope `tickets:write`.
        """
        self._done(Call("DELETE", f"/v1/suspended/{in_path(suspended_id)}"))

    def release(self, suspended_id: str, *, idempotency_key: str | None = None) -> answers.ReleasedMail:
        """Release a suspended mail.

        Makes it a message: in the ticket it answers, or in a new one. A second release answers as the first. Takes the
        scope `tickets:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.ReleasedMail,
            Call(
                "POST",
                f"/v1/suspended/{in_path(suspended_id)}/release",
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )
