"""What happened with customers outside the desk.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class CustomerEvents(Resource):
    """What happened with customers outside the desk."""

    def create(
        self,
        customer_id: str,
        *,
        type: str,
        title: str,
        occurred_at: datetime,
        url: str | Unset | None = UNSET,
        amount: requests.Amount | Unset | None = UNSET,
        external_id: str | Unset | None = UNSET,
        data: Mapping[str, Any] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.CustomerEvent:
        """Write down an event.

        A purchase, a shipment, a visit. With an `external_id` it can be told again: it is there once. Takes the scope
        `customers:write`.

        Args:
            type: A word of yours.
            title: Its heading.
            occurred_at: RFC 3339, UTC.
            url: Where it is.
            amount: What it was worth.
            external_id: An id in your own system.
            data: Up to 8 KB of JSON.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.CustomerEvent,
            Call(
                "POST",
                f"/v1/customers/{in_path(customer_id)}/events",
                body={
                    "type": type,
                    "title": title,
                    "occurred_at": occurred_at,
                    "url": url,
                    "amount": amount,
                    "external_id": external_id,
                    "data": data,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self, customer_id: str, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.CustomerEvent]:
        """List a customer's events.

        Newest first, by when they happened; with those of customers who were merged into this one. Takes the scope
        `customers:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.CustomerEvent, f"/v1/customers/{in_path(customer_id)}/events", {"limit": limit, "cursor": cursor}
        )
