"""What customers allow: the ledger.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers
from diwan_client.pages import Page
from diwan_client.resource import Resource, in_path
from diwan_client.transport import UNSET, Unset


class Consents(Resource):
    """What customers allow: the ledger."""

    def list(
        self, customer_id: str, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.Consent]:
        """List what a customer allowed.

        Newest first, with what customers said who were merged into this one. What holds now stands on the contacts.
        Takes the scope `customers:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Consent, f"/v1/customers/{in_path(customer_id)}/consents", {"limit": limit, "cursor": cursor}
        )
