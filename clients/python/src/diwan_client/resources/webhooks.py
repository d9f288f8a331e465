"""Who outside is told of events, and what became of it.

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


class Webhooks(Resource):
    """Who outside is told of events, and what became of it."""

    def create(
        self,
        *,
        url: str,
        events: Sequence[
            Literal[
                "*",
                "article.archived",
                "article.published",
                "customer.created",
                "customer.erased",
                "customer.merged",
                "customer.updated",
                "mail.suspended",
                "message.delivery_changed",
                "message.received",
                "message.sent",
                "sla.breached",
                "survey.answered",
                "ticket.created",
                "ticket.erased",
                "ticket.merged",
                "ticket.solved",
                "ticket.split",
                "ticket.updated",
            ]
        ]
        | Unset = UNSET,
        description: str | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.WebhookWithSecret:
        """Make a webhook.

        From now on it is told of events, by the Standard Webhooks specification. Only this answer shows the secret.
        What it is told of the key must be able to read: `tickets:read`, and `customers:read` or `articles:read` for
        events of customers and articles; for `*` all three. Takes the scope `webhooks:write`.

        Args:
            url: A public address, by https, in printable ASCII; on port 443, or one from 1024.
            events: Types of events, as in `GET /v1/events`; `*` is all of them.
            description: What it is, for people.
            enabled: Whether it is told of events.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.WebhookWithSecret,
            Call(
                "POST",
                "/v1/webhooks",
                body={"url": url, "events": events, "description": description, "enabled": enabled},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def list(self, *, limit: int | Unset = UNSET, cursor: str | Unset = UNSET) -> Page[answers.Webhook]:
        """List webhooks.

        In the order they came. Takes the scope `webhooks:read`.

        Args:
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(answers.Webhook, "/v1/webhooks", {"limit": limit, "cursor": cursor})

    def get(self, webhook_id: str, *, if_none_match: int | None = None) -> answers.Webhook:
        """Read a webhook.

        Whether it works: `failing_since`, `enabled` and `disabled_reason` tell. Takes the scope `webhooks:read`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Webhook,
            Call("GET", f"/v1/webhooks/{in_path(webhook_id)}", headers=conditions(if_none_match=if_none_match)),
        )

    def update(
        self,
        webhook_id: str,
        *,
        url: str | Unset = UNSET,
        events: Sequence[
            Literal[
                "*",
                "article.archived",
                "article.published",
                "customer.created",
                "customer.erased",
                "customer.merged",
                "customer.updated",
                "mail.suspended",
                "message.delivery_changed",
                "message.received",
                "message.sent",
                "sla.breached",
                "survey.answered",
                "ticket.created",
                "ticket.erased",
                "ticket.merged",
                "ticket.solved",
                "ticket.split",
                "ticket.updated",
            ]
        ]
        | Unset = UNSET,
        description: str | Unset = UNSET,
        enabled: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Webhook:
        """Change a webhook.

        Only what is given changes. One that is switched on again is told of new events; older ones can be resent. To
        set `url` or `events` takes the scopes of all that the webhook is told of then, as for making it. Takes the
        scope `webhooks:write`.

        Args:
            url: A public address, by https, in printable ASCII; on port 443, or one from 1024.
            events: Types of events, as in `GET /v1/events`; `*` is all of them.
            description: What it is, for people.
            enabled: Whether it is told of events.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Webhook,
            Call(
                "PATCH",
                f"/v1/webhooks/{in_path(webhook_id)}",
                body={"url": url, "events": events, "description": description, "enabled": enabled},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def delete(self, webhook_id: str) -> None:
        """Delete a webhook.

        What is still on its way to it stops. Takes the scope `webhooks:write`.
        """
        self._done(Call("DELETE", f"/v1/webhooks/{in_path(webhook_id)}"))

    def rotate_secret(
        self, webhook_id: str, *, idempotency_key: str | None = None, if_match: int | None = None
    ) -> answers.WebhookWithSecret:
        """Change a webhook's secret.

        For 24 hours every message carries two signatures, so that the receiver can change over without missing one.
        Takes the scope `webhooks:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.WebhookWithSecret,
            Call(
                "POST",
                f"/v1/webhooks/{in_path(webhook_id)}/rotate-secret",
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )

    def test(self, webhook_id: str, *, idempotency_key: str | None = None) -> answers.WebhookDelivery:
        """Test a webhook.

        Sends it a message of the type `webhook.test`, signed and retried as any other. Takes the scope
        `webhooks:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.WebhookDelivery,
            Call(
                "POST", f"/v1/webhooks/{in_path(webhook_id)}/test", headers=conditions(idempotency_key=idempotency_key)
            ),
        )

    def resend_all(
        self,
        webhook_id: str,
        *,
        since: datetime,
        until: datetime | Unset = UNSET,
        state: Literal["delivered", "failed", "stopped"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> answers.Job:
        """Send deliveries again.

        After an outage: all of a stretch of time, by a job. A minute after it they go out, twenty a second or fewer.
        Takes the scope `webhooks:write`.

        Args:
            since: RFC 3339, UTC.
            until: RFC 3339, UTC.
            state: Only deliveries in this state; without it those that did not get through.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.Job,
            Call(
                "POST",
                f"/v1/webhooks/{in_path(webhook_id)}/resend",
                body={"since": since, "until": until, "state": state},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )

    def deliveries(
        self,
        webhook_id: str,
        *,
        state: Literal["delivered", "failed", "pending", "stopped"] | Unset = UNSET,
        limit: int | Unset = UNSET,
        cursor: str | Unset = UNSET,
    ) -> Page[answers.WebhookDelivery]:
        """List a webhook's deliveries.

        Newest first; those of the last 30 days, with every attempt. Takes the scope `webhooks:read`.

        Args:
            state: Only deliveries in this state.
            limit: At most this many.
            cursor: `next_cursor` of the page before.
        """
        return self._page(
            answers.WebhookDelivery,
            f"/v1/webhooks/{in_path(webhook_id)}/deliveries",
            {"state": state, "limit": limit, "cursor": cursor},
        )

    def resend(
        self, webhook_id: str, delivery_id: str, *, idempotency_key: str | None = None
    ) -> answers.WebhookDelivery:
        """Send a delivery again.

        Begins its schedule again, at once and with the same `webhook-id`; delivered ones too. Takes the scope
        `webhooks:write`.

        Args:
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.WebhookDelivery,
            Call(
                "POST",
                f"/v1/webhooks/{in_path(webhook_id)}/deliveries/{in_path(delivery_id)}/resend",
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )
