"""The shop: what it is called, where it is, which languages its portal speaks, by which clock it lives."""

from chalice import Response

from chalicelib import i18n
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import form, pages
from chalicelib.domain.shop import MAX_TEXT, Shop
from chalicelib.store import shop
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

HERE = "/agent/settings/shop"
TEXTS = ("names", "taglines", "addresses", "hours")


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
    wrong = form.save(desk, _wanted(typed), typed)
    return _form(desk, typed, wrong) if wrong else pages.done(desk, HERE)


def _typed(desk: Desk) -> dict[str, str]:
    texts = {f"{name}_{lang}": MAX_TEXT[name] for name in TEXTS for lang in i18n.LOCALES}
    spoken = {f"speaks_{lang}": 3 for lang in i18n.LOCALES}
    return pages.lines(desk, {**texts, **spoken, "default_locale": 10, "time_zone": 64})


def _as_typed(the_shop: Shop) -> dict[str, str]:
    texts = {f"{name}_{lang}": getattr(the_shop, name).get(lang, "") for name in TEXTS for lang in i18n.LOCALES}
    spoken = {f"speaks_{lang}": "yes" if lang in the_shop.locales else "" for lang in i18n.LOCALES}
    return {**texts, **spoken, "default_locale": the_shop.default_locale, "time_zone": the_shop.time_zone}


def _wanted(typed: dict[str, str]) -> dict[str, object]:
    texts = {name: {lang: typed[f"{name}_{lang}"] for lang in i18n.LOCALES} for name in TEXTS}
    spoken = tuple(lang for lang in i18n.LOCALES if typed[f"speaks_{lang}"])
    return {**texts, "locales": spoken, "default_locale": typed["default_locale"], "time_zone": typed["time_zone"]}


def _form(desk: Desk, typed: dict[str, str], errors: dict[str, object] | None = None) -> Response:
    version = form.version_for(desk, errors)
    return pages.show(desk, "shop", errors=errors, typed=typed, version=version, zones=_zones())


def _zones() -> list[tuple[str, str]]:
    from zoneinfo import available_timezones

    known = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith(("Etc/", "posix/")))
    return [(zone, zone) for zone in ("UTC", *known)]
