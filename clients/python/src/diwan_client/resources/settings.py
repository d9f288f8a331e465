"""What the shop has set for all.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from diwan_client import answers, requests
from diwan_client.resource import Resource, conditions
from diwan_client.transport import UNSET, Call, Unset


class Settings(Resource):
    """What the shop has set for all."""

    def get(self, *, if_none_match: int | None = None) -> answers.Settings:
        """Read the settings.

        All of them, as they hold now. Takes the scope `admin`.

        Args:
            if_none_match: the `version` you have: raises NotModified while it is that one
        """
        return self._answer(
            answers.Settings, Call("GET", "/v1/settings", headers=conditions(if_none_match=if_none_match))
        )

    def update(
        self,
        *,
        time_zone: str | Unset = UNSET,
        sms: requests.SmsSettingsChange | Unset = UNSET,
        whatsapp: requests.WhatsAppSettingsChange | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Settings:
        """Change the settings.

        Only what is given changes. What waits for quiet hours or a cap is looked at again within the hour. Takes the
        scope `admin`.

        Args:
            time_zone: Where the shop's day begins and ends.
            sms: About SMS.
            whatsapp: Of WhatsApp.
            idempotency_key: made if not given: name the request, to repeat it later
            if_match: change it only if it still has this `version`
        """
        return self._answer(
            answers.Settings,
            Call(
                "PATCH",
                "/v1/settings",
                body={"time_zone": time_zone, "sms": sms, "whatsapp": whatsapp},
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )
