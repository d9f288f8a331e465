"""Fields that things share: tags, names, custom fields; and what a change names."""

import json
from typing import Any

from msgspec import UNSET, Struct

from chalicelib.api.checking import json_type, pointer
from chalicelib.api.problem_words import fault
from chalicelib.domain.field_definition import Wrong, wrong_values
from chalicelib.errors import Fault, Invalid
from chalicelib.store import field_definitions

# They lie on the row and on four indexes, each paid by the kilobyte; a row ends at 400 KB.
MAX_CUSTOM_OCTETS = 32_768
LONGEST_TOLD = 500


def given(wanted: Struct) -> dict[str, Any]:
    """The fields that were given, by name: null counts, left out does not."""
    return {name: value for name in wanted.__struct_fields__ if (value := getattr(wanted, name)) is not UNSET}


def settled(values: dict[str, Any], locale: str, applies_to: str | None = None, is_new: bool = False) -> dict[str, Any]:
    """The same values as nouns hold them: lists as tuples, tags each once, one line without white space around it.

    Custom fields must be what is defined for what they apply to: ticket, customer or organization. One that `is_new`
    must have those that are required, whether custom fields are given or not.

    Raises:
        Invalid: `custom_fields` are too big, or (code `invalid-custom-field`) not as they are defined.
    """
    _refuse_too_big(values.get("custom_fields"), locale)
    if applies_to and (is_new or "custom_fields" in values):
        _refuse_undefined(applies_to, values.get("custom_fields", {}), locale)
    made: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    if "tags" in made:
        made["tags"] = tuple(dict.fromkeys(tag.strip() for tag in made["tags"]))
    for name in ("subject", "name", "external_id"):
        if isinstance(made.get(name), str):
            made[name] = made[name].strip()
    return made


def refuse_nameless(names: Struct, locale: str) -> None:
    """Raises Invalid, code `no-translation`, unless there is a name in at least one language."""
    if not given(names):
        found = fault("no-translation", "/names", locale)
        raise Invalid(found.message, code="no-translation", faults=(found,))


def _refuse_undefined(applies_to: str, custom: dict[str, Any], locale: str) -> None:
    found = tuple(_fault(one, locale) for one in wrong_values(field_definitions.of(applies_to), custom))
    if found:
        raise Invalid(found[0].message, code="invalid-custom-field", faults=found)


def _fault(wrong: Wrong, locale: str) -> Fault:
    at = "/custom_fields"
    for name in wrong.path:
        at = pointer(at, name)
    told = {name: value[:LONGEST_TOLD] for name, value in wrong.told.items()}
    return fault(wrong.code, at, locale, **told, found=json_type(wrong.value))


def _refuse_too_big(custom: dict[str, Any] | None, locale: str) -> None:
    size = len(json.dumps(custom)) if custom else 0
    if size > MAX_CUSTOM_OCTETS:
        found = fault("too-big", "/custom_fields", locale, count=size, limit=MAX_CUSTOM_OCTETS)
        raise Invalid(found.message, faults=(found,))
