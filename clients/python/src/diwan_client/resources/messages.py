"""What was said in a ticket.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class Messages(Resource):
    """What was said in a ticket."""

    def create(
        self,
        ticket_id: str | int,
        *,
        text: str | Unset = UNSET,
        html: str | Unset | None = UNSET,
        visibility: Literal["internal", "public"] | Unset = UNSET,
        channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"] | Unset | None = UNSET,
        author: requests.Author | Unset = UNSET,
        cc: Sequence[str] | Unset = UNSET,
        attachments: Sequence[str] | Unset = UNSET,
        call: requests.PhoneCall | Unset | None = UNSET,
        last_seen_message_id: str | Unset | None = UNSET,
        status: Literal["closed", "new", "on_hold", "open", "pending", "solved"] | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Message:
        """Write a message.

        An agent's public message goes out to the customer; an internal one is a note that only agents see. A customer's
        message goes into the ticket that this one was merged into, and opens a new one when it comes more than 30 days
        after the ticket was closed: see `ticket_id` of the answer. With If-Match only if the ticket still has that
        version. Takes the scope `tickets:write`.

        Args:
            text: Plain text; not blank.
            html: HTML; cleaned of all that could run or load.
            visibility: `internal` is a note that only agents see.
            channel: How it goes out; that of the customer's newest message if not given.
            author: Who writes.
            cc: Who else is sent it: addresses of mail.
            attachments: From `POST /v1/uploads`.
            call: The phone call that it tells of; null on every channel but `phone`.
            last_seen_message_id: The newest public message you know: if there is a newer one, nothing is sent.
            status: What the ticket becomes, instead of what the rules say.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Message,
            Call(
                "POST",
                f"/v1/tickets/{in_path(ticket_id)}/messages",
                body={
                    "text": text,
                    "html": html,
                    "visibility": visibility,
                    "channel": channel,
                    "author": author,
                    "cc": cc,
                    "attachments": attachments,
                    "call": call,
                    "last_seen_message_id": last_seen_message_id,
                    "status": status,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def list(
        self, ticket_id: str | int, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET
    ) -> Page[answers.Message]:
        """List messages.

        All messages of the ticket, notes too, oldest first; with those of tickets that were merged into it. Takes the
        scope `tickets:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.Message, f"/v1/tickets/{in_path(ticket_id)}/messages", {"limit": limit, "cursor": cursor}
        )

    def retry(
        self, ticket_id: str | int, message_id: str, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.Message:
        """Send a message again.

        Sends a message anew whose delivery failed or bounced, to the same contact. A mark that a bounce left on the
        contact is taken away; one of a complaint or an opt-out stays, and the call is refused. Takes the scope
        `tickets:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Message,
            Call(
                "POST",
                f"/v1/tickets/{in_path(ticket_id)}/messages/{in_path(message_id)}/retry",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )
