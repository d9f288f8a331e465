"""How the shop looks to its customers. Colours of which words could not be read are refused, with one that can be."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.values import NO_NUL, ONE_LINE, Time
from chalicelib.domain.branding import MAX_ADDRESS, MAX_ANNOUNCEMENT, MAX_LINK_TEXT, MAX_LINKS
from chalicelib.domain.custom_css import MAX_CSS

Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}(?![\s\S])", description="As `#27408b`.", examples=["#27408b"])]
Css = Annotated[
    str,
    Meta(
        max_length=MAX_CSS,
        pattern=NO_NUL,
        description="For the portal: no `@import`, no escapes, addresses only of `/media/` and `data:image`.",
    ),
]
MediaPath = Annotated[
    str,
    Meta(max_length=MAX_ADDRESS, pattern=ONE_LINE, description="From `POST /v1/images`, as `/media/…`; null: none."),
]
LinkText = Annotated[str, Meta(max_length=MAX_LINK_TEXT, pattern=ONE_LINE)]
LinkAddress = Annotated[
    str,
    Meta(max_length=MAX_ADDRESS, pattern=ONE_LINE, description="https, http, mailto, tel, or a path of the portal."),
]


class Palette(Struct, forbid_unknown_fields=True, kw_only=True):
    """The colours of one theme. What is null follows from `accent`."""

    accent: Colour
    accent_2: Colour | None = None
    accent_soft: Colour | None = None
    on_accent: Colour | None = None


class Logo(Struct, forbid_unknown_fields=True, kw_only=True):
    """A picture in place of the name, for each theme; without one for dark the light one stands there too."""

    light: MediaPath | None = None
    dark: MediaPath | None = None


class Logos(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """By language."""

    en: Logo | UnsetType = UNSET
    ar: Logo | UnsetType = UNSET


class BrandLink(Struct, forbid_unknown_fields=True, kw_only=True):
    """Words that lead somewhere."""

    text: LinkText
    url: LinkAddress


LinkList = Annotated[list[BrandLink], Meta(max_length=MAX_LINKS)]


class PageLinks(Struct, forbid_unknown_fields=True, kw_only=True):
    """In the head and at the foot of every page."""

    header: LinkList = field(default_factory=list)
    footer: LinkList = field(default_factory=list)


class LinksByLanguage(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """By language."""

    en: PageLinks | UnsetType = UNSET
    ar: PageLinks | UnsetType = UNSET


class AnnouncementTexts(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """By language; a language without words shows no banner."""

    en: Annotated[str, Meta(max_length=MAX_ANNOUNCEMENT, pattern=ONE_LINE)] | UnsetType = UNSET
    ar: Annotated[str, Meta(max_length=MAX_ANNOUNCEMENT, pattern=ONE_LINE)] | UnsetType = UNSET


class AnnouncementLinks(Struct, forbid_unknown_fields=True, kw_only=True, omit_defaults=True):
    """By language."""

    en: BrandLink | UnsetType = UNSET
    ar: BrandLink | UnsetType = UNSET


class Announcement(Struct, forbid_unknown_fields=True, kw_only=True):
    """A banner over every page of the portal, while it holds."""

    level: Literal["info", "ok", "warn", "bad"] = "info"
    texts: AnnouncementTexts
    links: AnnouncementLinks = field(default_factory=AnnouncementLinks)
    from_: Time | None = field(name="from", default=None)
    until: Time | None = None


class Branding(Struct, kw_only=True):
    """How the shop looks. `light` and `dark` are null where the colours are Diwan's own."""

    light: Palette | None
    dark: Palette | None
    logos: Logos
    css: Css
    links: LinksByLanguage
    announcement: Announcement | None


class BrandingChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """How the shop looks. What is given holds as a whole from then on: all languages of `logos`, all `links`."""

    light: Palette | UnsetType | None = UNSET
    dark: Palette | UnsetType | None = UNSET
    logos: Logos | UnsetType = UNSET
    css: Css | UnsetType = UNSET
    links: LinksByLanguage | UnsetType = UNSET
    announcement: Announcement | UnsetType | None = UNSET
