"""What the shop says of its custom fields: what type a field has, what may be chosen, whether it must be there.

Fields that nobody defined stay as free as they were: integrators put their own into them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

MAX_DEFINITIONS = 200
# The select field of tickets by which others may hang: what a ticket is about.
TOPIC = "topic"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_JSON_TYPES: dict[str, tuple[str, Any]] = {
    "text": ("string", (str,)),
    "number": ("number", (int, float)),
    "boolean": ("boolean", (bool,)),
    "date": ("string", (str,)),
    "select": ("string", (str,)),
    "multi_select": ("array", (list, tuple)),
}


@dataclass(frozen=True)
class Option:
    """One of the values of a select field, and what it is called in each language."""

    value: str
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldDefinition:
    """A custom field of tickets, customers or organizations (`applies_to`), listed by `position`.

    `type` is text, number, boolean, date (YYYY-MM-DD), select or multi_select; only the last two have `options`.
    A `required` field must have a value whenever the custom fields of such a thing are written by the API.
    One that is `shown_to_customers` stands on the portal's form. One with `topics` goes only with tickets whose field
    `topic` has one of these values.
    """

    id: str
    key: str
    type: str
    applies_to: str
    names: Mapping[str, str]
    created_at: datetime
    updated_at: datetime
    options: tuple[Option, ...] = ()
    required: bool = False
    position: int = 0
    shown_to_customers: bool = False
    topics: tuple[str, ...] = ()
    version: int = 0

    @property
    def is_topic(self) -> bool:
        return self.key == TOPIC and self.type == "select" and self.applies_to == "ticket"

    def concerns(self, topic: object) -> bool:
        """Whether it goes with what the ticket is about; None or empty is nothing in particular."""
        return not self.topics or topic in self.topics

    @property
    def values(self) -> tuple[str, ...]:
        """What may be chosen."""
        return tuple(option.value for option in self.options)


@dataclass(frozen=True)
class Wrong:
    """A value that is not what its field's definition says; `path` leads to it, `code` and `told` say why."""

    path: tuple[str, ...]
    code: str
    value: Any = None
    told: Mapping[str, str] = field(default_factory=dict)


def wrong_values(definitions: Iterable[FieldDefinition], values: Mapping[str, Any]) -> Iterator[Wrong]:
    """All that is wrong with the custom fields of one thing. No value (null) is one of every type."""
    for definition in definitions:
        value = values.get(definition.key)
        if value is not None:
            yield from _wrong(definition, value)
        elif definition.required and definition.concerns(values.get(TOPIC)):
            yield Wrong((definition.key,), "field-required", told={"name": definition.key})


def wrong_option(type: str, options: Iterable[Option]) -> tuple[str, ...] | None:
    """The way to what is wrong with a field's options; None when they fit its type and each stands there once."""
    values = [option.value for option in options]
    if (type in ("select", "multi_select")) != bool(values):
        return ()
    repeated = [str(at) for at, value in enumerate(values) if value in values[:at]]
    return (repeated[0], "value") if repeated else None


def unknown_topic(definition: FieldDefinition, known: Iterable[FieldDefinition]) -> int | None:
    """Which of its topics is none that a ticket can have; None when all are."""
    offered = [value for one in known if one.is_topic for value in one.values]
    can_hang = definition.applies_to == "ticket" and not definition.is_topic
    return next((at for at, topic in enumerate(definition.topics) if not (can_hang and topic in offered)), None)


def _wrong(definition: FieldDefinition, value: Any) -> Iterator[Wrong]:
    path = (definition.key,)
    expected, types = _JSON_TYPES[definition.type]
    if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
        yield Wrong(path, "field-type", value, {"expected": expected})
    elif definition.type == "date" and not _is_date(value):
        yield Wrong(path, "invalid-date", value)
    elif definition.type == "select":
        yield from _not_offered(definition, path, value)
    elif definition.type == "multi_select":
        for at, item in enumerate(value):
            yield from _not_offered(definition, (*path, str(at)), item)


def _not_offered(definition: FieldDefinition, path: tuple[str, ...], value: Any) -> Iterator[Wrong]:
    if value not in definition.values:
        yield Wrong(path, "field-option", value, {"allowed": ", ".join(definition.values)})


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False
