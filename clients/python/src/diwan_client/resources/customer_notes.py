"""What agents wrote down about customers.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class CustomerNotes(Resource):
    """What agents wrote down about customers."""

    def create(self, customer_id: str, *, text: str, idempotency_key: str | None = None) -> answers.CustomerNote:
        """Write a note about a customer.

        Only agents see it. It stays with this customer when he is merged, and is shown with all that he became. Takes
        the scope `customers:write`.

        Args:
            text: Plain text; not blank.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.CustomerNote,
            Call(
                "POST",
                f"/v1/customers/{in_path(customer_id)}/notes",
                body={"text": text},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self, customer_id: str, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.CustomerNote]:
        """List the notes about a customer.

        Newest first, with those about customers who were merged into this one. Takes the scope `customers:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.CustomerNote, f"/v1/customers/{in_path(customer_id)}/notes", {"limit": limit, "cursor": cursor}
        )
