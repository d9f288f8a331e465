"""Definitions of custom fields. There are few, and many requests are checked against them: one query brings all."""

from dataclasses import replace
from time import monotonic

from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import FieldDefinitionRow, Row

REMEMBERED_SECONDS = 60.0

_kept: tuple[float, list[FieldDefinition]] | None = None


def read() -> list[FieldDefinition]:
    """All definitions, by position."""
    changes.connection()
    found = Row.query(keys.field_definition("", "")[0], consistent_read=True)
    listed = [_as_definition(row) for row in found if isinstance(row, FieldDefinitionRow)]
    return sorted(listed, key=lambda one: (one.position, one.id))


def of(applies_to: str) -> list[FieldDefinition]:
    """Those of tickets, of customers or of organizations, remembered for a minute."""
    global _kept
    if _kept is None or monotonic() - _kept[0] > REMEMBERED_SECONDS:
        _kept = (monotonic(), read())
    return [one for one in _kept[1] if one.applies_to == applies_to]


def forget() -> None:
    """Read anew the next time."""
    global _kept
    _kept = None


def add(change: Changes, definition: FieldDefinition) -> FieldDefinition:
    """Write a new definition; there can be only one of that key for the same kind of thing."""
    new = replace(definition, version=1)
    change.add(_row(new))
    return new


def save(change: Changes, old: FieldDefinition, definition: FieldDefinition) -> FieldDefinition:
    new = replace(definition, version=old.version + 1)
    change.replace(_row(new), old.version)
    return new


def delete(change: Changes, definition: FieldDefinition) -> None:
    change.delete(_row(definition), Row.version == definition.version)


def _row(definition: FieldDefinition) -> FieldDefinitionRow:
    place = keys.field_definition(definition.applies_to, definition.key)
    row = FieldDefinitionRow(place, **rows.attributes(definition, "options", "names"))
    row.names = dict(definition.names)
    row.options = [{"value": one.value, "names": dict(one.names)} for one in definition.options]
    return row


def _as_definition(row: FieldDefinitionRow) -> FieldDefinition:
    return rows.noun(FieldDefinition, row, options=tuple(Option(**one) for one in row.options or ()))
