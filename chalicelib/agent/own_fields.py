"""The custom fields of a ticket in words: as the shop names them, else by their bare keys."""

from collections.abc import Mapping
from typing import Any

from chalicelib import i18n
from chalicelib.domain.field_definition import FieldDefinition
from chalicelib.domain.ticket import Ticket
from chalicelib.store import field_definitions


def told(ticket: Ticket, lang: str) -> list[tuple[str, str]]:
    """Each field that has a value with its name, the defined ones first and in their order."""
    defined = {one.key: one for one in field_definitions.of("ticket")}
    keys = [key for key in defined if key in ticket.custom_fields]
    keys += [key for key in ticket.custom_fields if key not in defined]
    given = [(key, ticket.custom_fields[key]) for key in keys]
    return [
        (_name(defined.get(key), key, lang), _words(defined.get(key), value, lang))
        for key, value in given
        if value not in (None, "")
    ]


def _name(definition: FieldDefinition | None, key: str, lang: str) -> str:
    return _in(definition.names, lang) or key if definition else key


def _words(definition: FieldDefinition | None, value: Any, lang: str) -> str:
    if isinstance(value, bool):
        return i18n.translate(lang, "Yes") if value else i18n.translate(lang, "No")
    if isinstance(value, int | float):
        return i18n.number(value, lang)
    if isinstance(value, list | tuple):
        return i18n.translate(lang, ", ").join(_words(definition, one, lang) for one in value)
    options = definition.options if definition else ()
    option = next((one for one in options if one.value == value), None)
    return _in(option.names, lang) or str(value) if option else str(value)


def _in(names: Mapping[str, str], lang: str) -> str:
    return names.get(lang) or next(iter(names.values()), "")
