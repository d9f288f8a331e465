"""How a shop looks: between the API's Structs and the nouns."""

from typing import Any

from msgspec import UNSET, Struct

from chalicelib.api import fields
from chalicelib.api.schemas import branding as schemas
from chalicelib.domain.branding import Announcement, Branding, Link, Links, Logo
from chalicelib.domain.colours import Palette


def wanted(change: schemas.BrandingChange) -> dict[str, Any]:
    """What is to change, as fields of the noun."""
    told = fields.given(change)
    made = {name: told[name] for name in ("css",) if name in told}
    made |= {theme: _palette(told[theme]) for theme in ("light", "dark") if theme in told}
    if "logos" in told:
        made["logos"] = {locale: Logo(one.light, one.dark) for locale, one in fields.given(told["logos"]).items()}
    if "links" in told:
        made["links"] = {locale: _links(one) for locale, one in fields.given(told["links"]).items()}
    if "announcement" in told:
        made["announcement"] = _announcement(told["announcement"])
    return made


def shape(noun: Branding) -> schemas.Branding:
    return schemas.Branding(
        light=_shown(noun.light),
        dark=_shown(noun.dark),
        logos=schemas.Logos(
            **{locale: schemas.Logo(light=one.light, dark=one.dark) for locale, one in noun.logos.items()}
        ),
        css=noun.css,
        links=schemas.LinksByLanguage(
            **{
                locale: schemas.PageLinks(header=_listed(one.header), footer=_listed(one.footer))
                for locale, one in noun.links.items()
            }
        ),
        announcement=_banner(noun.announcement),
    )


def _palette(told: schemas.Palette | None) -> Palette | None:
    return Palette(told.accent, told.accent_2, told.accent_soft, told.on_accent) if told else None


def _shown(palette: Palette | None) -> schemas.Palette | None:
    return schemas.Palette(**vars(palette)) if palette else None


def _links(told: schemas.PageLinks) -> Links:
    return Links(
        *(tuple(Link(one.text.strip(), one.url.strip()) for one in place) for place in (told.header, told.footer))
    )


def _listed(links: tuple[Link, ...]) -> list[schemas.BrandLink]:
    return [schemas.BrandLink(text=one.text, url=one.url) for one in links]


def _announcement(told: schemas.Announcement | None) -> Announcement | None:
    if told is None:
        return None
    links = {locale: Link(one.text.strip(), one.url.strip()) for locale, one in _by_language(told.links).items()}
    return Announcement(told.level, _by_language(told.texts), links, told.from_, told.until)


def _banner(noun: Announcement | None) -> schemas.Announcement | None:
    if noun is None:
        return None
    links = {locale: schemas.BrandLink(text=one.text, url=one.url) for locale, one in noun.links.items()}
    return schemas.Announcement(
        level=noun.level,  # type: ignore[arg-type]
        texts=schemas.AnnouncementTexts(**noun.texts),
        links=schemas.AnnouncementLinks(**links),
        from_=noun.begins,
        until=noun.ends,
    )


def _by_language(told: Struct) -> dict[str, Any]:
    return {locale: value for locale in told.__struct_fields__ if (value := getattr(told, locale)) is not UNSET}
