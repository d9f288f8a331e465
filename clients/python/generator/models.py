"""The classes of answers (dataclasses) and of what stands within requests (TypedDicts)."""

import keyword
from textwrap import fill, wrap
from typing import Any

from clients.python.generator.annotations import ANSWER_CLASS, REQUEST_CLASS, Schema, annotation, class_name
from clients.python.generator.document import operations, reached

MADE = "Made of the OpenAPI document by `python -m clients.python.generator`; do not edit."
_WIDTH = 110
_ANSWERS = f'''"""What the service answers. A reader passes over fields that stand in none of these classes.

{MADE}
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
'''
_REQUESTS = f'''"""What stands within the bodies of requests, for type checkers: at run time these are plain dicts.

{MADE}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal, TypedDict

if TYPE_CHECKING:
    from typing_extensions import Required
'''


def answers(document: dict[str, Any]) -> str:
    """The module of all classes that answers are read into."""
    shown = [one.listed or one.gives or {} for one in operations(document)]
    found = reached(document, shown)
    return _ANSWERS + "".join(_dataclass(name, schema) for name, schema in found.items())


def requests(document: dict[str, Any]) -> str:
    """The module of all classes that the arguments of methods are made of."""
    inner = [schema for one in operations(document) if one.body for schema in one.body["properties"].values()]
    return _REQUESTS + "".join(_typed_dict(name, schema) for name, schema in reached(document, inner).items())


def python_name(name: str) -> str:
    """The name of a field in Python, which keeps some words for itself."""
    return f"{name}_" if keyword.iskeyword(name) else name


def docstring(text: str) -> str:
    """A text as the docstring of a class; none for none."""
    words = fill(text, _WIDTH, initial_indent="    ", subsequent_indent="    ").strip()
    return f'    """{words}"""\n' if words else ""


def _dataclass(name: str, schema: Schema) -> str:
    lines = [_field(field, told, schema) for field, told in schema["properties"].items()]
    about = docstring(schema.get("description", ""))
    head = f"\n\n@dataclass(frozen=True, kw_only=True)\nclass {class_name(name)}:\n{about}\n"
    return head + "".join(lines or ["    pass\n"])


def _field(name: str, told: Schema, schema: Schema) -> str:
    kind = annotation(told, ANSWER_CLASS)
    made = f"    {python_name(name)}: {kind}"
    if name in schema.get("required", ()):
        return made + (" = field(repr=False)\n" if told.get("format") == "password" else "\n")
    if "default" not in told or told["default"] is None:
        return made + ("" if "None" in kind else " | None") + " = None\n"
    default = told["default"]
    return made + f" = {f'field(default_factory={type(default).__name__})' if default in ([], {}) else repr(default)}\n"


def _typed_dict(name: str, schema: Schema) -> str:
    kinds = {
        field: _wanted(annotation(told, REQUEST_CLASS), field in schema.get("required", ()))
        for field, told in schema["properties"].items()
    }
    if any(map(keyword.iskeyword, kinds)):  # a class could not name such a field
        words = "".join(f"# {line}\n" for line in wrap(schema.get("description", ""), _WIDTH))
        return f"\n\n{words}{name} = TypedDict({name!r}, {kinds!r}, total=False)\n"
    lines = [f"    {field}: {kind}\n" for field, kind in kinds.items()]
    about = docstring(schema.get("description", ""))
    return f"\n\nclass {class_name(name)}(TypedDict, total=False):\n{about}\n" + "".join(lines)


def _wanted(kind: str, required: bool) -> str:
    return f"Required[{kind}]" if required else kind
