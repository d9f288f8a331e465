"""Fields that tickets and customers share: tags, custom fields; and what a change names."""

import json
from typing import Any

from msgspec import UNSET, Struct

from chalicelib.api.problem_words import fault
from chalicelib.errors import Invalid

# They lie on the row and on four indexes, each paid by the kilobyte; a row ends at 400 KB.
MAX_CUSTOM_OCTETS = 32_768


def given(wanted: Struct) -> dict[str, Any]:
    """The fields that were given, by name: null counts, left out does not."""
    return {name: value for name in wanted.__struct_fields__ if (value := getattr(wanted, name)) is not UNSET}


def settled(values: dict[str, Any], locale: str) -> dict[str, Any]:
    """The same values as nouns hold them: lists as tuples, tags each once, one line without white space around it.

    Raises:
        Invalid: `custom_fields` are too big.
    """
    _refuse_too_big(values.get("custom_fields"), locale)
    made: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in values.items()}
    if "tags" in made:
        made["tags"] = tuple(dict.fromkeys(tag.strip() for tag in made["tags"]))
    for name in ("subject", "name", "external_id"):
        if isinstance(made.get(name), str):
            made[name] = made[name].strip()
    return made


def _refuse_too_big(custom: dict[str, Any] | None, locale: str) -> None:
    size = len(json.dumps(custom)) if custom else 0
    if size > MAX_CUSTOM_OCTETS:
        found = fault("too-big", "/custom_fields", locale, count=size, limit=MAX_CUSTOM_OCTETS)
        raise Invalid(found.message, faults=(found,))
