"""The shop whose desk this is: its names, hours and rules. One row, read by nearly every request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.sms_settings import SmsSettings
from chalicelib.domain.ticket import Rules
from chalicelib.domain.whatsapp_settings import WhatsAppSettings


@dataclass(frozen=True)
class Shop:
    """Texts are by language. `receipts` names the channels on which a new ticket is answered by a receipt.

    `first_month` (`2026-11`) is the oldest month that imported tickets were last active in: where lists end. Empty
    where nothing was imported.
    """

    names: Mapping[str, str] = field(default_factory=lambda: {"en": "Diwan", "ar": "ديوان"})
    default_locale: str = "en"
    time_zone: str = "UTC"
    addresses: Mapping[str, str] = field(default_factory=dict)
    hours: Mapping[str, str] = field(default_factory=dict)
    taglines: Mapping[str, str] = field(default_factory=dict)
    often_asked: tuple[Mapping[str, str], ...] = ()
    receipts: tuple[str, ...] = ("email", "portal")
    rules: Rules = field(default_factory=Rules)
    first_month: str = ""
    whatsapp: WhatsAppSettings = field(default_factory=WhatsAppSettings)
    sms: SmsSettings = field(default_factory=SmsSettings)
    version: int = 0

    def text(self, name: str, locale: str) -> str:
        """A text of the shop (`names`, `addresses`, …) in `locale`, else in its own language, else empty."""
        texts: Mapping[str, Any] = getattr(self, name)
        return texts.get(locale) or texts.get(self.default_locale) or ""

    def name(self, locale: str) -> str:
        return self.text("names", locale)
