"""Who may call this API, for what, and how often.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class ApiKeys(Resource):
    """Who may call this API, for what, and how often."""

    def create(
        self,
        *,
        name: str,
        scopes: Sequence[
            Literal[
                "admin",
                "articles:*",
                "articles:read",
                "articles:write",
                "customers:*",
                "customers:read",
                "customers:write",
                "metrics:*",
                "metrics:read",
                "tickets:*",
                "tickets:read",
                "tickets:write",
                "webhooks:*",
                "webhooks:read",
                "webhooks:write",
            ]
        ],
        agent_id: str | Unset = UNSET,
        expires_at: datetime | Unset | None = UNSET,
        limit: int | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.MadeApiKey:
        """Make a key.

        `key` is in this answer and in no other one, but for a repeat under the same Idempotency-Key. Takes the scope
        `admin`.

        Args:
            name: What it is called, or who it is.
            scopes: `tickets:*` is both, `admin` is all.
            agent_id: Whose key it is; he writes what the key writes. At first the maker's agent.
            expires_at: RFC 3339, UTC.
            limit: Requests a minute.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.MadeApiKey,
            Call(
                "POST",
                "/v1/api-keys",
                body={"name": name, "scopes": scopes, "agent_id": agent_id, "expires_at": expires_at, "limit": limit},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.ApiKey]:
        """List keys.

        In the order they were made, revoked ones too. Takes the scope `admin`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.ApiKey, "/v1/api-keys", {"limit": limit, "cursor": cursor})

    def get(self, api_key_id: str, *, if_none_match: int | None = None) -> answers.ApiKey:
        """Read a key.

        What it may do and when it was last used; the key itself is told nowhere. Takes the scope `admin`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.ApiKey,
            Call("GET", f"/v1/api-keys/{in_path(api_key_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        api_key_id: str,
        *,
        name: str | Unset = UNSET,
        scopes: Sequence[
            Literal[
                "admin",
                "articles:*",
                "articles:read",
                "articles:write",
                "customers:*",
                "customers:read",
                "customers:write",
                "metrics:*",
                "metrics:read",
                "tickets:*",
                "tickets:read",
                "tickets:write",
                "webhooks:*",
                "webhooks:read",
                "webhooks:write",
            ]
        ]
        | Unset = UNSET,
        expires_at: datetime | Unset | None = UNSET,
        limit: int | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.ApiKey:
        """Change a key.

        Only what is given changes, and it holds from the key's next request on. Takes the scope `admin`.

        Args:
            name: What it is called, or who it is.
            scopes: `tickets:*` is both, `admin` is all.
            expires_at: RFC 3339, UTC.
            limit: Requests a minute.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.ApiKey,
            Call(
                "PATCH",
                f"/v1/api-keys/{in_path(api_key_id)}",
                body={"name": name, "scopes": scopes, "expires_at": expires_at, "limit": limit},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, api_key_id: str) -> None:
        """Revoke a key.

        It stops at once and for good. No key can revoke itself, so there is always one left that can make others. Takes
        the scope `admin`.
        """
        self._done(Call("DELETE", f"/v1/api-keys/{in_path(api_key_id)}"))
