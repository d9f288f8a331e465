"""Changes what the shop has set: a group of settings (`sms`, …) by those of its fields that are named.

The one place where settings are checked as they become: the API and the desk's pages both come through here.
"""

from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from typing import Any

from chalicelib.domain import shop as rules
from chalicelib.domain.branding import Wrong
from chalicelib.domain.shop import Shop
from chalicelib.errors import Fault, Invalid, VersionMismatch
from chalicelib.store import changes, idempotency, shop
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed

# Texts by language: the languages that are named change, and an empty one is taken away.
_TEXTS = ("names", "taglines", "addresses", "hours")


class Unfit(Invalid):
    """What was wished cannot be; `wrongs` say where and why."""

    def __init__(self, wrongs: tuple[Wrong, ...]) -> None:
        faults = tuple(Fault("/" + "/".join(one.path), one.code, one.code) for one in wrongs)
        super().__init__("These settings do not fit.", faults=faults)
        self.wrongs = wrongs


def change(wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None) -> Shop:
    """Set fields of the shop; those of a group are given as a mapping of its fields, texts by their languages.

    Raises:
        Unfit: what it would become is not taken.
        VersionMismatch: `version` is given and not the settings'.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _change(wanted, keyed, version))


def draft(wanted: Mapping[str, Any]) -> Shop:
    """The shop as `change` would make it, and nothing is written. Raises Unfit."""
    old = shop.load()
    return _fit(old, _with(old, wanted))


def _change(wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> Shop:
    old, edit = shop.load(), Changes()
    if version is not None and version != old.version:
        raise VersionMismatch(f"The settings are at version {old.version} now.")
    new = _fit(old, _with(old, wanted))
    saved = shop.change(edit, old, new) if new != old else old
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
        shop.forget()
    return saved


def _with(old: Shop, wanted: Mapping[str, Any]) -> Shop:
    return replace(old, **{name: _set(name, getattr(old, name), value) for name, value in wanted.items()})


def _fit(old: Shop, new: Shop) -> Shop:
    """The new one, unless something is wrong with it that was not before."""
    before = list(rules.wrong(old)) if new != old else []
    wrongs = tuple(one for one in rules.wrong(new) if one not in before) if new != old else ()
    if wrongs:
        raise Unfit(wrongs)
    return new


def _set(name: str, old: Any, value: Any) -> Any:
    if name in _TEXTS:
        return _said({**old, **value})
    if name == "often_asked":
        return tuple(words for one in value if (words := _said(one)))
    group = is_dataclass(old) and not isinstance(old, type)
    return replace(old, **value) if group and isinstance(value, Mapping) else value


def _said(texts: Mapping[str, str]) -> dict[str, str]:
    """By language, those that have words."""
    return {locale: text.strip() for locale, text in texts.items() if text and text.strip()}
