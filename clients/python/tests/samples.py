"""Values of which an OpenAPI document says that they may come."""

from typing import Any

_PLAIN = {"string": "x", "integer": 1, "number": 1.5, "boolean": True, "null": None}


def sample(document: dict[str, Any], schema: dict[str, Any]) -> Any:
    """A value that the schema takes; every object has a field more than the schema knows."""
    if "$ref" in schema:
        return sample(document, document["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema or "oneOf" in schema:
        return sample(document, (schema.get("anyOf") or schema["oneOf"])[0])
    if schema.get("type") == "object":
        return _object(document, schema)
    if schema.get("type") == "array":
        return [sample(document, schema.get("items", {}))]
    return "2026-11-14T09:12:00Z" if schema.get("format") == "date-time" else _PLAIN.get(schema.get("type", ""))


def _object(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    others = schema.get("additionalProperties")
    made = {"not_known_yet": sample(document, others if isinstance(others, dict) else {})}
    made |= {name: sample(document, told) for name, told in schema.get("properties", {}).items()}
    return made | ({"has_more": False} if "has_more" in made else {})
