"""The OpenAPI document is one that a stranger can work with: everything in it is named, explained and shown."""

from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from chalicelib.api import openapi

METHODS = ("get", "post", "patch", "delete")


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return openapi.build()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        yield from ((path, method, item[method]) for method in METHODS if method in item)


def component(document: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    return document["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def of_requests(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every component that stands in a request's body."""
    waiting: list[Any] = [told["requestBody"] for _, _, told in operations(document) if "requestBody" in told]
    found: dict[str, dict[str, Any]] = {}
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found[name] = document["components"]["schemas"][name]
                waiting.append(found[name])
        waiting.extend(one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
    return found


def is_told(schema: dict[str, Any]) -> bool:
    return any(one.get("description") for one in (schema, *schema.get("anyOf", ())))


def test_it_is_valid(document: dict[str, Any]) -> None:
    assert document["openapi"].startswith("3.1.")
    assert not list(OpenAPIV31SpecValidator(document).iter_errors())


def test_every_operation_has_a_name_of_its_own_a_summary_and_an_explanation(document: dict[str, Any]) -> None:
    told = [one for _, _, one in operations(document)]

    assert len({one["operationId"] for one in told}) == len(told)
    assert all(one["operationId"].isidentifier() for one in told)
    assert all(one["summary"] and one["description"] for one in told)


def test_every_tag_is_explained_and_used(document: dict[str, Any]) -> None:
    explained = {tag["name"] for tag in document["tags"] if tag["description"]}

    assert explained == {tag for _, _, told in operations(document) for tag in told["tags"]}


def test_names_follow_addresses(document: dict[str, Any]) -> None:
    names = {(method, path): told["operationId"] for path, method, told in operations(document)}

    assert names["post", "/v1/tickets/{id}/merge"] == "tickets_merge"
    assert names["post", "/v1/customers/{id}/unmerge"] == "customers_unmerge"
    assert names["get", "/v1/fields"] == "fields_index"
    assert names["post", "/v1/tickets/{id}/messages"] == "messages_create"


def test_every_refusal_is_documented(document: dict[str, Any]) -> None:
    for path, method, told in operations(document):
        if not told["security"]:
            continue
        wanted = {"401", "403", "429", "500", "503"}
        wanted |= {"404"} if "{id}" in path else set()
        wanted |= {"400", "413", "415", "422"} if "requestBody" in told else set()
        wanted |= {"400"} if any(one.get("in") == "query" for one in told["parameters"]) else set()
        assert wanted <= told["responses"].keys(), (method, path)
        for status, answer in told["responses"].items():
            if status >= "400":
                assert "application/problem+json" in answer["content"] and "`" in answer["description"]


def test_every_field_of_a_request_is_explained(document: dict[str, Any]) -> None:
    silent = [
        f"{name}.{field}"
        for name, schema in of_requests(document).items()
        for field, told in schema.get("properties", {}).items()
        if not is_told(told)
    ]
    assert not silent, "say what they mean, with their type or in field_words"


def test_every_parameter_is_explained(document: dict[str, Any]) -> None:
    common = document["components"]["parameters"].values()
    named = [one for _, _, told in operations(document) for one in told["parameters"] if "name" in one]

    silent = {one["name"] for one in (*common, *named) if not one.get("description") and not is_told(one["schema"])}
    assert not silent


def test_every_body_and_every_answer_has_an_example(document: dict[str, Any]) -> None:
    silent = set()
    for _, _, told in operations(document):
        contents = [told.get("requestBody", {}).get("content", {})]
        contents += [answer.get("content", {}) for status, answer in told["responses"].items() if status < "300"]
        for schema in (one["application/json"]["schema"] for one in contents if "application/json" in one):
            found = component(document, schema)
            if "has_more" in found.get("properties", {}):
                schema = found["properties"]["data"]["items"]
            if "$ref" in schema and not component(document, schema).get("examples"):
                silent.add(schema["$ref"])
    assert not silent, "give one in examples or in the example_ file that fits"


def test_an_etag_is_promised_of_what_has_a_version_and_of_what_is_read_by_its_id(document: dict[str, Any]) -> None:
    for path, method, told in operations(document):
        [answer] = [one for status, one in told["responses"].items() if status.startswith("2")]
        schema = answer.get("content", {}).get("application/json", {}).get("schema", {})
        is_versioned = "version" in component(document, schema).get("properties", {})
        is_tagged = bool(told["security"]) and (is_versioned or (method == "get" and path.endswith("{id}")))
        assert ("ETag" in answer.get("headers", {})) == is_tagged, (method, path)
        assert ("304" in told["responses"]) == (is_tagged and method == "get"), (method, path)


def test_what_webhooks_are_told_is_an_event_with_its_signature(document: dict[str, Any]) -> None:
    told = document["webhooks"]["event"]["post"]

    assert [one["name"] for one in told["parameters"]] == ["webhook-id", "webhook-timestamp", "webhook-signature"]
    schema = told["requestBody"]["content"]["application/json"]["schema"]
    assert "sequence" in component(document, schema)["properties"]


def test_what_must_not_be_shown_is_marked(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]

    assert schemas["MadeApiKey"]["properties"]["key"]["format"] == "password"
    assert schemas["WebhookWithSecret"]["properties"]["secret"]["format"] == "password"


def test_words_stand_in_one_line_each(document: dict[str, Any]) -> None:
    """Indented words would be shown as code."""
    for schema in document["components"]["schemas"].values():
        assert "\n" not in schema.get("description", "")
