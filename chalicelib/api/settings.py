"""What the shop has set: one for all, so it has no id. Every process knows a change within a minute."""

from typing import Any

from chalicelib.actions import change_settings
from chalicelib.actions.change_settings import Unfit
from chalicelib.api import branding_shapes, fields
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import settings as schemas
from chalicelib.domain.branding import Wrong
from chalicelib.domain.business_hours import Window
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.shop import Shop
from chalicelib.errors import Fault, Invalid
from chalicelib.store import shop


@operation("Read the settings", gives=schemas.Settings)
def show(call: Call) -> Answer:
    """All of them, as they hold now."""
    return _shown(shop.load())


@operation("Change the settings", body=schemas.SettingsChange, gives=schemas.Settings, refuses=("version-mismatch",))
def update(call: Call, body: schemas.SettingsChange) -> Answer:
    """Only what is given changes. What waits for quiet hours or a cap is looked at again within the hour."""
    wanted = _wanted(body, call.locale)
    try:
        return _shown(change_settings.change(wanted, call.keyed(_shown), call.version))
    except Unfit as error:
        found = tuple(_fault(one, call.locale) for one in error.wrongs)
        raise Invalid(found[0].message, faults=found) from error


def _wanted(body: schemas.SettingsChange, locale: str) -> dict[str, Any]:
    wanted = fields.given(body)
    for name in ("names", "taglines", "addresses", "hours", "whatsapp", "rules"):
        if name in wanted:
            wanted[name] = fields.given(wanted[name])
    for name in ("locales", "receipts"):
        if name in wanted:
            wanted[name] = tuple(dict.fromkeys(wanted[name]))
    if "often_asked" in wanted:
        wanted["often_asked"] = tuple(fields.given(one) for one in wanted["often_asked"])
    if "sms" in wanted:
        wanted["sms"] = _sms(wanted["sms"], locale)
    if "branding" in wanted:
        wanted["branding"] = branding_shapes.wanted(wanted["branding"])
    if "business_hours" in wanted:
        wanted["business_hours"] = _hours(wanted["business_hours"])
    return wanted


def _hours(change: schemas.BusinessHoursChange) -> dict[str, Any]:
    wanted = fields.given(change)
    if "week" in wanted:
        week = wanted["week"].items()
        wanted["week"] = {day: tuple(Window(one.from_, one.to) for one in windows) for day, windows in week if windows}
    if "holidays" in wanted:
        wanted["holidays"] = tuple(sorted(set(wanted["holidays"])))
    return wanted


def _fault(wrong: Wrong, locale: str) -> Fault:
    """In the words of the API, whose fields of times are called otherwise than the nouns'."""
    named = {"begins": "from", "ends": "to"}
    path = "".join(f"/{named.get(step, step)}" for step in wrong.path)
    return fault(wrong.code, path, locale, **wrong.told)


def _sms(change: schemas.SmsSettingsChange, locale: str) -> dict[str, Any]:
    wanted = fields.given(change)
    quiet = wanted.get("quiet_hours")
    if quiet and quiet.from_ == quiet.to:
        found = fault("same-hours", "/sms/quiet_hours/to", locale)
        raise Invalid(found.message, faults=(found,))
    if quiet:
        wanted["quiet_hours"] = QuietHours(quiet.from_, quiet.to)
    return wanted


def _shown(the_shop: Shop) -> Answer:
    return Answer(_shape(the_shop), version=the_shop.version)


def _shape(the_shop: Shop) -> schemas.Settings:
    sms = the_shop.sms
    quiet = sms.quiet_hours
    hours = the_shop.business_hours
    return schemas.Settings(
        names=schemas.ShopTexts(**the_shop.names),
        taglines=schemas.ShopTexts(**the_shop.taglines),
        addresses=schemas.ShopTexts(**the_shop.addresses),
        hours=schemas.ShopTexts(**the_shop.hours),
        often_asked=[schemas.Asked(**words) for words in the_shop.often_asked],
        default_locale=the_shop.default_locale,  # type: ignore[arg-type]
        locales=list(the_shop.locales),  # type: ignore[arg-type]
        time_zone=the_shop.time_zone,
        receipts=list(the_shop.receipts),  # type: ignore[arg-type]
        rules=schemas.Rules(**vars(the_shop.rules)),
        business_hours=schemas.BusinessHours(
            week={day: [_window(one) for one in windows] for day, windows in hours.week.items()},
            holidays=list(hours.holidays),
            reply_within=hours.reply_within,
        ),
        branding=branding_shapes.shape(the_shop.branding),
        sms=schemas.SmsSettings(
            max_parts=sms.max_parts,
            quiet_hours=schemas.QuietHours(from_=quiet.begins, to=quiet.ends) if quiet else None,
            daily_cap=sms.daily_cap,
            prices=dict(sms.prices),
            confirm_opt_out=sms.confirm_opt_out,
        ),
        whatsapp=schemas.WhatsAppSettings(
            template=the_shop.whatsapp.template,
            languages=dict(the_shop.whatsapp.languages),  # type: ignore[arg-type]
        ),
        version=the_shop.version,
    )


def _window(noun: Window) -> schemas.OpenWindow:
    return schemas.OpenWindow(from_=noun.begins, to=noun.ends)
