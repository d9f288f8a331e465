"""What customers belong to.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Organizations(Resource):
    """What customers belong to."""

    def create(
        self,
        *,
        name: str,
        domains: Sequence[str] | Unset = UNSET,
        external_id: str | Unset | None = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        custom_fields: Mapping[str, str | int | float | bool | Sequence[str] | None] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Organization:
        """Make an organization.

        Customers are put into it by their own `organization_id`, new ones also by their mail domain. Takes the scope
        `customers:write`.

        Args:
            name: What it is called, or who it is.
            domains: Whoever is made by `POST /v1/customers` with such a mail address joins.
            external_id: An id in your own system.
            tags: Words to find it by.
            custom_fields: At most 50, together up to 32 KB of JSON.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Organization,
            Call(
                "POST",
                "/v1/organizations",
                body={
                    "name": name,
                    "domains": domains,
                    "external_id": external_id,
                    "tags": tags,
                    "custom_fields": custom_fields,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self, *, external_id: str | Unset = UNSET, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.Organization]:
        """List organizations.

        By `external_id`, which at most one has; else all, newest first. Takes the scope `customers:read`.

        Args:
            external_id: An id in your own system.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Organization, "/v1/organizations", {"external_id": external_id, "limit": limit, "cursor": cursor}
        )

    def get(self, organization_id: str, *, if_none_match: int | None = None) -> answers.Organization:
        """Read an organization.

        One of them, without its customers. Takes the scope `customers:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Organization,
            Call(
                "GET", f"/v1/organizations/{in_path(organization_id)}", headers=conditions(if_none_match=if_none_match)
            ),
        )

    def update(
        self,
        organization_id: str,
        *,
        name: str | Unset = UNSET,
        domains: Sequence[str] | Unset = UNSET,
        external_id: str | Unset | None = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        custom_fields: Mapping[str, str | int | float | bool | Sequence[str] | None] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Organization:
        """Change an organization.

        Only what is given changes. A domain moves no customer who is there already. Takes the scope `customers:write`.

        Args:
            name: What it is called, or who it is.
            domains: Whoever is made by `POST /v1/customers` with such a mail address joins.
            external_id: An id in your own system.
            tags: Words to find it by.
            custom_fields: At most 50, together up to 32 KB of JSON.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Organization,
            Call(
                "PATCH",
                f"/v1/organizations/{in_path(organization_id)}",
                body={
                    "name": name,
                    "domains": domains,
                    "external_id": external_id,
                    "tags": tags,
                    "custom_fields": custom_fields,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, organization_id: str) -> None:
        """Delete an organization.

        Only one that no customer belongs to. Takes the scope `customers:write`.
        """
        self._done(Call("DELETE", f"/v1/organizations/{in_path(organization_id)}"))
