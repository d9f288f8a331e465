"""Logos: a picture in place of the shop's name, for each language on light and on dark pages.

The file goes past us into S3 by a plain form, whose redirect leads back here and puts it in its place. That is a GET
which changes something: so it carries a seal of ours, for this agent, this picture and this place alone.
"""

from typing import Any

from chalice import Response

from chalicelib import clock, i18n, ids, settings, signing
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
    """The form that uploads one; or, when S3 leads back here with our seal, what arrived is put in its place."""
    locale, theme = _place(desk)
    key = _arrived(desk, locale, theme)
    if key and _is_logo(key):
        return _put(desk, locale, theme, f"/{key}")
    errors = {"file": "no-logo"} if key else None
    kind = desk.visit.query.get("type", "")
    kind = kind if kind in TYPES else TYPES[0]
    made = Image(ids.new("img"), name_of("logo", kind), kind, MAX_SIZE)
    back = f"{settings.public_url()}{HERE}/{locale}/{theme}?type={kind}&take={_seal(desk, locale, theme, made.key)}"
    url, fields = files.picture_form_for(made.key, kind, MAX_SIZE, back, announce_image.FOR_GOOD)
    form: dict[str, Any] = {"url": url, "fields": fields, "kind": kind, "kinds": TYPES, "limit": MAX_SIZE}
    about: dict[str, Any] = {"locale_of": locale, "theme_of": theme}
    return let_upload(pages.show(desk, "logo", errors=errors, form=form, here=f"{HERE}/{locale}/{theme}", **about))


@doors.post(HERE + "/{locale}/{theme}")
@for_agents
@pages.for_admins
def take(desk: Desk) -> Response:
    """Put a picture that is here in its place, or (with none) the name back into it."""
    path = desk.visit.line("path")
    if path and not _is_logo(image.key_at(path) or ""):
        raise NotFound("There is no such picture.")
    locale, theme = _place(desk)
    return _put(desk, locale, theme, path)


def _seal(desk: Desk, locale: str, theme: str, key: str) -> str:
    until = int(clock.now().timestamp()) + files.LINK_SECONDS
    return signing.seal("logo", [desk.agent.id, locale, theme, key, until])


def _arrived(desk: Desk, locale: str, theme: str) -> str | None:
    """The key of the file that our own form sent for this place, not long ago."""
    told, key = signing.unseal("logo", desk.visit.query.get("take", "")), desk.visit.query.get("key", "")
    if not isinstance(told, list) or told[:4] != [desk.agent.id, locale, theme, key]:
        return None
    return key if clock.now().timestamp() < told[4] else None


def _is_logo(key: str) -> bool:
    """Whether a picture lies there: S3 holds a file to the type that our form names, never to be of that type."""
    return bool(key) and image.type_by(files.beginning(key, 12) or b"") in TYPES


def _put(desk: Desk, locale: str, theme: str, path: str) -> Response:
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
