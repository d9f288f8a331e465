"""The shop whose desk this is: its names, hours and rules. One row, read by nearly every request."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.domain.sms_settings import SmsSettings
from chalicelib.domain.ticket import Rules


@dataclass(frozen=True)
class Shop:
    """Texts are by language. `receipts` names the channels on which a new ticket is answered by a receipt.

    `whatsapp` names the `template` that Meta has approved for what goes out after a session's 24 hours (None: nothing
    does) and, by ours, its `languages` as Meta calls them.

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
    whatsapp: Mapping[str, Any] = field(default_factory=dict)
    sms: SmsSettings = field(default_factory=SmsSettings)
    version: int = 0

    def text(self, name: str, locale: str) -> str:
        """A text of the shop (`names`, `addresses`, …) in `locale`, else in its own language, else empty."""
        texts: Mapping[str, Any] = getattr(self, name)
        return texts.get(locale) or texts.get(self.default_locale) or ""

    @property
    def whatsapp_template(self) -> str | None:
        """The name of the template, where the shop has one."""
        return self.whatsapp.get("template") or None

    def whatsapp_language(self, locale: str) -> str:
        """Meta's name of the language that the template is sent in: that of `locale`, else the shop's own."""
        languages: Mapping[str, str] = self.whatsapp.get("languages") or {}
        return languages.get(locale) or languages.get(self.default_locale) or locale

    def name(self, locale: str) -> str:
        return self.text("names", locale)
