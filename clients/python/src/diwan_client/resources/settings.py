"""What the shop has set for all.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

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
        names: requests.ShopTextsChange | Unset = UNSET,
        taglines: requests.ShopTextsChange | Unset = UNSET,
        addresses: requests.ShopTextsChange | Unset = UNSET,
        hours: requests.ShopTextsChange | Unset = UNSET,
        often_asked: Sequence[requests.Asked] | Unset = UNSET,
        default_locale: Literal["ar", "en"] | Unset = UNSET,
        locales: Sequence[Literal["ar", "en"]] | Unset = UNSET,
        time_zone: str | Unset = UNSET,
        receipts: Sequence[Literal["email", "portal", "sms", "whatsapp"]] | Unset = UNSET,
        rules: requests.RulesChange | Unset = UNSET,
        business_hours: requests.BusinessHoursChange | Unset = UNSET,
        branding: requests.BrandingChange | Unset = UNSET,
        sms: requests.SmsSettingsChange | Unset = UNSET,
        whatsapp: requests.WhatsAppSettingsChange | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> answers.Settings:
        """Change the settings.

        Only what is given changes. What waits for quiet hours or a cap is looked at again within the hour. Takes the
        scope `admin`.

        Args:
            names: What the shop is called, in each language.
            taglines: The sentence under the heading of the home page, in each language.
            addresses: Where the shop is, at the foot of pages and mails, in each language.
            hours: When it answers, in words, in each language.
            often_asked: What the home page offers to search.
            default_locale: The language of those whose own we do not know.
            locales: Languages that the portal speaks.
            time_zone: Where the shop's day begins and ends.
            receipts: Channels on which a new ticket is answered by a receipt.
            rules: How long tickets stay open, and closed ones can be opened again.
            business_hours: When the shop is open, and when an answer is promised.
            branding: How the shop looks to its customers.
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
                body={
                    "names": names,
                    "taglines": taglines,
                    "addresses": addresses,
                    "hours": hours,
                    "often_asked": often_asked,
                    "default_locale": default_locale,
                    "locales": locales,
                    "time_zone": time_zone,
                    "receipts": receipts,
                    "rules": rules,
                    "business_hours": business_hours,
                    "branding": branding,
                    "sms": sms,
                    "whatsapp": whatsapp,
                },
                headers=conditions(idempotency_key=idempotency_key, if_match=if_match),
            ),
        )
