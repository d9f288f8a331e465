"""What stands within the bodies of requests, for type checkers: at run time these are plain dicts.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from typing_extensions import Required


class ArticleTextChanges(TypedDict, total=False):
    """By language; a language that the article does not have yet is added."""

    en: ArticleTextChange
    ar: ArticleTextChange


class ArticleTextChange(TypedDict, total=False):
    """What to change of a text; what is left out stays."""

    title: str
    body: str
    slug: str


class CategoryTextChanges(TypedDict, total=False):
    """By language; a language that the category does not have yet is added."""

    en: CategoryTextChange
    ar: CategoryTextChange


class CategoryTextChange(TypedDict, total=False):
    """What to change of a text; what is left out stays."""

    name: str
    description: str
    slug: str


class NewArticleTexts(TypedDict, total=False):
    """At least one language."""

    en: NewArticleText
    ar: NewArticleText


class NewArticleText(TypedDict, total=False):
    """A text to write. Without a `slug` one is made of the title."""

    title: Required[str]
    body: str
    slug: str


class NewCategoryTexts(TypedDict, total=False):
    """At least one language."""

    en: NewCategoryText
    ar: NewCategoryText


class NewCategoryText(TypedDict, total=False):
    """A text to write. Without a `slug` one is made of the name."""

    name: Required[str]
    description: str
    slug: str


class Amount(TypedDict, total=False):
    """Money. `value` is a text, since numbers of JSON lose digits; `currency` a code of ISO 4217."""

    value: Required[str]
    currency: Required[str]


# Hours of the customer's day in which his phone is left alone: answers by SMS and WhatsApp wait for their end.
CustomerQuietHours = TypedDict("CustomerQuietHours", {"from": "Required[str]", "to": "Required[str]"}, total=False)


class ContactWish(TypedDict, total=False):
    """A contact to have. What is left out stays as it is known, or is false; `opted_out` is of all its channels."""

    type: Required[Literal["email", "external", "phone"]]
    value: Required[str]
    verified: bool
    opted_out: bool
    opted_out_of: Sequence[Literal["email", "sms", "whatsapp"]]
    suppressed: bool


class FieldOption(TypedDict, total=False):
    """A value that may be chosen, and what it is called."""

    value: Required[str]
    names: Names


class Names(TypedDict, total=False):
    """A name in each language."""

    en: str
    ar: str


class NewNames(TypedDict, total=False):
    """A name in at least one language."""

    en: str
    ar: str


class BulkOperation(TypedDict, total=False):
    """One call of this API, as if it were made with the key that makes the job."""

    method: Required[Literal["DELETE", "PATCH", "POST"]]
    path: Required[str]
    body: Mapping[str, Any]


class MacroTextsChange(TypedDict, total=False):
    """What is written; languages left out stay."""

    en: str | None
    ar: str | None


class MacroTexts(TypedDict, total=False):
    """What is written, in at least one language."""

    en: str
    ar: str


class PhoneCall(TypedDict, total=False):
    """A phone call: `in` is one that the customer made. One that he made is answered, missed or ended in
    voicemail, one of ours never missed; only where somebody spoke, or left words, did it take seconds."""

    direction: Required[Literal["in", "out"]]
    outcome: Required[Literal["answered", "busy", "failed", "missed", "no_answer", "voicemail"]]
    seconds: int


class Asked(TypedDict, total=False):
    """Words to search for, in each language."""

    en: str
    ar: str


# Hours of one day in which the shop is open; `24:00` ends at its midnight.
OpenWindow = TypedDict("OpenWindow", {"from": "Required[str]", "to": "Required[str]"}, total=False)


class Palette(TypedDict, total=False):
    """The colours of one theme. What is null follows from `accent`."""

    accent: Required[str]
    accent_2: str | None
    accent_soft: str | None
    on_accent: str | None


class Logos(TypedDict, total=False):
    """By language."""

    en: Logo
    ar: Logo


class Logo(TypedDict, total=False):
    """A picture in place of the name, for each theme; without one for dark the light one stands there too."""

    light: str | None
    dark: str | None


class LinksByLanguage(TypedDict, total=False):
    """By language."""

    en: PageLinks
    ar: PageLinks


class PageLinks(TypedDict, total=False):
    """In the head and at the foot of every page."""

    header: Sequence[BrandLink]
    footer: Sequence[BrandLink]


class BrandLink(TypedDict, total=False):
    """Words that lead somewhere."""

    text: Required[str]
    url: Required[str]


# A banner over every page of the portal, while it holds.
Announcement = TypedDict(
    "Announcement",
    {
        "level": "Literal['bad', 'info', 'ok', 'warn']",
        "texts": "Required[AnnouncementTexts]",
        "links": "AnnouncementLinks",
        "from": "datetime | None",
        "until": "datetime | None",
    },
    total=False,
)


class AnnouncementTexts(TypedDict, total=False):
    """By language; a language without words shows no banner."""

    en: str
    ar: str


class AnnouncementLinks(TypedDict, total=False):
    """By language."""

    en: BrandLink
    ar: BrandLink


# Hours of the shop's day in which no text goes out that nobody wrote by hand. They may span midnight.
QuietHours = TypedDict("QuietHours", {"from": "Required[str]", "to": "Required[str]"}, total=False)


class ShopTextsChange(TypedDict, total=False):
    """A text in each language; null takes it away."""

    en: str | None
    ar: str | None


class RulesChange(TypedDict, total=False):
    """Of a ticket's life."""

    close_after_days: int
    reopen_within_days: int


class BusinessHoursChange(TypedDict, total=False):
    """When the shop is open. `week` and `holidays` are all that hold from then on."""

    week: Mapping[str, Sequence[OpenWindow]]
    holidays: Sequence[str]
    reply_within: int | None


class BrandingChange(TypedDict, total=False):
    """How the shop looks. What is given holds as a whole from then on: all languages of `logos`, all `links`."""

    light: Palette | None
    dark: Palette | None
    logos: Logos
    css: str
    links: LinksByLanguage
    announcement: Announcement | None


class SmsSettingsChange(TypedDict, total=False):
    """Of SMS. `prices` are all that hold from then on."""

    max_parts: int
    quiet_hours: QuietHours | None
    daily_cap: float | None
    prices: Mapping[str, float]
    confirm_opt_out: bool


class WhatsAppSettingsChange(TypedDict, total=False):
    """Of WhatsApp. `languages` are all that hold from then on."""

    template: str | None
    languages: Mapping[str, str]


class Signatures(TypedDict, total=False):
    """What stands under a team's answers, by the language of the ticket."""

    en: str | None
    ar: str | None


class Author(TypedDict, total=False):
    """Who writes: the customer, or an agent (without `id`, the one the key belongs to)."""

    type: Required[Literal["agent", "customer"]]
    id: str


class FirstMessage(TypedDict, total=False):
    """What begins a ticket; the customer's, unless its author is an agent. One of the channel `phone` has a
    `call`, and may go without `text`; all others have one."""

    text: str
    html: str | None
    author: Author
    channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"] | None
    call: PhoneCall | None
    attachments: Sequence[str]


class CustomerName(TypedDict, total=False):
    """The customer, by exactly one of `id`, `email`, `phone` and `external_id`. Whom we do not know yet is made."""

    id: str
    email: str
    phone: str
    external_id: str
    name: str
