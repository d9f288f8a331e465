"""The OpenAPI 3.1 document, made of the route table, the operations and the Structs that check the requests."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec

from chalicelib import settings
from chalicelib.api import field_words, naming, openapi_webhooks, operation, problem_words
from chalicelib.api.examples import EXAMPLES
from chalicelib.api.operation import Operation
from chalicelib.api.routes import ANY_SCOPE, ROUTES, Route
from chalicelib.api.schemas import uploads
from chalicelib.api.schemas.problems import Problem
from chalicelib.api.schemas.values import Empty
from chalicelib.domain import call

_REF = "#/components/schemas/{name}"
_INTRODUCTION = """Diwan's tickets, messages, customers and help centre as JSON. Times are RFC 3339 in UTC. Ids are
opaque, sortable by time and prefixed. Unknown fields in a request are refused. Errors are problem documents
(RFC 9457). Every POST and PATCH takes an `Idempotency-Key`, so that it can be sent again without fear."""
_TAGS = {
    "tickets": "Conversations with customers.",
    "messages": "What was said in a ticket.",
    "customers": "Who writes to us, and how to reach them.",
    "articles": "The help centre.",
    "article_votes": "Whether articles help.",
    "categories": "How the help centre is ordered.",
    "synonyms": "Words that stand for each other when customers search.",
    "searches": "What customers searched for.",
    "search": "Finding articles and tickets.",
    "suspended": "Mail that was kept out of the tickets.",
    "blocked_senders": "Whose mail is kept out of the tickets.",
    "events": "Every change, in order.",
    "webhooks": "Who outside is told of events, and what became of it.",
    "agents": "Who answers.",
    "teams": "Groups of agents, each with a queue of its own.",
    "organizations": "What customers belong to.",
    "fields": "What custom fields may hold.",
    "macros": "Words that agents use again and again.",
    "api_keys": "Who may call this API, for what, and how often.",
    "settings": "What the shop has set for all.",
    "sms_estimates": "What an SMS takes and costs.",
    "uploads": "Files for messages.",
    "images": "Pictures of articles.",
    "customer_notes": "What agents wrote down about customers.",
    "consents": "What customers allow: the ledger.",
    "customer_events": "What happened with customers outside the desk.",
    "jobs": "Work too long for one request.",
    "meta": "The API about itself.",
}
_WRITING = (
    "malformed",
    "not-a-number",
    "duplicate-key",
    "too-deep",
    "lone-surrogate",
    "nul-character",
    "too-large",
    "unsupported-media-type",
    "invalid",
)
_REPEATABLE = ("invalid-idempotency-key", "idempotency-key-reused")
_KEYED = ("unauthorized", "missing-scope", "too-many-requests", "invalid-parameter", "internal", "contention")


def text() -> str:
    """The document as JSON."""
    return json.dumps(build(), ensure_ascii=False, separators=(",", ":"))


def build() -> dict[str, Any]:
    loaded = [(route, operation.load(route.operation)) for route in ROUTES]
    schemas, components = _schemas(loaded)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Diwan",
            "version": settings.VERSION,
            "description": " ".join(_INTRODUCTION.split()),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": settings.public_url()}],
        "tags": [{"name": name, "description": words} for name, words in _TAGS.items() if _used(name)],
        "paths": _paths(loaded, schemas),
        "webhooks": openapi_webhooks.told({"$ref": _REF.format(name="Event")}),
        "components": {
            "schemas": components,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer", "description": "An API key, with scopes."}},
            "parameters": _COMMON_PARAMETERS,
            "headers": _COMMON_HEADERS,
        },
    }


def _used(tag: str) -> bool:
    return any(naming.tag(route) == tag for route in ROUTES)


def _schemas(loaded: list[tuple[Route, Operation]]) -> tuple[dict[Any, dict[str, Any]], dict[str, Any]]:
    """The schema of each type that a call takes or gives, and the components they refer to."""
    types = {one for _, told in loaded for one in (told.body, told.gives) if one not in (None, dict, Empty)}
    ordered = [Problem, *sorted(types, key=str)]
    schemas, components = msgspec.json.schema_components(ordered, ref_template=_REF)
    for name, schema in components.items():
        if "description" in schema:
            schema["description"] = " ".join(schema["description"].split())
        field_words.explain(name, schema.get("properties", {}))
    for name, example in EXAMPLES.items():
        components[name]["examples"] = [example]
    for name, rule in _RULES.items():
        components[name].update(rule)
    return dict(zip(ordered, schemas, strict=True)), components


def _paths(loaded: list[tuple[Route, Operation]], schemas: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for route, told in loaded:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, told, schemas)
    return paths


def _operation(route: Route, told: Operation, schemas: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {
        "operationId": naming.operation_id(route),
        "summary": told.summary,
        "description": told.description,
        "tags": [naming.tag(route)],
        "security": [{"key": []}] if route.scope else [],
        "parameters": list(_parameters(route, told)),
        "responses": dict(_responses(route, told, schemas)),
    }
    if route.scope:
        scope = "Any key may ask." if route.scope == ANY_SCOPE else f"Takes the scope `{route.scope}`."
        made["description"] += f" {scope}"
    if told.body is not Empty:
        made["requestBody"] = {"required": True, "content": {"application/json": {"schema": schemas[told.body]}}}
    return made


def _parameters(route: Route, told: Operation) -> Iterator[dict[str, Any]]:
    yield from _places(route)
    yield from _query(told.query)
    if not route.scope:
        return
    if route.method in ("POST", "PATCH"):
        yield {"$ref": "#/components/parameters/IdempotencyKey"}
    if "version-mismatch" in told.refuses:
        yield {"$ref": "#/components/parameters/IfMatch"}
    if route.method == "GET" and _has_tag(route, told):
        yield {"$ref": "#/components/parameters/IfNoneMatch"}
    yield {"$ref": "#/components/parameters/AcceptLanguage"}


def _places(route: Route) -> Iterator[dict[str, Any]]:
    of_tickets = route.path.startswith("/v1/tickets/")
    for name in ("id", "code", "delivery", "locale", "message", "note", "other", "version"):
        if f"{{{name}}}" in route.path:
            words = field_words.PLACES["tickets" if name == "id" and of_tickets else name]
            told = {"name": name, "in": "path", "required": True, "description": words}
            yield told | {"schema": {"type": "string", "minLength": 1}}


def _query(query: type) -> Iterator[dict[str, Any]]:
    (reference,), components = msgspec.json.schema_components([query], ref_template=_REF)
    struct_name = reference["$ref"].rpartition("/")[2]
    struct = components[struct_name]
    field_words.explain(struct_name, struct["properties"])
    for name, schema in struct["properties"].items():
        made = {"name": name, "in": "query", "required": name in struct.get("required", ()), "schema": schema}
        yield made | ({"style": "form", "explode": False} if schema.get("type") == "array" else {})


def _responses(
    route: Route, told: Operation, schemas: dict[Any, dict[str, Any]]
) -> Iterator[tuple[str, dict[str, Any]]]:
    yield str(told.status), _success(route, told, schemas)
    if route.method == "GET" and route.scope and _has_tag(route, told):
        yield "304", {"description": "The caller has this version already (If-None-Match)."}
    codes: dict[int, list[str]] = {}
    for code in dict.fromkeys(_refusals(route, told)):
        codes.setdefault(problem_words.of(code).status, []).append(code)
    for status, names in sorted(codes.items()):
        yield str(status), _problem(names, schemas)


def _refusals(route: Route, told: Operation) -> Iterator[str]:
    yield from told.refuses
    if route.scope:
        yield from _KEYED
        if "cursor" in told.query.__struct_fields__:
            yield "invalid-cursor"
        if route.method in ("POST", "PATCH"):
            yield from _WRITING
            yield from _REPEATABLE


def _success(route: Route, told: Operation, schemas: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {"description": told.summary}
    if told.gives is not None or told.media_type != "application/json":
        schema = schemas.get(told.gives, {"type": "object"} if told.gives is dict else {"type": "string"})
        made["content"] = {told.media_type: {"schema": schema}}
    if route.scope:
        names = ["RateLimit", "RateLimit-Policy", "X-Request-Id"]
        if _has_tag(route, told):
            names.append("ETag")
        made["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in names}
    return made


def _has_tag(route: Route, told: Operation) -> bool:
    """Whether the answer has an ETag: the version, or a digest of what is read by its id."""
    has_version = "version" in getattr(told.gives, "__struct_fields__", ())
    return has_version or bool(route.method == "GET" and route.scope and route.path.endswith("{id}"))


def _problem(codes: list[str], schemas: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    told = "; ".join(f"`{code}`: {problem_words.of(code).title('en')}" for code in codes)
    return {"description": told, "content": {"application/problem+json": {"schema": schemas[Problem]}}}


def _without(*names: str) -> dict[str, bool]:
    return dict.fromkeys(names, False)


_OF_IMPORT = ("format", "attachment_id", "own_addresses")
_OF_REPLAY = ("since", "until", "mail_ids")
# A message of the channel `phone` tells of a call, and no other does; all others have a text, or files.
_WRITTEN = {"properties": {"call": {"type": "null"}, "channel": {"not": {"const": call.CHANNEL}}}}
_MESSAGE = {
    "anyOf": [
        {"required": ["text"], **_WRITTEN},
        {"required": ["attachments"], "properties": _WRITTEN["properties"] | {"attachments": {"minItems": 1}}},
        {
            "required": ["call", "channel"],
            "properties": {"call": {"type": "object"}, "channel": {"const": call.CHANNEL}},
        },
    ]
}
# What no type can say: the handlers check it.
_RULES: dict[str, dict[str, Any]] = {
    "FirstMessage": _MESSAGE,
    "NewMessage": _MESSAGE,
    "CustomerName": {"oneOf": [{"required": [name]} for name in ("id", "email", "phone", "external_id")]},
    "NewCustomer": {
        "anyOf": [
            *({"required": [name]} for name in ("name", "email", "phone", "external_id")),
            {"required": ["contacts"], "properties": {"contacts": {"minItems": 1}}},
        ]
    },
    "ContactWish": {
        "if": {"properties": {"type": {"const": "email"}}, "required": ["type"]},
        "then": {"properties": {"value": {"format": "email"}}},
    },
    "NewJob": {
        "oneOf": [
            {
                "properties": {"type": {"const": "bulk"}} | _without(*_OF_IMPORT, *_OF_REPLAY),
                "required": ["operations"],
            },
            {
                "properties": {"type": {"enum": ["export", "reconcile"]}}
                | _without("operations", *_OF_IMPORT, *_OF_REPLAY)
            },
            {
                "properties": {"type": {"const": "import"}} | _without("operations", *_OF_REPLAY),
                "required": ["format", "attachment_id"],
            },
            {
                "properties": {"type": {"const": "replay"}} | _without("operations", *_OF_IMPORT),
                "anyOf": [{"required": ["since"]}, {"required": ["mail_ids"], "properties": _without("until")}],
            },
        ]
    },
    "NewUpload": {
        "anyOf": [
            {"properties": {"size": {"maximum": uploads.MAX_SIZE}}},
            {"properties": {"purpose": {"const": "import"}}, "required": ["purpose"]},
        ]
    },
    "NewArticleTexts": {"minProperties": 1},
    "NewNames": {"minProperties": 1},
    "NewCategoryTexts": {"minProperties": 1},
}
_COMMON_PARAMETERS = {
    "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "description": "A name for this request. The same request under the same name within 24 hours is done once "
        "and answered as the first time, with `Idempotent-Replayed: true`.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$"},
    },
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag of the version to change; another one is refused with 412.",
        "schema": {"type": "string"},
    },
    "IfNoneMatch": {
        "name": "If-None-Match",
        "in": "header",
        "description": "The ETag of the version at hand; the same one is answered with 304.",
        "schema": {"type": "string"},
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of problems: `en` or `ar`.",
        "schema": {"type": "string"},
    },
}
_COMMON_HEADERS = {
    "RateLimit": {"description": "What the key has left in this minute.", "schema": {"type": "string"}},
    "RateLimit-Policy": {"description": "What the key has in a minute.", "schema": {"type": "string"}},
    "X-Request-Id": {"description": "Name it when you ask us about this request.", "schema": {"type": "string"}},
    "ETag": {"description": "The version.", "schema": {"type": "string"}},
}
