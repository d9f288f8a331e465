"""What custom fields may hold.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Fields(Resource):
    """What custom fields may hold."""

    def create(
        self,
        *,
        key: str,
        type: Literal["boolean", "date", "multi_select", "number", "select", "text"],
        applies_to: Literal["customer", "organization", "ticket"],
        names: requests.NewNames,
        options: Sequence[requests.FieldOption] | Unset = UNSET,
        required: bool | Unset = UNSET,
        position: int | Unset = UNSET,
        shown_to_customers: bool | Unset = UNSET,
        topics: Sequence[str] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Field:
        """Define a field.

        From then on (within a minute) what the API writes under this key is checked; what stands already is not. Takes
        the scope `admin`.

        Args:
            key: What it is called in `custom_fields`.
            type: What its values are.
            applies_to: What has this field.
            names: What it is called, in each language.
            options: What may be chosen.
            required: Whether there must be a value.
            position: Lowest first.
            shown_to_customers: Whether customers fill it in on the portal's form.
            topics: The values of the field `topic` that it goes with; with any, if there are none.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Field,
            Call(
                "POST",
                "/v1/fields",
                body={
                    "key": key,
                    "type": type,
                    "applies_to": applies_to,
                    "names": names,
                    "options": options,
                    "required": required,
                    "position": position,
                    "shown_to_customers": shown_to_customers,
                    "topics": topics,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self,
        *,
        applies_to: Literal["customer", "organization", "ticket"] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.Field]:
        """List fields.

        By position; all, or those of tickets, customers or organizations. Takes the scope `tickets:read`.

        Args:
            applies_to: What has this field.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Field, "/v1/fields", {"applies_to": applies_to, "limit": limit, "cursor": cursor})

    def get(self, field_id: str, *, if_none_match: int | None = None) -> answers.Field:
        """Read a field.

        One definition. Takes the scope `tickets:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Field,
            Call("GET", f"/v1/fields/{in_path(field_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        field_id: str,
        *,
        names: requests.Names | Unset = UNSET,
        options: Sequence[requests.FieldOption] | Unset = UNSET,
        required: bool | Unset = UNSET,
        position: int | Unset = UNSET,
        shown_to_customers: bool | Unset = UNSET,
        topics: Sequence[str] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Field:
        """Change a field.

        Key, type and what it applies to stay; values that are no longer offered stay where they were chosen. Takes the
        scope `admin`.

        Args:
            names: What it is called, in each language.
            options: What may be chosen.
            required: Whether there must be a value.
            position: Lowest first.
            shown_to_customers: Whether customers fill it in on the portal's form.
            topics: The values of the field `topic` that it goes with; with any, if there are none.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Field,
            Call(
                "PATCH",
                f"/v1/fields/{in_path(field_id)}",
                body={
                    "names": names,
                    "options": options,
                    "required": required,
                    "position": position,
                    "shown_to_customers": shown_to_customers,
                    "topics": topics,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, field_id: str) -> None:
        """Delete a field.

        Values that were given stay, and are checked no more. Takes the scope `admin`.
        """
        self._done(Call("DELETE", f"/v1/fields/{in_path(field_id)}"))
