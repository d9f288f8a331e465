"""What the shop has set: one for all, so it has no id. Every process knows a change within a minute."""

from typing import Any

from chalicelib.actions import change_settings
from chalicelib.api import customers, fields
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.problem_words import fault
from chalicelib.api.schemas import settings as schemas
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.shop import Shop
from chalicelib.errors import Invalid
from chalicelib.store import shop


@operation("Read the settings", gives=schemas.Settings)
def show(call: Call) -> Answer:
    """All of them, as they hold now."""
    return _shown(shop.load())


@operation("Change the settings", body=schemas.SettingsChange, gives=schemas.Settings, refuses=("version-mismatch",))
def update(call: Call, body: schemas.SettingsChange) -> Answer:
    """Only what is given changes. What waits for quiet hours or a cap is looked at again within the hour."""
    wanted = fields.given(body)
    if "time_zone" in wanted:
        customers.refuse_unknown_zone(wanted["time_zone"], call.locale)
    if "sms" in wanted:
        wanted["sms"] = _sms(wanted["sms"], call.locale)
    if "whatsapp" in wanted:
        wanted["whatsapp"] = fields.given(wanted["whatsapp"])
    return _shown(change_settings.change(wanted, call.keyed(_shown), call.version))


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
    return schemas.Settings(
        time_zone=the_shop.time_zone,
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
