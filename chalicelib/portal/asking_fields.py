"""The fields of a ticket that its customer fills in: the topic first, then those that go with it.

Without a script the form shows them all, each with the topics it is for; what does not go with the topic is not read.
"""

import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from chalicelib.domain.customer import Customer
from chalicelib.domain.customer_event import CustomerEvent
from chalicelib.domain.field_definition import TOPIC as TOPIC_KEY
from chalicelib.domain.field_definition import FieldDefinition
from chalicelib.domain.storable_text import storable
from chalicelib.store import customer_events, field_definitions
from chalicelib.web.visit import Visit

MAX_VALUE = 1000
MOST_EVENTS = 50
MOST_PURCHASES = 10
_ORDER = "order"
_PREFIX = "field_"
TOPIC = _PREFIX + TOPIC_KEY

_PLAIN = re.compile(r"[A-Za-z0-9_-]{1,60}")
_MISSING = {"select": "choice-missing", "multi_select": "choice-missing"}
_ARABIC_POINT = str.maketrans({"٫": ".", ",": ".", "٬": ""})


def topic() -> FieldDefinition | None:
    """The field that the others hang on, if the shop has one."""
    return next((one for one in _shown() if one.is_topic), None)


def others() -> list[tuple[str, FieldDefinition]]:
    """All others, by position, each with the name of its input."""
    return [(_name(one), one) for one in _shown() if not one.is_topic]


def purchases(viewer: Customer | None) -> list[CustomerEvent]:
    """What the customer bought last, to choose from where the shop asks for an order (a field with the key `order`)."""
    if viewer is None or not any(one.key == _ORDER for one in _shown()):
        return []
    newest, _ = customer_events.page(viewer.all_ids, MOST_EVENTS)
    return [one for one in newest if one.type == "purchase" and one.external_id][:MOST_PURCHASES]


def read(visit: Visit) -> dict[str, str]:
    """What was typed, by the names of the inputs; a box that is ticked is `1`."""
    names = [name for definition in _shown() for name in _inputs(definition)]
    return {name: storable(visit.line(name)) for name in names if name in visit.form}


def topic_fault(typed: dict[str, str]) -> dict[str, str]:
    found = topic()
    return {TOPIC: _fault(found, typed)} if found else {}


def faults(typed: dict[str, str]) -> dict[str, str]:
    """What is wrong with the others that go with the topic, by the name of the input."""
    return {_name(one): _fault(one, typed) for one in _asked(typed) if not one.is_topic}


def values(typed: dict[str, str]) -> dict[str, Any]:
    """What was given, by key, as `custom_fields` keep it; ask `faults` first."""
    found = {one.key: _value(one, typed) for one in _asked(typed)}
    return {key: value for key, value in found.items() if value not in (None, "", [])}


def _shown() -> list[FieldDefinition]:
    return [one for one in field_definitions.of("ticket") if one.shown_to_customers]


def _asked(typed: dict[str, str]) -> Iterator[FieldDefinition]:
    chosen = typed.get(TOPIC, "")
    return (one for one in _shown() if one.concerns(chosen))


def _name(definition: FieldDefinition) -> str:
    """A key may hold blanks and any letter, the id of an element may not."""
    return _PREFIX + (definition.key if _PLAIN.fullmatch(definition.key) else definition.id)


def _inputs(definition: FieldDefinition) -> list[str]:
    name = _name(definition)
    if definition.type == "multi_select":
        return [f"{name}_{at}" for at in range(len(definition.options))]
    return [name]


def _fault(definition: FieldDefinition, typed: dict[str, str]) -> str:
    raw = "".join(typed.get(name, "") for name in _inputs(definition))
    if not raw:
        missing = definition.required and definition.type != "boolean"
        return _MISSING.get(definition.type, "field-missing") if missing else ""
    if len(raw) > MAX_VALUE:
        return "field-too-long"
    return _READERS_FAULTS[definition.type] if _value(definition, typed) is None else ""


def _value(definition: FieldDefinition, typed: dict[str, str]) -> Any:
    """None for what cannot be read."""
    raw = typed.get(_name(definition), "")
    if definition.type == "number":
        return _number(raw)
    if definition.type == "date":
        return _date(raw)
    if definition.type == "boolean":
        return bool(raw)
    if definition.type == "select":
        return raw if raw in definition.values else None
    if definition.type == "multi_select":
        return [value for value, name in zip(definition.values, _inputs(definition), strict=True) if typed.get(name)]
    return raw


_READERS_FAULTS = {
    "number": "number-invalid",
    "date": "date-invalid",
    "select": "choice-missing",
    "multi_select": "choice-missing",
    "boolean": "field-missing",
    "text": "field-missing",
}


def _number(raw: str) -> int | float | None:
    """A number in whichever digits; a comma is a decimal point."""
    try:
        found = float(raw.translate(_ARABIC_POINT).replace(" ", ""))
    except ValueError:
        return None
    if not math.isfinite(found) or abs(found) >= 1e15:
        return None
    return int(found) if found.is_integer() else found


def _date(raw: str) -> str | None:
    try:
        return date.fromisoformat(raw).isoformat()
    except ValueError:
        return None
