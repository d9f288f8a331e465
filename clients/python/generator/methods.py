"""The classes of resources: a method for each operation, with an argument for each thing it takes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from clients.python.generator.annotations import ANSWER, REQUEST, Schema, annotation
from clients.python.generator.document import Operation, operations
from clients.python.generator.models import MADE, python_name

# In the address of a ticket its number stands as well as its id.
_NUMBERED = "tickets"
_WIDTH = 112
_HEADERS = {
    "IdempotencyKey": ("idempotency_key", "str", "made if not given: name the request, to repeat it later"),
    "IfMatch": ("if_match", "int", "change it only if it still has this `version`"),
    "IfNoneMatch": ("if_none_match", "int", "the `version` you have: raises NotModified while it is that one"),
}
_HEAD = f'''"""{{about}}

{MADE}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from diwan_client import answers, requests
from diwan_client.pages import Page
from diwan_client.resource import Resource, conditions, in_path
from diwan_client.transport import UNSET, Call, Unset


class {{name}}(Resource):
    """{{about}}"""
'''
_ALL = f'''"""All resources, by name.

{MADE}
"""

from __future__ import annotations

{{imports}}
from diwan_client.transport import Transport


class Resources:
    """Every call of the API, under the name of what it is about."""

    def __init__(self, transport: Transport) -> None:
{{made}}'''


@dataclass(frozen=True)
class Argument:
    """`json_name` is what the service calls it, `default` its default as Python, empty for none."""

    name: str
    json_name: str
    kind: str
    default: str
    about: str

    def __str__(self) -> str:
        return f"{self.name}: {self.kind}" + (f" = {self.default}" if self.default else "")


def modules(document: dict[str, Any]) -> dict[str, str]:
    """The module of each resource, by its name."""
    about = {tag["name"]: tag["description"] for tag in document["tags"]}
    found: dict[str, list[Operation]] = {}
    for one in operations(document):
        found.setdefault(one.resource, []).append(one)
    return {
        name: _HEAD.format(about=about.get(name, ""), name=class_name(name)) + "".join(map(_method, of))
        for name, of in found.items()
    }


def together(names: list[str]) -> str:
    """The module that holds one of each resource."""
    imports = "\n".join(f"from diwan_client.resources.{name} import {class_name(name)}" for name in sorted(names))
    made = "".join(f"        self.{name} = {class_name(name)}(transport)\n" for name in names)
    return _ALL.format(imports=imports, made=made)


def class_name(resource: str) -> str:
    return "".join(word.capitalize() for word in resource.split("_"))


def _method(one: Operation) -> str:
    places = [Argument(_place(one, name), name, _place_kind(one, name), "", "") for name in one.in_path]
    named = [*_body(one), *_query(one), *_headers(one)]
    arguments = ", ".join(["self", *map(str, places), *(["*"] if named else []), *map(str, named)])
    return f"\n    def {one.method}({arguments}) -> {_gives(one)}:\n{_docstring(one, named)}{_work(one, places)}"


def _place(one: Operation, name: str) -> str:
    """What the address calls `{id}` stands behind the plural of what it is the id of."""
    if name != "id":
        return f"{name}_id"
    resource = one.path.split("/{id}")[0].rpartition("/")[2].replace("-", "_")
    return re.sub(r"s$", "", re.sub(r"ies$", "y", resource)) + "_id"


def _place_kind(one: Operation, name: str) -> str:
    return "str | int" if name == "id" and f"/{_NUMBERED}/{{id}}" in one.path else "str"


def _body(one: Operation) -> Iterator[Argument]:
    body = one.body or {"properties": {}, "required": []}
    for name, told in sorted(body["properties"].items(), key=lambda item: item[0] not in body["required"]):
        yield _argument(name, told, name in body["required"])


def _query(one: Operation) -> Iterator[Argument]:
    for told in sorted(one.query, key=lambda told: not told["required"]):
        yield _argument(told["name"], told["schema"], told["required"], told.get("description", ""))


def _argument(name: str, schema: Schema, required: bool, about: str = "") -> Argument:
    kind = annotation(schema, REQUEST)
    if required:
        return Argument(python_name(name), name, kind, "", about or _about(schema))
    bare = kind.removesuffix(" | None")
    kind = f"{bare} | Unset" + ("" if bare == kind else " | None")
    return Argument(python_name(name), name, kind, "UNSET", about or _about(schema))


def _about(schema: Schema) -> str:
    described = [schema, *schema.get("anyOf", ())]
    return next((str(one["description"]) for one in described if "description" in one), "")


def _headers(one: Operation) -> Iterator[Argument]:
    for header, (name, kind, about) in _HEADERS.items():
        if one.takes(header):
            yield Argument(name, name, f"{kind} | None", "None", about)


def _gives(one: Operation) -> str:
    if one.listed:
        return f"Page[{annotation(one.listed, ANSWER)}]"
    return annotation(one.gives, ANSWER) if one.gives else "None"


def _docstring(one: Operation, named: list[Argument]) -> str:
    lines = [f"{one.told['summary']}.", "", *wrap(one.told["description"], _WIDTH)]
    told = [f"{argument.name}: {argument.about}" for argument in named if argument.about]
    if told:
        lines += ["", "Args:", *(line for each in told for line in _hanging(each))]
    return '        """' + "\n".join(f"        {line}".rstrip() for line in lines).strip() + '\n        """\n'


def _hanging(text: str) -> list[str]:
    return wrap(text, _WIDTH, initial_indent="    ", subsequent_indent="        ")


def _work(one: Operation, places: list[Argument]) -> str:
    path = one.path
    for place in places:
        path = path.replace(f"{{{place.json_name}}}", f"{{in_path({place.name})}}")
    path = f'f"{path}"' if places else f'"{path}"'
    if one.listed:
        return f"        return self._page({annotation(one.listed, ANSWER)}, {path}, {_dict(list(_query(one)))})\n"
    call = f'Call("{one.http_method}", {path}{_told(one)})'
    return f"        return self._answer({_gives(one)}, {call})\n" if one.gives else f"        self._done({call})\n"


def _told(one: Operation) -> str:
    told = ""
    if one.query:
        told += f", query={_dict(list(_query(one)))}"
    if one.body:
        told += f", body={_dict(list(_body(one)))}"
    names = [argument.name for argument in _headers(one)]
    if names:
        told += f", headers=conditions({', '.join(f'{name}={name}' for name in names)})"
    return told


def _dict(arguments: list[Argument]) -> str:
    return "{" + ", ".join(f'"{one.json_name}": {one.name}' for one in arguments) + "}"
