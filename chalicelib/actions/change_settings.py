"""Changes what the shop has set: a group of settings (`sms`, …) by those of its fields that are named."""

from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from typing import Any

from chalicelib.domain.shop import Shop
from chalicelib.errors import VersionMismatch
from chalicelib.store import changes, idempotency, shop
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def change(wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None) -> Shop:
    """Set fields of the shop; those of a group are given as a mapping of its fields.

    Raises:
        VersionMismatch: `version` is given and not the settings'.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _change(wanted, keyed, version))


def _change(wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> Shop:
    old, edit = shop.load(), Changes()
    if version is not None and version != old.version:
        raise VersionMismatch(f"The settings are at version {old.version} now.")
    new = replace(old, **{name: _set(getattr(old, name), value) for name, value in wanted.items()})
    saved = shop.change(edit, old, new) if new != old else old
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
        shop.forget()
    return saved


def _set(old: Any, value: Any) -> Any:
    group = is_dataclass(old) and not isinstance(old, type)
    return replace(old, **value) if group and isinstance(value, Mapping) else value
