"""Who writes to us, and how to reach them.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Customers(Resource):
    """Who writes to us, and how to reach them."""

    def create(
        self,
        *,
        name: str | Unset = UNSET,
        locale: Literal["ar", "en"] | Unset = UNSET,
        time_zone: str | Unset | None = UNSET,
        email: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        contacts: Sequence[requests.ContactWish] | Unset = UNSET,
        preferred_channel: Literal["email", "sms", "whatsapp"] | Unset | None = UNSET,
        quiet_hours: requests.CustomerQuietHours | Unset | None = UNSET,
        organization_id: str | Unset | None = UNSET,
        sees_organization: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        custom_fields: Mapping[str, str | int | float | bool | Sequence[str] | None] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Customer:
        """Make a customer.

        One person. A contact that another customer has is refused: it never moves silently. Takes the scope
        `customers:write`.

        Args:
            name: What it is called, or who it is.
            locale: The language: `en` or `ar`.
            time_zone: A name of the IANA database.
            email: An address of mail.
            phone: E.164, or as people type it.
            external_id: An id in your own system.
            contacts: How to reach the customer.
            preferred_channel: How the customer would be answered, rather.
            quiet_hours: When his phone is left alone; null: never.
            organization_id: What the customer belongs to.
            sees_organization: Whether he may read the tickets of everybody in his organization; ends when he leaves it.
            tags: Words to find it by.
            custom_fields: At most 50, together up to 32 KB of JSON.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Customer,
            Call(
                "POST",
                "/v1/customers",
                body={
                    "name": name,
                    "locale": locale,
                    "time_zone": time_zone,
                    "email": email,
                    "phone": phone,
                    "external_id": external_id,
                    "contacts": contacts,
                    "preferred_channel": preferred_channel,
                    "quiet_hours": quiet_hours,
                    "organization_id": organization_id,
                    "sees_organization": sees_organization,
                    "tags": tags,
                    "custom_fields": custom_fields,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self,
        *,
        email: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        external_id: str | Unset = UNSET,
        organization_id: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.Customer]:
        """List customers.

        By a contact, which at most one customer has; else those of an organization, or all, newest first. Takes the
        scope `customers:read`.

        Args:
            email: An address of mail.
            phone: E.164, or as people type it.
            external_id: An id in your own system.
            organization_id: What the customer belongs to.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Customer,
            "/v1/customers",
            {
                "email": email,
                "phone": phone,
                "external_id": external_id,
                "organization_id": organization_id,
                "limit": limit,
                "cursor": cursor,
            },
        )

    def get(self, customer_id: str, *, if_none_match: int | None = None) -> answers.Customer:
        """Read a customer.

        One merged into another is still there and names that one in `merged_into`. Takes the scope `customers:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Customer,
            Call("GET", f"/v1/customers/{in_path(customer_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        customer_id: str,
        *,
        name: str | Unset = UNSET,
        locale: Literal["ar", "en"] | Unset = UNSET,
        time_zone: str | Unset | None = UNSET,
        contacts: Sequence[requests.ContactWish] | Unset = UNSET,
        preferred_channel: Literal["email", "sms", "whatsapp"] | Unset | None = UNSET,
        quiet_hours: requests.CustomerQuietHours | Unset | None = UNSET,
        organization_id: str | Unset | None = UNSET,
        sees_organization: bool | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        custom_fields: Mapping[str, str | int | float | bool | Sequence[str] | None] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Customer:
        """Change a customer.

        Only what is given changes; `contacts` are all that the customer has from then on. Takes the scope
        `customers:write`.

        Args:
            name: What it is called, or who it is.
            locale: The language: `en` or `ar`.
            time_zone: A name of the IANA database.
            contacts: How to reach the customer.
            preferred_channel: How the customer would be answered, rather.
            quiet_hours: When his phone is left alone; null: never.
            organization_id: What the customer belongs to.
            sees_organization: Whether he may read the tickets of everybody in his organization; ends when he leaves it.
            tags: Words to find it by.
            custom_fields: At most 50, together up to 32 KB of JSON.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Customer,
            Call(
                "PATCH",
                f"/v1/customers/{in_path(customer_id)}",
                body={
                    "name": name,
                    "locale": locale,
                    "time_zone": time_zone,
                    "contacts": contacts,
                    "preferred_channel": preferred_channel,
                    "quiet_hours": quiet_hours,
                    "organization_id": organization_id,
                    "sees_organization": sees_organization,
                    "tags": tags,
                    "custom_fields": custom_fields,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def erase(self, customer_id: str, *, if_match: int | None = None) -> answers.Job:
        """Erase a customer.

        His name and contacts are gone when this answers; the job takes all texts and files out of his tickets. With him
        go the customers who were merged into him. It cannot be undone. Takes the scope `admin`.

        Args:
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Job, Call("DELETE", f"/v1/customers/{in_path(customer_id)}", headers=conditions(if_match=if_match))
        )

    def export(self, customer_id: str, *, idempotency_key: str | None = None) -> answers.Job:
        """Export a customer.

        Everything we know of him, as JSON Lines and files in one archive: see the job's `url` when it is done. Takes
        the scope `admin`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Job,
            Call(
                "POST",
                f"/v1/customers/{in_path(customer_id)}/export",
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def overview(self, customer_id: str, *, limit: int | Unset = UNSET) -> answers.Overview:
        """Read a customer at one glance.

        Who he is, what agents noted, what is open, who may be the same person, and the newest of all that was said and
        happened; the timeline's cursor goes on at `GET /v1/customers/{id}/timeline`. Of a customer who was merged, it
        is of the one who stands for him. Takes the scope `tickets:read` as well. Takes the scope `customers:read`.

        Args:
            limit: At most this many.
        """
        return self._answer(
            answers.Overview, Call("GET", f"/v1/customers/{in_path(customer_id)}/overview", query={"limit": limit})
        )

    def timeline(
        self, customer_id: str, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.TimelineEntry]:
        """List all that was said and happened.

        Messages of every ticket and channel, notes among them, and events that the shop told of, newest first. Of a
        customer who was merged, it is of the one who stands for him. Takes the scope `tickets:read` as well. Takes the
        scope `customers:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.TimelineEntry, f"/v1/customers/{in_path(customer_id)}/timeline", {"limit": limit, "cursor": cursor}
        )

    def suggestions(self, customer_id: str) -> answers.Suggestions:
        """Suggest who may be the same person.

        By names, addresses, numbers, orders and what they wrote where; a customer who changed just now is found within
        seconds. What more than 20 customers have in common counts for nothing. Merge with `POST
        /v1/customers/{id}/merge`. Takes the scope `customers:read`.
        """
        return self._answer(answers.Suggestions, Call("GET", f"/v1/customers/{in_path(customer_id)}/suggestions"))

    def dismiss(self, customer_id: str, other_id: str, *, idempotency_key: str | None = None) -> None:
        """Say that two are not the same person.

        Neither is suggested for the other any more. Takes the scope `customers:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
        """
        self._done(
            Call(
                "POST",
                f"/v1/customers/{in_path(customer_id)}/suggestions/{in_path(other_id)}/dismiss",
                headers=conditions(idempotency_key=idempotency_key),
            )
        )

    def delete_note(self, customer_id: str, note_id: str) -> None:
        """Delete a note about a customer.

        It is gone for good. A note about one who was merged into this customer can be deleted here, too. Takes the
        scope `customers:write`.
        """
        self._done(Call("DELETE", f"/v1/customers/{in_path(customer_id)}/notes/{in_path(note_id)}"))

    def merge(
        self, customer_id: str, *, into: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Customer:
        """Merge a customer into another.

        The two are one person: the other shows the contacts and tickets of both, and either contact finds it. Contacts
        stay with whom they came with, and tickets opened from them name him in `customer_id`. Answers with the merged
        customer, who names the other in `merged_into`. Takes the scope `customers:write`.

        Args:
            into: The customer who stands for both from then on.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Customer,
            Call(
                "POST",
                f"/v1/customers/{in_path(customer_id)}/merge",
                body={"into": into},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def unmerge(
        self, customer_id: str, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Customer:
        """Take a merged customer out again.

        He has his own contacts and tickets again, with those that were opened from his contacts meanwhile. Refused
        while tickets hold words of both, which `detail` names: they must be unmerged first, or what is the other's
        split off. Takes the scope `customers:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Customer,
            Call(
                "POST",
                f"/v1/customers/{in_path(customer_id)}/unmerge",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )
