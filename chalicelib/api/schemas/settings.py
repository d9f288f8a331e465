"""What the shop has set. A struct a subject; a change names only what changes."""

from typing import Annotated, get_args

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.customers import TimeZone
from chalicelib.api.schemas.values import Locale
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


class Settings(Struct, kw_only=True):
    """What the shop has set."""

    time_zone: str
    sms: SmsSettings
    whatsapp: WhatsAppSettings
    version: int


class SettingsChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays, within `sms` and `whatsapp` too."""

    time_zone: TimeZone | UnsetType = UNSET
    sms: SmsSettingsChange | UnsetType = UNSET
    whatsapp: WhatsAppSettingsChange | UnsetType = UNSET
