"""Conversations with customers.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Tickets(Resource):
    """Conversations with customers."""

    def create(
        self,
        *,
        subject: str,
        message: requests.FirstMessage,
        customer: requests.CustomerName,
        priority: Literal["high", "low", "normal", "urgent"] | Unset = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        team_id: str | Unset | None = UNSET,
        locale: Literal["ar", "en"] | Unset | None = UNSET,
        cc: Sequence[str] | Unset = UNSET,
        external_id: str | Unset | None = UNSET,
        custom_fields: Mapping[str, str | int | float | bool | Sequence[str] | None] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Ticket:
        """Open a ticket.

        The customer writes, unless the author is an agent: then the desk starts the conversation, and it goes out.
        Takes the scope `tickets:write`.

        Args:
            subject: One line; not blank.
            message: The first message.
            customer: Whose it is.
            priority: How urgent it is.
            tags: Words to find it by.
            team_id: The team whose queue it stands in; null: none.
            locale: The language to answer in; the customer's, or that of the text, if not given.
            cc: Who else is sent it: addresses of mail.
            external_id: An id in your own system.
            custom_fields: At most 50, together up to 32 KB of JSON.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Ticket,
            Call(
                "POST",
                "/v1/tickets",
                body={
                    "subject": subject,
                    "message": message,
                    "customer": customer,
                    "priority": priority,
                    "tags": tags,
                    "team_id": team_id,
                    "locale": locale,
                    "cc": cc,
                    "external_id": external_id,
                    "custom_fields": custom_fields,
                },
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(
        self,
        *,
        status: Sequence[Literal["closed", "new", "on_hold", "open", "pending", "solved"]] | Unset = UNSET,
        team_id: str | Unset = UNSET,
        assignee_id: str | Unset = UNSET,
        customer_id: str | Unset = UNSET,
        channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"] | Unset = UNSET,
        tag: str | Unset = UNSET,
        updated_since: datetime | Unset = UNSET,
        sort: Literal["created", "due", "updated"] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.Ticket]:
        """List tickets.

        By last activity (newest first), by birth (newest first) or by what was promised (soonest first). With
        `updated_since` oldest first, up to ten seconds before now, so that a follower misses none. Takes the scope
        `tickets:read`.

        Args:
            status: Only tickets in one of these; several by comma.
            team_id: Only this team's; `none`: of no team.
            assignee_id: Only this agent's; `none`: nobody's.
            customer_id: Only this customer's.
            channel: Only tickets that began by this channel.
            tag: Only tickets that have this tag.
            updated_since: RFC 3339, UTC.
            sort: By last activity or by birth (newest first), or by what was promised (soonest first).
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Ticket,
            "/v1/tickets",
            {
                "status": status,
                "team_id": team_id,
                "assignee_id": assignee_id,
                "customer_id": customer_id,
                "channel": channel,
                "tag": tag,
                "updated_since": updated_since,
                "sort": sort,
                "limit": limit,
                "cursor": cursor,
            },
        )

    def get(self, ticket_id: str | int, *, if_none_match: int | None = None) -> answers.Ticket:
        """Read a ticket.

        By its id or its number. What was written before this call began is there. Takes the scope `tickets:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Ticket,
            Call("GET", f"/v1/tickets/{in_path(ticket_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        ticket_id: str | int,
        *,
        status: Literal["closed", "new", "on_hold", "open", "pending", "solved"] | Unset = UNSET,
        priority: Literal["high", "low", "normal", "urgent"] | Unset = UNSET,
        subject: str | Unset = UNSET,
        team_id: str | Unset | None = UNSET,
        assignee_id: str | Unset | None = UNSET,
        tags: Sequence[str] | Unset = UNSET,
        custom_fields: Mapping[str, str | int | float | bool | Sequence[str] | None] | Unset = UNSET,
        external_id: str | Unset | None = UNSET,
        locale: Literal["ar", "en"] | Unset = UNSET,
        cc: Sequence[str] | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Ticket:
        """Change a ticket.

        Only what is given changes. With If-Match only if the ticket still has that version. Takes the scope
        `tickets:write`.

        Args:
            status: How far it is.
            priority: How urgent it is.
            subject: One line; not blank.
            team_id: The team whose queue it stands in; null: none.
            assignee_id: The agent who takes care of it; null: nobody yet.
            tags: Words to find it by.
            custom_fields: At most 50, together up to 32 KB of JSON.
            external_id: An id in your own system.
            locale: The language: `en` or `ar`.
            cc: Who else is sent it: addresses of mail.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Ticket,
            Call(
                "PATCH",
                f"/v1/tickets/{in_path(ticket_id)}",
                body={
                    "status": status,
                    "priority": priority,
                    "subject": subject,
                    "team_id": team_id,
                    "assignee_id": assignee_id,
                    "tags": tags,
                    "custom_fields": custom_fields,
                    "external_id": external_id,
                    "locale": locale,
                    "cc": cc,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def merge(
        self, ticket_id: str | int, *, into: str | int, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Ticket:
        """Merge a ticket into another.

        The ticket is closed and names the other in `merged_into`; whatever comes for it goes there from then on. The
        other shows the messages of both and waits for us if either did. Answers with the merged ticket. Takes the scope
        `tickets:write`.

        Args:
            into: The ticket that has both threads from then on: its id or number.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Ticket,
            Call(
                "POST",
                f"/v1/tickets/{in_path(ticket_id)}/merge",
                body={"into": into},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def unmerge(
        self, ticket_id: str | int, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Ticket:
        """Take a merged ticket out again.

        It stands as before it was merged. What was written since stays in the ticket that it was written in. Takes the
        scope `tickets:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Ticket,
            Call(
                "POST",
                f"/v1/tickets/{in_path(ticket_id)}/unmerge",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def split(
        self,
        ticket_id: str | int,
        *,
        message_ids: Sequence[str],
        subject: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Ticket:
        """Split messages off a ticket.

        They make a new ticket of the same team, agent and tags, which names the old one in `split_from`. It is of the
        same customer; where that one stands for several, of the one among them who wrote the messages. It is open when
        the newest of them is the customer's, pending when it is ours. Takes the scope `tickets:write`.

        Args:
            message_ids: What begins the new ticket; it is gone from this one.
            subject: One line; not blank.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Ticket,
            Call(
                "POST",
                f"/v1/tickets/{in_path(ticket_id)}/split",
                body={"message_ids": message_ids, "subject": subject},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def show_rating(self, ticket_id: str | int, *, if_none_match: int | None = None) -> answers.Rating:
        """Read a ticket's rating.

        One ticket has one rating at most; it stays with the ticket that it was given for. Takes the scope
        `tickets:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Rating,
            Call("GET", f"/v1/tickets/{in_path(ticket_id)}/rating", headers=conditions(if_none_match=if_none_match)),
        )

    def rate(
        self,
        ticket_id: str | int,
        *,
        answer: Literal["no", "partly", "yes"],
        words: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Rating:
        """Rate a ticket.

        In the customer's name, once the ticket is solved. Said again within seven days, it replaces what was said.
        Takes the scope `tickets:write`.

        Args:
            answer: Whether the question was answered.
            words: What the customer added.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Rating,
            Call(
                "POST",
                f"/v1/tickets/{in_path(ticket_id)}/rating",
                body={"answer": answer, "words": words},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )
