"""The OpenAPI document as the generator asks of it: its operations, what they take, what they give."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from clients.python.generator.annotations import Schema, name_of

_METHODS = {"index": "list", "show": "get"}
_REF = "#/components/schemas/"


@dataclass(frozen=True)
class Operation:
    """One operation that speaks JSON; `told` is what the document says of it."""

    document: dict[str, Any]
    http_method: str
    path: str
    told: dict[str, Any]

    @property
    def resource(self) -> str:
        return str(self.told["tags"][0])

    @property
    def method(self) -> str:
        """The name of the client's method: the operation's own, where Python has no habit of another."""
        name = str(self.told["operationId"]).removeprefix(f"{self.resource}_")
        return _METHODS.get(name, name)

    @property
    def body(self) -> Schema | None:
        """The properties that the body may have and those it must have; of alternatives, all together."""
        if "requestBody" not in self.told:
            return None
        schema = self.told["requestBody"]["content"]["application/json"]["schema"]
        objects = [self._resolved(one) for one in schema.get("anyOf") or schema.get("oneOf") or [schema]]
        properties = {name: told for one in objects for name, told in one["properties"].items()}
        required = set.intersection(*(set(one.get("required", ())) for one in objects))
        return {"properties": properties, "required": sorted(required)}

    @property
    def gives(self) -> Schema | None:
        """The schema of the answer; None when it has no body."""
        [answer] = [told for status, told in self.told["responses"].items() if status.startswith("2")]
        content = answer.get("content", {}).get("application/json")
        return content["schema"] if content else None

    @property
    def listed(self) -> Schema | None:
        """The schema of what the answer is a page of; None when it is no page."""
        schema = self._resolved(self.gives or {})
        is_page = {"data", "has_more", "next_cursor"} <= schema.get("properties", {}).keys()
        return schema["properties"]["data"]["items"] if is_page else None

    @property
    def query(self) -> list[dict[str, Any]]:
        return [one for one in self.told["parameters"] if one.get("in") == "query"]

    @property
    def in_path(self) -> list[str]:
        return [str(one["name"]) for one in self.told["parameters"] if one.get("in") == "path"]

    def takes(self, header: str) -> bool:
        """Whether the call takes IdempotencyKey, IfMatch or IfNoneMatch; the last only where a `version` is the tag."""
        is_named = {"$ref": f"#/components/parameters/{header}"} in self.told["parameters"]
        return is_named and (header != "IfNoneMatch" or "version" in self._resolved(self.gives or {})["properties"])

    def _resolved(self, schema: Schema) -> Schema:
        return self.document["components"]["schemas"][name_of(schema)] if "$ref" in schema else schema


def operations(document: dict[str, Any]) -> list[Operation]:
    """All operations that answer JSON; pages for people are none."""
    found = [
        Operation(document, method.upper(), path, told)
        for path, methods in document["paths"].items()
        for method, told in methods.items()
    ]
    return [one for one in found if not any("text/html" in answer.get("content", {}) for answer in _answers(one))]


def _answers(operation: Operation) -> Iterator[dict[str, Any]]:
    yield from operation.told["responses"].values()


def reached(document: dict[str, Any], start: list[Schema]) -> dict[str, Schema]:
    """The components that these schemas lead to, by name, in the order of the document."""
    names: set[str] = set()
    waiting: list[Any] = list(start)
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            name = str(one.get("$ref", "")).removeprefix(_REF)
            if name and name not in names:
                names.add(name)
                waiting.append(document["components"]["schemas"][name])
            waiting.extend(value for key, value in one.items() if key != "examples")
    return {name: told for name, told in document["components"]["schemas"].items() if name in names}
