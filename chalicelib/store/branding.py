"""How a shop looks, to the JSON of its row and back. What older rows do not hold is as a new shop has it."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from chalicelib.domain.branding import Announcement, Branding, Link, Links, Logo
from chalicelib.domain.colours import Palette


def stored(branding: Branding) -> dict[str, Any]:
    told = asdict(branding)
    if told["announcement"]:
        for name in ("begins", "ends"):
            told["announcement"][name] = _written(told["announcement"][name])
    return told


def branding(stored: dict[str, Any]) -> Branding:
    return Branding(
        light=_palette(stored.get("light")),
        dark=_palette(stored.get("dark")),
        logos={locale: Logo(**logo) for locale, logo in stored.get("logos", {}).items()},
        css=stored.get("css", ""),
        links={locale: _links(links) for locale, links in stored.get("links", {}).items()},
        announcement=_announcement(stored.get("announcement")),
    )


def _palette(stored: dict[str, Any] | None) -> Palette | None:
    return Palette(**stored) if stored else None


def _links(stored: dict[str, Any]) -> Links:
    return Links(*(tuple(Link(**one) for one in stored.get(place, ())) for place in ("header", "footer")))


def _announcement(stored: dict[str, Any] | None) -> Announcement | None:
    if not stored:
        return None
    links = {locale: Link(**link) for locale, link in stored["links"].items()}
    begins, ends = _read(stored["begins"]), _read(stored["ends"])
    return Announcement(stored["level"], stored["texts"], links, begins, ends)


def _written(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def _read(when: str | None) -> datetime | None:
    return datetime.fromisoformat(when) if when else None
