"""Logos: a picture in place of the shop's name, for each language on light and on dark pages.

The file goes past us into S3 by a plain form; S3 leads back here with its key, and a second press puts it in its place.
"""

from typing import Any

from chalice import Response

from chalicelib import i18n, ids, settings
from chalicelib.actions import announce_image, change_settings
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import pages
from chalicelib.domain import image
from chalicelib.domain.branding import THEMES, Logo
from chalicelib.domain.image import Image, name_of
from chalicelib.errors import NotFound
from chalicelib.store import files, shop
from chalicelib.web.doors import Doors
from chalicelib.web.uploading import let_upload

doors = Doors(desks.refuse)

HERE = "/agent/settings/logos"
TYPES = ("image/png", "image/webp")
# It is loaded with every page.
MAX_SIZE = 500_000


@doors.get(HERE)
@for_agents
@pages.for_admins
def index(desk: Desk) -> Response:
    logos = shop.load().branding.logos
    places = [(lang, theme, getattr(logos.get(lang, Logo()), theme)) for lang in i18n.LOCALES for theme in THEMES]
    return pages.show(desk, "logos", places=places)


@doors.get(HERE + "/{locale}/{theme}")
@for_agents
@pages.for_admins
def choose(desk: Desk) -> Response:
    """The form that uploads one; with the `key` of one that has arrived, that one and the button that takes it."""
    locale, theme = _place(desk)
    kind = desk.visit.query.get("type", "")
    kind = kind if kind in TYPES else TYPES[0]
    made = Image(ids.new("img"), name_of("logo", kind), kind, MAX_SIZE)
    back = f"{settings.public_url()}{HERE}/{locale}/{theme}?type={kind}"
    url, fields = files.picture_form_for(made.key, kind, MAX_SIZE, back, announce_image.FOR_GOOD)
    arrived = image.key_at("/" + desk.visit.query.get("key", ""))
    form: dict[str, Any] = {"url": url, "fields": fields, "kind": kind, "kinds": TYPES, "limit": MAX_SIZE}
    about: dict[str, Any] = {"locale_of": locale, "theme_of": theme, "arrived": f"/{arrived}" if arrived else None}
    return let_upload(pages.show(desk, "logo", form=form, here=f"{HERE}/{locale}/{theme}", **about))


@doors.post(HERE + "/{locale}/{theme}")
@for_agents
@pages.for_admins
def take(desk: Desk) -> Response:
    """Put the picture in its place, or (with none) the name back into it."""
    path = desk.visit.line("path")
    if path and (image.key_at(path) is None or files.type_of(path.removeprefix("/")) not in TYPES):
        raise NotFound("There is no such picture.")
    locale, theme = _place(desk)
    logos = dict(shop.load().branding.logos)
    kept = {one: getattr(logos.get(locale, Logo()), one) for one in THEMES} | {theme: path or None}
    logos[locale] = Logo(**kept)
    change_settings.change({"branding": {"logos": {lang: logo for lang, logo in logos.items() if logo != Logo()}}})
    return pages.done(desk, HERE, "logo-kept" if path else "logo-gone")


def _place(desk: Desk) -> tuple[str, str]:
    locale, theme = desk.visit.params["locale"], desk.visit.params["theme"]
    if locale not in i18n.LOCALES or theme not in THEMES:
        raise NotFound("There is no such logo.")
    return locale, theme
