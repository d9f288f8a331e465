"""Whose mail is kept out of the tickets.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class BlockedSenders(Resource):
    """Whose mail is kept out of the tickets."""

    def create(self, *, value: str, idempotency_key: str | None = None) -> answers.BlockedSender:
        """Block a sender.

        From now on his mail is suspended, his answers too. One who is blocked already stays as he is. Takes the scope
        `tickets:write`.

        Args:
            value: An address, or a domain with all its addresses (not those of its subdomains).
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.BlockedSender,
            Call(
                "POST",
                "/v1/blocked-senders",
                body={"value": value},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.BlockedSender]:
        """List blocked senders.

        Newest first. Takes the scope `tickets:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.BlockedSender, "/v1/blocked-senders", {"limit": limit, "cursor": cursor})

    def delete(self, blocked_sender_id: str) -> None:
        """Unblock a sender.

        His mail is taken in again; what was suspended meanwhile stays so until it is released. Takes the scope
        `tickets:write`.
        """
        self._done(Call("DELETE", f"/v1/blocked-senders/{in_path(blocked_sender_id)}"))
