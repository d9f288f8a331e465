"""Defines custom fields. What a field is for, its key and its type stay; values that stand already are left alone."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain import ordering
from chalicelib.domain.field_definition import MAX_DEFINITIONS, FieldDefinition, unknown_topic, wrong_option
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import changes, field_definitions, idempotency
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def create(wanted: Mapping[str, Any], keyed: Keyed | None = None) -> FieldDefinition:
    """A new definition; `wanted` as in FieldDefinition.

    Raises:
        Conflict: code `field-taken`, there is one of this key; `limit-reached` beyond 200 definitions.
        Invalid: code `invalid-options`, or `unknown-topic`.
        Replayed: the idempotency key was there before.
    """
    made = changes.again(lambda: _create(wanted, keyed))
    field_definitions.forget()
    return made


def change(
    field_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None
) -> FieldDefinition:
    """Set names (the languages given), options, position, topics, whether it is required, or shown to customers.

    Raises:
        NotFound: no such definition.
        VersionMismatch: `version` is given and not the definition's.
        Invalid: code `invalid-options`, or `unknown-topic`.
        Replayed: the idempotency key was there before.
    """
    made = changes.again(lambda: _change(field_id, wanted, keyed, version))
    field_definitions.forget()
    return made


def move(field_id: str, after: str | None) -> None:
    """Put a definition behind another one for the same kind of thing; None: before all of them.

    Raises:
        NotFound: no such definition.
        Invalid: code `unknown-neighbour`, there is no other one of that id for the same kind of thing.
    """
    changes.again(lambda: _move(field_id, after))
    field_definitions.forget()


def delete(field_id: str) -> None:
    """Take the definition away; values that were given stay, and are checked no more. Raises NotFound."""
    changes.again(lambda: _delete(field_id))
    field_definitions.forget()


def named(field_id: str) -> FieldDefinition:
    """The definition with that id. Raises NotFound."""
    found = next((one for one in field_definitions.read() if one.id == field_id), None)
    if found is None:
        raise NotFound(f"There is no field {field_id[:100]}.", code="field-not-found")
    return found


def _create(wanted: Mapping[str, Any], keyed: Keyed | None) -> FieldDefinition:
    known, now, edit = field_definitions.read(), clock.now(), Changes()
    new = FieldDefinition(id=ids.new("fld"), created_at=now, updated_at=now, **wanted)
    _refuse_taken(new, known)
    if len(known) >= MAX_DEFINITIONS:
        raise Conflict(f"There are {MAX_DEFINITIONS} fields, and there may be no more.", code="limit-reached")
    _refuse_wrong_options(new)
    _refuse_unknown_topic(new, known)
    made = field_definitions.add(edit, new)
    idempotency.record(edit, keyed, made)
    edit.commit()
    return made


def _change(field_id: str, wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> FieldDefinition:
    old, edit = named(field_id), Changes()
    if version is not None and version != old.version:
        raise VersionMismatch(f"The field is at version {old.version} now.")
    names = {**old.names, **wanted.get("names", {})}
    new, saved = replace(old, **{**wanted, "names": names}), old
    if new != old:
        _refuse_wrong_options(new)
        if new.topics != old.topics:
            _refuse_unknown_topic(new, field_definitions.read())
        saved = field_definitions.save(edit, old, replace(new, updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _move(field_id: str, after: str | None) -> None:
    kind = named(field_id).applies_to
    known = {one.id: one for one in field_definitions.read() if one.applies_to == kind}
    if after is not None and after not in known.keys() - {field_id}:
        words = "There is no other field with this id for the same kind of thing."
        raise Invalid(words, code="unknown-neighbour", faults=(Fault("/after", "unknown-neighbour", words),))
    numbers = ordering.moved([(one.id, one.position) for one in known.values()], field_id, after)
    moved, now = list(numbers.items()), clock.now()
    for start in range(0, len(moved), changes.MAX_ROWS):
        edit = Changes()
        for id, number in moved[start : start + changes.MAX_ROWS]:
            field_definitions.save(edit, known[id], replace(known[id], position=number, updated_at=now))
        edit.commit()


def _delete(field_id: str) -> None:
    edit = Changes()
    field_definitions.delete(edit, named(field_id))
    edit.commit()


def _refuse_taken(new: FieldDefinition, known: list[FieldDefinition]) -> None:
    if any((one.applies_to, one.key) == (new.applies_to, new.key) for one in known):
        words = f"There is a field “{new.key}” of this {new.applies_to} already."
        raise Conflict(words, code="field-taken", faults=(Fault("/key", "field-taken", words),))


def _refuse_wrong_options(new: FieldDefinition) -> None:
    path = wrong_option(new.type, new.options)
    if path is not None:
        words = "Select fields have options, each value once; fields of other types have none."
        pointer = "/".join(("", "options", *path))
        raise Invalid(words, code="invalid-options", faults=(Fault(pointer, "invalid-options", words),))


def _refuse_unknown_topic(new: FieldDefinition, known: list[FieldDefinition]) -> None:
    at = unknown_topic(new, known)
    if at is not None:
        words = "Topics are values of the select field “topic” of tickets, and for other fields of tickets only."
        raise Invalid(words, code="unknown-topic", faults=(Fault(f"/topics/{at}", "unknown-topic", words),))
