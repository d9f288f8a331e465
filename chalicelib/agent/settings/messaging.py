"""SMS and WhatsApp: how long and when and for how much texts go out, and the template where no free text may go."""

from chalice import Response

from chalicelib import i18n
from chalicelib.agent import pages as desks
from chalicelib.agent.pages import Desk, for_agents
from chalicelib.agent.settings import form, pages
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.shop import Shop
from chalicelib.domain.sms_settings import MOST_PARTS
from chalicelib.store import shop, sms_spending
from chalicelib.web import numbers
from chalicelib.web.doors import Doors

doors = Doors(desks.refuse)

SMS = "/agent/settings/sms"
WHATSAPP = "/agent/settings/whatsapp"


@doors.get(SMS)
@for_agents
@pages.for_admins
def sms(desk: Desk) -> Response:
    return _sms_form(desk, _sms_as_typed(shop.load()))


@doors.post(SMS)
@for_agents
@pages.for_admins
def save_sms(desk: Desk) -> Response:
    names = {"sms_max_parts": 3, "sms_quiet_hours_begins": 5, "sms_quiet_hours_ends": 5, "sms_daily_cap": 12}
    typed = {
        **pages.lines(desk, {**names, "sms_confirm_opt_out": 3}),
        "sms_prices": desk.visit.text("sms_prices")[:5000],
    }
    wrong = _wrong_sms(typed) or form.save(desk, {"sms": _wanted_sms(typed)}, typed)
    return _sms_form(desk, typed, wrong) if wrong else pages.done(desk, SMS)


@doors.get(WHATSAPP)
@for_agents
@pages.for_admins
def whatsapp(desk: Desk) -> Response:
    return _whatsapp_form(desk, _whatsapp_as_typed(shop.load()))


@doors.post(WHATSAPP)
@for_agents
@pages.for_admins
def save_whatsapp(desk: Desk) -> Response:
    names = {f"whatsapp_languages_{lang}": 10 for lang in i18n.LOCALES}
    typed = pages.lines(desk, {"whatsapp_template": 512, **names})
    languages = {lang: name for lang in i18n.LOCALES if (name := typed[f"whatsapp_languages_{lang}"])}
    wanted = {"template": typed["whatsapp_template"] or None, "languages": languages}
    wrong = form.save(desk, {"whatsapp": wanted}, typed)
    return _whatsapp_form(desk, typed, wrong) if wrong else pages.done(desk, WHATSAPP)


def _sms_as_typed(the_shop: Shop) -> dict[str, str]:
    sms, quiet = the_shop.sms, the_shop.sms.quiet_hours
    return {
        "sms_max_parts": str(sms.max_parts),
        "sms_quiet_hours_begins": quiet.begins if quiet else "",
        "sms_quiet_hours_ends": quiet.ends if quiet else "",
        "sms_daily_cap": "" if sms.daily_cap is None else f"{sms.daily_cap:g}",
        "sms_confirm_opt_out": "yes" if sms.confirm_opt_out else "",
        "sms_prices": "\n".join(f"{region} {price:g}" for region, price in sorted(sms.prices.items())),
    }


def _wrong_sms(typed: dict[str, str]) -> dict[str, object]:
    wrong: dict[str, object] = {}
    if numbers.whole(typed["sms_max_parts"]) is None:
        wrong["sms_max_parts"] = "no-number"
    if bool(typed["sms_quiet_hours_begins"]) != bool(typed["sms_quiet_hours_ends"]):
        wrong["sms_quiet_hours_begins"] = "half-quiet"
    if typed["sms_daily_cap"] and _amount(typed["sms_daily_cap"]) is None:
        wrong["sms_daily_cap"] = "no-amount"
    if any(len(line.split()) != 2 or _amount(line.split()[1]) is None for line in _lines(typed["sms_prices"])):
        wrong["sms_prices"] = "no-prices"
    return wrong


def _wanted_sms(typed: dict[str, str]) -> dict[str, object]:
    begins, ends = (numbers.western(typed[f"sms_quiet_hours_{end}"]) for end in ("begins", "ends"))
    pairs = [line.split() for line in _lines(typed["sms_prices"])]
    return {
        "max_parts": int(typed["sms_max_parts"]),
        "quiet_hours": QuietHours(begins, ends) if begins else None,
        "daily_cap": _amount(typed["sms_daily_cap"]),
        "prices": {region.upper(): _amount(price) for region, price in pairs},
        "confirm_opt_out": bool(typed["sms_confirm_opt_out"]),
    }


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _amount(typed: str) -> float | None:
    """US dollars; a comma stands for a point."""
    digits = numbers.western(typed).replace(",", ".", 1)
    return float(digits) if digits.isascii() and digits.replace(".", "", 1).isdigit() and len(digits) < 13 else None


def _whatsapp_as_typed(the_shop: Shop) -> dict[str, str]:
    languages = {f"whatsapp_languages_{lang}": the_shop.whatsapp.languages.get(lang, "") for lang in i18n.LOCALES}
    return {"whatsapp_template": the_shop.whatsapp.template or "", **languages}


def _sms_form(desk: Desk, typed: dict[str, str], errors: dict[str, object] | None = None) -> Response:
    version = form.version_for(desk, errors)
    told = {"most_parts": MOST_PARTS, "today": sms_spending.today(), "zone": shop.read().time_zone}
    return pages.show(desk, "sms", errors=errors, typed=typed, version=version, **told)


def _whatsapp_form(desk: Desk, typed: dict[str, str], errors: dict[str, object] | None = None) -> Response:
    return pages.show(desk, "whatsapp", errors=errors, typed=typed, version=form.version_for(desk, errors))
