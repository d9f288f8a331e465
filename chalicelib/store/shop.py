"""The shop's settings, remembered for a minute: nearly every request needs them and they hardly change."""

import threading
from dataclasses import asdict, replace
from time import monotonic
from typing import Any

from pynamodb.expressions.condition import Condition

from chalicelib.domain.business_hours import as_business_hours
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.shop import Shop
from chalicelib.domain.sms_settings import SmsSettings
from chalicelib.domain.ticket import Rules
from chalicelib.domain.whatsapp_settings import WhatsAppSettings
from chalicelib.store import branding, changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ShopRow

REMEMBERED_SECONDS = 60.0

_lock = threading.Lock()
_kept: tuple[float, Shop] | None = None


def read() -> Shop:
    global _kept
    with _lock:
        if _kept is None or monotonic() - _kept[0] > REMEMBERED_SECONDS:
            _kept = (monotonic(), load())
        return _kept[1]


def save(shop: Shop) -> None:
    changes.connection()
    ShopRow(keys.shop(), settings=_stored(shop)).save()
    forget()


def load() -> Shop:
    """The settings as they are at this moment."""
    row = rows.get(ShopRow, keys.shop())
    return _as_shop(row) if row else Shop()


def change(edit: Changes, old: Shop, new: Shop) -> Shop:
    """Write `new` over `old`; stale when the settings are others by now."""
    row = rows.get(ShopRow, keys.shop())
    if (_as_shop(row) if row else Shop()) != old:
        raise changes.Stale
    saved = replace(new, version=old.version + 1)
    edit.put(ShopRow(keys.shop(), settings=_stored(saved)), _unchanged(row))
    return saved


def reach_back(month: str) -> None:
    """Let lists go back to that month (`2019-04`) at least, for tickets that are brought from elsewhere.

    Other processes hear of it within a minute.

    Raises:
        Contention: the settings were being changed again and again.
    """
    changes.again(lambda: _reach_back(month))


def _reach_back(month: str) -> None:
    row = rows.get(ShopRow, keys.shop())
    stored = dict(row.settings) if row else {}
    if month >= (stored.get("first_month") or "9999"):
        return
    edit = Changes()
    edit.put(ShopRow(keys.shop(), settings=stored | {"first_month": month}), _unchanged(row))
    edit.commit()
    forget()


def _unchanged(row: ShopRow | None) -> Condition:
    return ShopRow.settings == row.settings if row else ShopRow.pk.does_not_exist()


def forget() -> None:
    """Read anew the next time."""
    global _kept
    with _lock:
        _kept = None


def _as_shop(row: ShopRow) -> Shop:
    stored: dict[str, Any] = dict(row.settings)
    stored["rules"] = Rules(**stored.get("rules", {}))
    stored["sms"] = _sms(stored.get("sms", {}))
    stored["whatsapp"] = WhatsAppSettings(**stored.get("whatsapp", {}))
    stored["branding"] = branding.branding(stored.get("branding", {}))
    stored["business_hours"] = as_business_hours(stored.get("business_hours", {}))
    for name in ("often_asked", "receipts", "locales"):
        if name in stored:
            stored[name] = tuple(stored[name])
    return Shop(**stored)


def _stored(shop: Shop) -> dict[str, Any]:
    return asdict(shop) | {"branding": branding.stored(shop.branding)}


def _sms(stored: dict[str, Any]) -> SmsSettings:
    quiet = stored.get("quiet_hours")
    return SmsSettings(**stored | {"quiet_hours": QuietHours(**quiet) if quiet else None})
