"""What an SMS takes and costs.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers
from diwan_client.resource import Resource, conditions
from diwan_client.transport import UNSET, Call, Unset


class SmsEstimates(Resource):
    """What an SMS takes and costs."""

    def create(
        self, *, text: str, to: str, attachments: int | Unset = UNSET, idempotency_key: str | None = None
    ) -> answers.SmsEstimate:
        """Estimate an SMS.

        Nothing is sent. Prices are estimates from a table of ours, or your own (`sms.prices` of the settings). Takes
        the scope `tickets:read`.

        Args:
            text: Plain text; not blank.
            to: E.164, or as people type it.
            attachments: How many files go with it.
            idempotency_key: made if not given: name the request, to repeat it later
        """
        return self._answer(
            answers.SmsEstimate,
            Call(
                "POST",
                "/v1/sms-estimates",
                body={"text": text, "to": to, "attachments": attachments},
                headers=conditions(idempotency_key=idempotency_key),
            ),
        )
