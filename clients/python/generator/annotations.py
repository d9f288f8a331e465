"""JSON Schema as Python annotations. Answers are read into lists and dicts; requests take any sequence or mapping."""

from dataclasses import dataclass
from typing import Any

Schema = dict[str, Any]

_PLAIN = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


@dataclass(frozen=True)
class Side:
    """Where an annotation stands: `prefix` goes before the names of classes."""

    prefix: str
    sequence: str
    mapping: str


ANSWER_CLASS = Side("", "list", "dict")
ANSWER = Side("answers.", "list", "dict")
REQUEST_CLASS = Side("", "Sequence", "Mapping")
REQUEST = Side("requests.", "Sequence", "Mapping")


def annotation(schema: Schema, side: Side) -> str:
    """The annotation of what `schema` describes."""
    if "$ref" in schema:
        return side.prefix + class_name(name_of(schema))
    if "enum" in schema:
        return f"Literal[{', '.join(repr(one) for one in schema['enum'])}]"
    if "anyOf" in schema or "oneOf" in schema:
        members = [annotation(one, side) for one in schema.get("anyOf") or schema["oneOf"]]
        return " | ".join(sorted(dict.fromkeys(members), key="None".__eq__))
    return _of_type(schema, side)


def name_of(schema: Schema) -> str:
    """The name of the component that a `$ref` refers to."""
    return str(schema["$ref"]).rpartition("/")[2]


def class_name(component: str) -> str:
    """The name of a component's class: what the document calls `Page_Ticket_`, a page of tickets, is `TicketPage`."""
    generic, _, item = component.rstrip("_").partition("_")
    return item + generic


def _of_type(schema: Schema, side: Side) -> str:
    kind = schema.get("type")
    if kind == "string" and schema.get("format") == "date-time":
        return "datetime"
    if kind == "array":
        return f"{side.sequence}[{annotation(schema.get('items', {}), side)}]"
    if kind == "object":
        values = schema.get("additionalProperties", True)
        return f"{side.mapping}[str, {annotation(values, side) if isinstance(values, dict) else 'Any'}]"
    return _PLAIN.get(str(kind), "Any")
