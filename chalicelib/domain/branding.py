"""How a shop looks to its customers: colours, logos, a style sheet of its own, links, a banner.

Only the portal and mails carry it; the desk stays as it is. What a shop writes here is drawn for all its customers, so
it is checked when it is saved and trusted from then on.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from chalicelib.domain import colours, custom_css
from chalicelib.domain.colours import Palette
from chalicelib.domain.custom_css import MAX_CSS

THEMES = ("light", "dark")
LEVELS = ("info", "ok", "warn", "bad")
MAX_LINKS = 8
MAX_LINK_TEXT = 80
MAX_ADDRESS = 2000
MAX_ANNOUNCEMENT = 500

# https://www.rfc-editor.org/rfc/rfc3986#section-3.1: nothing that runs (`javascript:`) and nothing that is the page.
_ADDRESS = re.compile(
    r"(?:https?://[^\s/?#@\\]+(?:[/?#][^\s\\]*)?|mailto:[^\s\\]+|tel:\+?[0-9 ().-]+|/(?![/\\])[^\s\\]*)"
)
_MEDIA = re.compile(r"/media/[A-Za-z0-9_]+/[^\s/?#\\\"'<>()]+")


@dataclass(frozen=True)
class Link:
    """Words that lead somewhere: to http(s), mailto or tel, or to a path of this site."""

    text: str
    url: str


@dataclass(frozen=True)
class Links:
    """Those of one language, in the head and at the foot of every page."""

    header: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Logo:
    """Paths of pictures (`/media/…`) for light and for dark pages; without one for dark the light one stands in."""

    light: str | None = None
    dark: str | None = None


@dataclass(frozen=True)
class Announcement:
    """A banner over every page of the portal, in the languages it has words in, from `begins` until before `ends`."""

    level: str = "info"
    texts: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, Link] = field(default_factory=dict)
    begins: datetime | None = None
    ends: datetime | None = None

    def holds(self, now: datetime) -> bool:
        return (self.begins is None or self.begins <= now) and (self.ends is None or now < self.ends)

    def tag(self, locale: str) -> str:
        """A few letters that stand for its words in that language: whoever has read these may put them away."""
        return hashlib.sha256(repr((self.level, self.texts.get(locale), self.links.get(locale))).encode()).hexdigest()[
            :12
        ]

    def turns(self, now: datetime) -> datetime | None:
        """When it next begins or ends."""
        return min((when for when in (self.begins, self.ends) if when and when > now), default=None)


@dataclass(frozen=True)
class Branding:
    """`light` and `dark` are the colours of a theme, None for ours. Logos and links are by language."""

    light: Palette | None = None
    dark: Palette | None = None
    logos: Mapping[str, Logo] = field(default_factory=dict)
    css: str = ""
    links: Mapping[str, Links] = field(default_factory=dict)
    announcement: Announcement | None = None

    def palette(self, theme: str) -> Palette | None:
        return self.light if theme == "light" else self.dark

    def colours(self, theme: str) -> dict[str, str]:
        """All colours of a theme, as `colours.whole` names them; where none are set they follow the other theme."""
        own, other = (self.light, self.dark) if theme == "light" else (self.dark, self.light)
        return colours.whole(own or (colours.following(other, theme) if other else None), theme)

    def logo(self, locale: str, default_locale: str) -> Logo:
        """The logo of a language, else that of the shop's own."""
        return self.logos.get(locale) or self.logos.get(default_locale) or Logo()


@dataclass(frozen=True)
class Wrong:
    """What is not taken; `path` leads to it, `code` and `told` say why."""

    path: tuple[str, ...]
    code: str
    told: Mapping[str, Any] = field(default_factory=dict)


def wrong(branding: Branding) -> Iterator[Wrong]:
    """All that is wrong with it."""
    for theme in THEMES:
        yield from _wrong_colours(theme, branding.palette(theme))
    yield from _wrong_css(branding.css)
    yield from _wrong_logos(branding.logos)
    for locale, links in branding.links.items():
        for place in ("header", "footer"):
            yield from _wrong_links(("links", locale, place), getattr(links, place))
    if branding.announcement:
        yield from _wrong_announcement(branding.announcement)


def is_address(text: str) -> bool:
    """Whether a link may lead there."""
    return len(text) <= MAX_ADDRESS and text.isprintable() and bool(_ADDRESS.fullmatch(text))


def is_media(path: str) -> bool:
    """Whether it is the path of a picture that was put here."""
    return len(path) <= MAX_ADDRESS and bool(_MEDIA.fullmatch(path)) and ".." not in path


def _wrong_colours(theme: str, palette: Palette | None) -> Iterator[Wrong]:
    if palette is None:
        return
    named = {name: getattr(palette, name) for name in ("accent", "accent_2", "accent_soft", "on_accent")}
    unknown = [name for name, value in named.items() if value is not None and not colours.is_colour(value)]
    yield from (Wrong((theme, name), "no-colour") for name in unknown)
    for found in colours.unreadable(palette, theme) if not unknown else ():
        told = {
            "written": found.written,
            "ground": found.ground,
            "ratio": f"{int(found.ratio * 100) / 100:.2f}",
            "instead": found.instead,
        }
        yield Wrong((theme, found.name), "low-contrast", told)


def _wrong_css(css: str) -> Iterator[Wrong]:
    octets = len(css.encode())
    if octets > MAX_CSS:
        yield Wrong(("css",), "too-big", {"count": octets, "limit": MAX_CSS})
        return
    found = custom_css.wrong(css)
    if found:
        yield Wrong(("css",), found.code, {"line": found.line, "found": found.found})


def _wrong_logos(logos: Mapping[str, Logo]) -> Iterator[Wrong]:
    for locale, logo in logos.items():
        for theme in THEMES:
            path = getattr(logo, theme)
            if path is not None and not is_media(path):
                yield Wrong(("logos", locale, theme), "no-picture")


def _wrong_links(path: tuple[str, ...], links: tuple[Link, ...]) -> Iterator[Wrong]:
    if len(links) > MAX_LINKS:
        yield Wrong(path, "too-many", {"count": len(links), "limit": MAX_LINKS})
    for place, link in enumerate(links):
        yield from _wrong_link((*path, str(place)), link)


def _wrong_link(path: tuple[str, ...], link: Link) -> Iterator[Wrong]:
    if not link.text.strip():
        yield Wrong((*path, "text"), "blank")
    if len(link.text) > MAX_LINK_TEXT:
        yield Wrong((*path, "text"), "too-long", {"count": len(link.text), "limit": MAX_LINK_TEXT})
    if not is_address(link.url):
        yield Wrong((*path, "url"), "no-address")


def _wrong_announcement(banner: Announcement) -> Iterator[Wrong]:
    if not any(text.strip() for text in banner.texts.values()):
        yield Wrong(("announcement", "texts"), "blank")
    for locale, text in banner.texts.items():
        if len(text) > MAX_ANNOUNCEMENT:
            yield Wrong(("announcement", "texts", locale), "too-long", {"count": len(text), "limit": MAX_ANNOUNCEMENT})
    for locale, link in banner.links.items():
        yield from _wrong_link(("announcement", "links", locale), link)
    if banner.begins and banner.ends and banner.ends <= banner.begins:
        yield Wrong(("announcement", "until"), "before", {"name": "from"})
