"""The shop whose desk this is: its names, hours and rules. One row, read by nearly every request."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chalicelib.domain import branding as brands
from chalicelib.domain import business_hours as opening
from chalicelib.domain.branding import Branding, Wrong
from chalicelib.domain.business_hours import BusinessHours
from chalicelib.domain.sms_settings import MOST_PARTS, SmsSettings
from chalicelib.domain.ticket import Rules
from chalicelib.domain.whatsapp_settings import WhatsAppSettings

LOCALES = ("en", "ar")
# What a new ticket can be answered by, by itself.
RECEIPTS = ("email", "portal", "sms", "whatsapp")
MAX_TEXT = {"names": 100, "taglines": 200, "addresses": 300, "hours": 200}
MAX_OFTEN_ASKED = 6
MAX_ASKED = 60
MAX_CLOSE_AFTER = 90
MAX_REOPEN_WITHIN = 3650
MAX_DAILY_CAP = 1_000_000
MAX_PRICE = 100

_CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_REGION = re.compile(r"[A-Z]{2}")
# Meta, Message templates: "lowercase alphanumeric characters and underscores", at most 512.
_TEMPLATE = re.compile(r"[a-z0-9_]{1,512}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(_[A-Z]{2,3})?")


@dataclass(frozen=True)
class Shop:
    """Texts are by language. `receipts` names the channels on which a new ticket is answered by a receipt.

    `first_month` (`2026-11`) is the oldest month that imported tickets were last active in: where lists end. Empty
    where nothing was imported. `locales` are the languages that its portal speaks, `default_locale` one of them.
    `hours` are words that a page shows; what is promised is told by `business_hours`.
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
    locales: tuple[str, ...] = LOCALES
    branding: Branding = field(default_factory=Branding)
    business_hours: BusinessHours = field(default_factory=BusinessHours)
    version: int = 0

    def text(self, name: str, locale: str) -> str:
        """A text of the shop (`names`, `addresses`, …) in `locale`, else in its own language, else empty."""
        texts: Mapping[str, Any] = getattr(self, name)
        return texts.get(locale) or texts.get(self.default_locale) or ""

    def name(self, locale: str) -> str:
        return self.text("names", locale)


def wrong(shop: Shop) -> Iterator[Wrong]:
    """All that is wrong with what a shop has set."""
    if not shop.text("names", shop.default_locale).strip():
        yield Wrong(("names",), "blank")
    for name, limit in MAX_TEXT.items():
        yield from _too_long((name,), getattr(shop, name), limit)
    if not _is_time_zone(shop.time_zone):
        yield Wrong(("time_zone",), "unknown-time-zone")
    yield from _wrong_languages(shop)
    yield from _wrong_rules(shop.rules)
    yield from _wrong_sms(shop.sms)
    yield from _wrong_whatsapp(shop.whatsapp)
    if len(shop.often_asked) > MAX_OFTEN_ASKED:
        yield Wrong(("often_asked",), "too-many", {"count": len(shop.often_asked), "limit": MAX_OFTEN_ASKED})
    for at, words in enumerate(shop.often_asked):
        yield from _too_long(("often_asked", str(at)), words, MAX_ASKED)
    for found in brands.wrong(shop.branding):
        yield Wrong(("branding", *found.path), found.code, found.told)
    for amiss in opening.wrong(shop.business_hours):
        yield Wrong(("business_hours", *amiss.path), amiss.code, amiss.told)


def _is_time_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the database is an OSError
        return False
    return True


def _too_long(path: tuple[str, ...], texts: Mapping[str, str], limit: int) -> Iterator[Wrong]:
    for locale, text in texts.items():
        if len(text) > limit:
            yield Wrong((*path, locale), "too-long", {"count": len(text), "limit": limit})


def _wrong_languages(shop: Shop) -> Iterator[Wrong]:
    unknown = [locale for locale in shop.locales if locale not in LOCALES]
    if unknown or not shop.locales:
        yield Wrong(("locales",), "unknown-value" if unknown else "too-few", _ALLOWED if unknown else _ONE)
    elif shop.default_locale not in shop.locales:
        yield Wrong(("default_locale",), "unknown-value", {"allowed": ", ".join(shop.locales)})


def _wrong_rules(rules: Rules) -> Iterator[Wrong]:
    bounds = {"close_after_days": (1, MAX_CLOSE_AFTER), "reopen_within_days": (0, MAX_REOPEN_WITHIN)}
    for name, (low, high) in bounds.items():
        if not low <= getattr(rules, name) <= high:
            yield Wrong(("rules", name), "out-of-range", {"low": low, "high": high})


def _wrong_sms(sms: SmsSettings) -> Iterator[Wrong]:
    if not 1 <= sms.max_parts <= MOST_PARTS:
        yield Wrong(("sms", "max_parts"), "out-of-range", {"low": 1, "high": MOST_PARTS})
    if sms.daily_cap is not None and not 0 <= sms.daily_cap <= MAX_DAILY_CAP:
        yield Wrong(("sms", "daily_cap"), "out-of-range", {"low": 0, "high": MAX_DAILY_CAP})
    if any(not _REGION.fullmatch(region) or not 0 <= price <= MAX_PRICE for region, price in sms.prices.items()):
        yield Wrong(("sms", "prices"), "no-price", {"limit": MAX_PRICE})
    quiet = sms.quiet_hours
    for name in ("begins", "ends") if quiet else ():
        if not _CLOCK.fullmatch(getattr(quiet, name)):
            yield Wrong(("sms", "quiet_hours", name), "invalid-clock-time")
    if quiet and quiet.begins == quiet.ends:
        yield Wrong(("sms", "quiet_hours", "ends"), "same-hours")


def _wrong_whatsapp(whatsapp: WhatsAppSettings) -> Iterator[Wrong]:
    if whatsapp.template is not None and not _TEMPLATE.fullmatch(whatsapp.template):
        yield Wrong(("whatsapp", "template"), "no-template")
    for locale, language in whatsapp.languages.items():
        if not _LANGUAGE.fullmatch(language):
            yield Wrong(("whatsapp", "languages", locale), "no-language")


_ALLOWED = {"allowed": ", ".join(LOCALES)}
_ONE = {"count": 0, "limit": 1}
