"""How the shop looks: names, colours, links, a style sheet of its own; and how that would look before it is saved.

The preview is the same form sent to another address, into a frame of the page: it works without a script, and no rule
is written twice. What may not be saved is not drawn either.
"""

import secrets

from chalice import Response

from chalicelib import i18n, render
from chalicelib.actions import change_settings
from chalicelib.actions.change_settings import Unfit
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import form, pages
from chalicelib.domain import brand_sheet
from chalicelib.domain.branding import MAX_ADDRESS, MAX_LINK_TEXT, MAX_LINKS, THEMES, Link, Links
from chalicelib.domain.colours import Palette, whole
from chalicelib.domain.custom_css import MAX_CSS
from chalicelib.domain.shop import MAX_TEXT, Shop
from chalicelib.store import shop
from chalicelib.web import answer
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/branding"
COLOURS = ("accent", "accent_2", "accent_soft", "on_accent")
PLACES = ("header", "footer")
TEXTS = ("names", "taglines")
_LINES = MAX_LINKS * (MAX_LINK_TEXT + MAX_ADDRESS)


@doors.get(HERE)
@for_agents
@pages.for_admins
def show(desk: Desk) -> Response:
    return _form(desk, _as_typed(shop.load()))


@doors.post(HERE)
@for_agents
@pages.for_admins
def save(desk: Desk) -> Response:
    typed = _typed(desk)
    wrong = form.save(desk, _wanted(typed), typed, "branding")
    return _form(desk, typed, wrong) if wrong else pages.done(desk, HERE)


@doors.post(HERE + "/preview")
@for_agents
@pages.for_admins
def preview(desk: Desk) -> Response:
    """A page of the portal as it would be, or what keeps it from being so."""
    typed = _typed(desk)
    lang = desk.visit.line("shown_in") if desk.visit.line("shown_in") in i18n.LOCALES else desk.lang
    theme = desk.visit.line("shown_theme") if desk.visit.line("shown_theme") in THEMES else "light"
    try:
        draft, errors = change_settings.draft(_wanted(typed)), {}
    except Unfit as error:
        draft, errors = shop.load(), form.faults(error.wrongs, typed, "branding")
    nonce = secrets.token_urlsafe(16)
    sheet = brand_sheet.sheet(draft.branding)
    page = render.page("fragments/branding_sample", lang, **_sample(draft, lang, theme, sheet, nonce), errors=errors)
    return answer.framed(desk.visit, page, nonce)


def _typed(desk: Desk) -> dict[str, str]:
    texts = {f"{name}_{lang}": MAX_TEXT[name] for name in TEXTS for lang in i18n.LOCALES}
    shades = {f"{theme}_{name}": 7 for theme in THEMES for name in COLOURS}
    typed = pages.lines(desk, {**texts, **shades})
    typed |= {f"links_{lang}_{place}": "" for lang in i18n.LOCALES for place in PLACES}
    typed |= {name: desk.visit.text(name)[:_LINES] for name in typed if name.startswith("links_")}
    return {**typed, "css": desk.visit.text("css")[: MAX_CSS + 1]}


def _as_typed(the_shop: Shop) -> dict[str, str]:
    looks = the_shop.branding
    typed = {f"{name}_{lang}": getattr(the_shop, name).get(lang, "") for name in TEXTS for lang in i18n.LOCALES}
    for theme in THEMES:
        palette = looks.palette(theme)
        typed |= {f"{theme}_{name}": (getattr(palette, name) if palette else None) or "" for name in COLOURS}
    for lang in i18n.LOCALES:
        links = looks.links.get(lang, Links())
        typed |= {f"links_{lang}_{place}": _written(getattr(links, place)) for place in PLACES}
    return {**typed, "css": looks.css}


def _wanted(typed: dict[str, str]) -> dict[str, object]:
    texts = {name: {lang: typed[f"{name}_{lang}"] for lang in i18n.LOCALES} for name in TEXTS}
    links = {lang: Links(*(_links(typed[f"links_{lang}_{place}"]) for place in PLACES)) for lang in i18n.LOCALES}
    looks: dict[str, object] = {theme: _palette(typed, theme) for theme in THEMES}
    looks["links"] = {lang: one for lang, one in links.items() if one != Links()}
    return {**texts, "branding": {**looks, "css": typed["css"]}}


def _palette(typed: dict[str, str], theme: str) -> Palette | None:
    """None where no colour is named; with the others alone, ours is the accent."""
    named = {name: typed[f"{theme}_{name}"].lower() or None for name in COLOURS}
    accent = named.pop("accent") or whole(None, theme)["accent"]
    return Palette(accent, **named) if any(named.values()) or typed[f"{theme}_accent"] else None


def _links(typed: str) -> tuple[Link, ...]:
    """`Our shop | https://shop.example.org`, one a line."""
    told = [line if "|" in line else f"{line} |" for line in typed.splitlines() if line.strip()]
    parted = [line.rpartition("|") for line in told]
    return tuple(Link(words.strip(), address.strip()) for words, _, address in parted)


def _written(links: tuple[Link, ...]) -> str:
    return "\n".join(f"{link.text} | {link.url}" for link in links)


def _sample(draft: Shop, lang: str, theme: str, sheet: str, nonce: str) -> dict[str, object]:
    other = "ar" if lang == "en" else "en"
    frame = {"theme": theme, "csrf": "", "once": "", "path": f"/{lang}/", "other": other, "alternate": f"/{other}/"}
    nobody: dict[str, object] = {"viewer": None, "area": "help", "by_link": False, "public": False, "typed": {}}
    looks = {"shop": draft, "announcement": None, "brand_sheet": None, "sheet": sheet, "nonce": nonce}
    return {**frame, **nobody, **looks}


def _form(desk: Desk, typed: dict[str, str], errors: dict[str, object] | None = None) -> Response:
    return pages.show(
        desk,
        "branding",
        errors=errors,
        typed=typed,
        version=form.version_for(desk, errors),
        looks=shop.load().branding,
        ours={theme: whole(None, theme) for theme in THEMES},
        colours=COLOURS,
    )
