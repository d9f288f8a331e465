"""What the shop has set. A struct a subject; a change names only what changes."""

from typing import Annotated, Literal, get_args

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.branding import Branding, BrandingChange
from chalicelib.api.schemas.customers import TimeZone
from chalicelib.api.schemas.values import ONE_LINE, Locale
from chalicelib.domain.business_hours import MAX_HOLIDAYS, MAX_REPLY_WITHIN, MAX_WINDOWS, WEEKDAYS
from chalicelib.domain.shop import MAX_CLOSE_AFTER, MAX_OFTEN_ASKED, MAX_REOPEN_WITHIN
from chalicelib.domain.sms_settings import MOST_PARTS

Hour = Annotated[
    str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](?![\s\S])", description="HH:MM, by the shop's clock.")
]
Region = Annotated[str, Meta(pattern=r"^[A-Z]{2}(?![\s\S])", description="ISO 3166-1 alpha-2.")]
Price = Annotated[float, Meta(ge=0, le=100)]
Prices = Annotated[
    dict[Region, Price],
    Meta(max_length=300, description="US dollars a part, by region; they go before the built-in estimates."),
]
MaxParts = Annotated[
    int,
    Meta(ge=1, le=MOST_PARTS, description="A longer answer goes out as its beginning with a link to the whole."),
]
DailyCap = Annotated[
    float,
    Meta(
        ge=0,
        le=1_000_000,
        description="US dollars a day (UTC) by estimate. Texts that nobody wrote by hand wait for the next; null: off.",
    ),
]


# Meta, Message templates: "lowercase alphanumeric characters and underscores", at most 512.
Template = Annotated[
    str,
    Meta(
        pattern=r"^[a-z0-9_]{1,512}(?![\s\S])",
        description="Approved by Meta; its body takes the shop's name, the ticket's number and a link. null: none.",
    ),
]
TemplateLanguages = Annotated[
    dict[Locale, Annotated[str, Meta(pattern=r"^[a-z]{2,3}(_[A-Z]{2,3})?(?![\s\S])")]],
    Meta(
        description="The languages that it was approved in, as Meta names them, by ours.",
        extra_json_schema={"propertyNames": {"enum": list(get_args(Locale))}},  # which msgspec leaves out
    ),
]


ShopText = Annotated[str, Meta(max_length=300, pattern=ONE_LINE)]
ReceiptChannel = Literal["email", "portal", "sms", "whatsapp"]
Receipts = Annotated[
    list[ReceiptChannel], Meta(max_length=4, description="Channels on which a new ticket is answered by a receipt.")
]
Locales = Annotated[list[Locale], Meta(min_length=1, max_length=2, description="Languages that the portal speaks.")]
CloseAfter = Annotated[int, Meta(ge=1, le=MAX_CLOSE_AFTER, description="Days from solved to closed.")]
ReopenWithin = Annotated[
    int,
    Meta(
        ge=0, le=MAX_REOPEN_WITHIN, description="Days in which an answer opens a closed ticket again; later: a new one."
    ),
]
Weekday = Annotated[str, Meta(max_length=9, pattern=r"^[a-z]*(?![\s\S])")]
ClockTime = Annotated[
    str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)(?![\s\S])", description="HH:MM, by the shop's clock.")
]
Holidays = Annotated[
    list[Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?![\s\S])")]],
    Meta(max_length=MAX_HOLIDAYS, description="Dates on which it is closed, as 2026-12-25."),
]
ReplyWithin = Annotated[
    int,
    Meta(ge=1, le=MAX_REPLY_WITHIN, description="Minutes of open hours in which an answer is promised; null: none is."),
]


class ShopTexts(Struct, kw_only=True, omit_defaults=True):
    """A text in each language that there is one for."""

    en: ShopText | UnsetType = UNSET
    ar: ShopText | UnsetType = UNSET


class ShopTextsChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """A text in each language; null takes it away."""

    en: ShopText | UnsetType | None = UNSET
    ar: ShopText | UnsetType | None = UNSET


class Asked(Struct, forbid_unknown_fields=True, kw_only=True):
    """Words to search for, in each language."""

    en: Annotated[str, Meta(max_length=60, pattern=ONE_LINE)] | UnsetType = UNSET
    ar: Annotated[str, Meta(max_length=60, pattern=ONE_LINE)] | UnsetType = UNSET


OftenAsked = Annotated[
    list[Asked], Meta(max_length=MAX_OFTEN_ASKED, description="What the home page offers to search.")
]


class QuietHours(Struct, forbid_unknown_fields=True, kw_only=True):
    """Hours of the shop's day in which no text goes out that nobody wrote by hand. They may span midnight."""

    from_: Hour = field(name="from")
    to: Hour


class SmsSettings(Struct, kw_only=True):
    """Of SMS. An agent's answer is held by none of them."""

    max_parts: MaxParts
    quiet_hours: QuietHours | None
    daily_cap: DailyCap | None
    prices: Prices
    confirm_opt_out: bool


class SmsSettingsChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """Of SMS. `prices` are all that hold from then on."""

    max_parts: MaxParts | UnsetType = UNSET
    quiet_hours: QuietHours | UnsetType | None = UNSET
    daily_cap: DailyCap | UnsetType | None = UNSET
    prices: Prices | UnsetType = UNSET
    confirm_opt_out: bool | UnsetType = UNSET


class WhatsAppSettings(Struct, kw_only=True):
    """Of WhatsApp: what goes out once 24 hours have passed since a customer's last message there."""

    template: Template | None
    languages: TemplateLanguages


class WhatsAppSettingsChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """Of WhatsApp. `languages` are all that hold from then on."""

    template: Template | UnsetType | None = UNSET
    languages: TemplateLanguages | UnsetType = UNSET


class Rules(Struct, kw_only=True):
    """Of a ticket's life."""

    close_after_days: CloseAfter
    reopen_within_days: ReopenWithin


class RulesChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """Of a ticket's life."""

    close_after_days: CloseAfter | UnsetType = UNSET
    reopen_within_days: ReopenWithin | UnsetType = UNSET


class OpenWindow(Struct, forbid_unknown_fields=True, kw_only=True):
    """Hours of one day in which the shop is open; `24:00` ends at its midnight."""

    from_: ClockTime = field(name="from")
    to: ClockTime


Week = Annotated[
    dict[Weekday, Annotated[list[OpenWindow], Meta(max_length=MAX_WINDOWS)]],
    Meta(
        description="Open hours by weekday, `monday` to `sunday`; a day that is left out is closed.",
        extra_json_schema={"propertyNames": {"enum": list(WEEKDAYS)}},
    ),
]


class BusinessHours(Struct, kw_only=True):
    """When the shop is open, by its own clock, and what it promises."""

    week: Week
    holidays: Holidays
    reply_within: ReplyWithin | None


class BusinessHoursChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """When the shop is open. `week` and `holidays` are all that hold from then on."""

    week: Week | UnsetType = UNSET
    holidays: Holidays | UnsetType = UNSET
    reply_within: ReplyWithin | UnsetType | None = UNSET


class Settings(Struct, kw_only=True):
    """What the shop has set."""

    names: ShopTexts
    taglines: ShopTexts
    addresses: ShopTexts
    hours: ShopTexts
    often_asked: OftenAsked
    default_locale: Locale
    locales: Locales
    time_zone: str
    receipts: Receipts
    rules: Rules
    business_hours: BusinessHours
    branding: Branding
    sms: SmsSettings
    whatsapp: WhatsAppSettings
    version: int


class SettingsChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays, within `branding`, `sms` and the like too.

    Of texts the languages given; one that is null or empty is taken away.
    """

    names: ShopTextsChange | UnsetType = UNSET
    taglines: ShopTextsChange | UnsetType = UNSET
    addresses: ShopTextsChange | UnsetType = UNSET
    hours: ShopTextsChange | UnsetType = UNSET
    often_asked: OftenAsked | UnsetType = UNSET
    default_locale: Locale | UnsetType = UNSET
    locales: Locales | UnsetType = UNSET
    time_zone: TimeZone | UnsetType = UNSET
    receipts: Receipts | UnsetType = UNSET
    rules: RulesChange | UnsetType = UNSET
    business_hours: BusinessHoursChange | UnsetType = UNSET
    branding: BrandingChange | UnsetType = UNSET
    sms: SmsSettingsChange | UnsetType = UNSET
    whatsapp: WhatsAppSettingsChange | UnsetType = UNSET
