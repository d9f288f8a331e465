"""Macros: one query brings them all, in the order in which they are offered."""

from dataclasses import replace

from chalicelib.domain.macro import Macro, in_order
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import MacroRow, Row


def read() -> list[Macro]:
    """All of them, by position and name."""
    changes.connection()
    found = Row.query(keys.macro("")[0], consistent_read=True)
    return in_order([rows.noun(Macro, row) for row in found if isinstance(row, MacroRow)])


def get(macro_id: str) -> Macro | None:
    row = rows.get(MacroRow, keys.macro(macro_id))
    return rows.noun(Macro, row) if row else None


def add(change: Changes, macro: Macro) -> Macro:
    new = replace(macro, version=1)
    change.add(_row(new))
    return new


def save(change: Changes, old: Macro, macro: Macro) -> Macro:
    new = replace(macro, version=old.version + 1)
    change.replace(_row(new), old.version)
    return new


def delete(change: Changes, macro: Macro) -> None:
    """Only while it is as it was read."""
    change.delete(_row(macro), Row.version == macro.version)


def _row(macro: Macro) -> MacroRow:
    return MacroRow(keys.macro(macro.id), **rows.attributes(macro, "texts"), texts=dict(macro.texts))
