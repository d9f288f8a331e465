"""Makes macros, changes them and takes them away. Places that nothing fills are refused by name, on saving."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain import macro as rules
from chalicelib.domain.macro import Macro
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import changes, idempotency, macros, staff
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def create(wanted: Mapping[str, Any], keyed: Keyed | None = None) -> Macro:
    """A new macro; `wanted` as in Macro, with a text in one language at least.

    Raises:
        Conflict: code `limit-reached` beyond 300 macros.
        Invalid: code `unknown-placeholder`, `no-translation` or `unknown-team`.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _create(wanted, keyed))


def change(macro_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None) -> Macro:
    """Set fields of a macro. Of `texts` the languages given; one that is None or empty is taken away.

    Raises:
        NotFound: code `macro-not-found`.
        VersionMismatch: `version` is given and not the macro's.
        Invalid, Replayed: as `create`.
    """
    return changes.again(lambda: _change(macro_id, wanted, keyed, version))


def delete(macro_id: str, version: int | None = None) -> None:
    """Take it away; what was written with it stays.

    Raises:
        NotFound: code `macro-not-found`.
        VersionMismatch: `version` is given and not the macro's.
    """
    changes.again(lambda: _delete(macro_id, version))


def named(macro_id: str) -> Macro:
    """The macro with that id. Raises NotFound."""
    found = macros.get(macro_id) if ids.is_id(macro_id, "mac") else None
    if found is None:
        raise NotFound(f"There is no macro {macro_id[:100]}.", code="macro-not-found")
    return found


def _create(wanted: Mapping[str, Any], keyed: Keyed | None) -> Macro:
    now, edit = clock.now(), Changes()
    new = _checked(Macro(ids.new("mac"), created_at=now, updated_at=now, **{**wanted, "texts": _kept(wanted["texts"])}))
    if len(macros.read()) >= rules.MOST:
        raise Conflict(f"There are {rules.MOST} macros, and there may be no more.", code="limit-reached")
    made = macros.add(edit, new)
    idempotency.record(edit, keyed, made)
    edit.commit()
    return made


def _change(macro_id: str, wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> Macro:
    old, edit = _at(macro_id, version), Changes()
    new, saved = replace(old, **{**wanted, "texts": _kept({**old.texts, **wanted.get("texts", {})})}), old
    if new != old:
        saved = macros.save(edit, old, replace(_checked(new), updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _delete(macro_id: str, version: int | None) -> None:
    edit = Changes()
    macros.delete(edit, _at(macro_id, version))
    edit.commit()


def _at(macro_id: str, version: int | None) -> Macro:
    found = named(macro_id)
    if version not in (None, found.version):
        raise VersionMismatch(f"The macro is at version {found.version} now.")
    return found


def _kept(texts: Mapping[str, str | None]) -> dict[str, str]:
    return {language: text for language, text in texts.items() if text and text.strip()}


def _checked(macro: Macro) -> Macro:
    if not macro.texts:
        raise _refused("no-translation", "A macro needs its text in one language at least.", "/texts")
    for language, text in macro.texts.items():
        for name in rules.unknown(text):
            known = ", ".join(rules.PLACEHOLDERS)
            words = f"Nothing fills {{{{{name[:100]}}}}}. There are: {known}."
            raise _refused("unknown-placeholder", words, f"/texts/{language}")
    if macro.team_id and staff.team(macro.team_id) is None:
        raise _refused("unknown-team", f"There is no team {macro.team_id[:100]}.", "/team_id")
    return macro


def _refused(code: str, words: str, pointer: str) -> Invalid:
    return Invalid(words, code=code, faults=(Fault(pointer, code, words),))
