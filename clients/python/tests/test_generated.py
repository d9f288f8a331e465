"""The API and the client say the same: what is generated is up to date, and every operation can be called."""

import inspect
from typing import Any

import httpx
import pytest

from chalicelib.api import openapi
from chalicelib.api.routes import ROUTES
from clients.python.generator.__main__ import PACKAGE, made
from clients.python.generator.document import Operation, operations
from clients.python.generator.methods import class_name
from clients.python.tests.samples import sample
from diwan_client import Diwan, Page, answers

DOCUMENT = openapi.build()
OPERATIONS = {f"{one.resource}.{one.method}": one for one in operations(DOCUMENT)}
# Pages for people: no client reads them.
PAGES = {"/docs", "/docs/problems", "/docs/problems/{code}"}


def test_what_is_in_the_tree_is_what_the_generator_makes() -> None:
    wanted = made()

    stale = {path.name for path, text in wanted.items() if not path.exists() or path.read_text() != text}
    left = {path.name for path in (PACKAGE / "resources").glob("*.py") if path not in wanted}
    assert not stale | left, "the API has changed: python -m clients.python.generator"


def test_every_route_has_a_method() -> None:
    reached = {(one.http_method, one.path) for one in OPERATIONS.values()}

    assert {(route.method, route.path) for route in ROUTES if route.path not in PAGES} == reached


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_method_sends_what_the_route_takes_and_reads_what_it_gives(name: str) -> None:
    operation = OPERATIONS[name]
    sent: list[httpx.Request] = []
    with httpx.Client(transport=httpx.MockTransport(lambda request: _answered(operation, request, sent))) as http:
        resource = getattr(Diwan("https://help.example.org", "dwn_x", http=http), operation.resource)
        method = getattr(resource, operation.method)
        arguments = {one: _argument(operation, one) for one in _required(method)}
        found = method(**arguments)

    [request] = sent
    path = operation.path
    for place in operation.in_path:
        path = path.replace(f"{{{place}}}", "x")
    assert (request.method, request.url.path) == (operation.http_method, path)
    assert ("idempotency-key" in request.headers) == (operation.http_method in ("POST", "PATCH"))
    assert type(found).__name__ == _wanted(operation)


def _wanted(operation: Operation) -> str:
    if operation.listed:
        return "Page"
    schema = operation.gives
    return "NoneType" if schema is None else schema["$ref"].rpartition("/")[2] if "$ref" in schema else "dict"


def _required(method: Any) -> list[str]:
    return [name for name, one in inspect.signature(method).parameters.items() if one.default is one.empty]


def _argument(operation: Operation, name: str) -> Any:
    body = (operation.body or {"properties": {}})["properties"]
    query = {one["name"]: one["schema"] for one in operation.query}
    given = {**query, **body}.get(name.rstrip("_"))
    return "x" if given is None else sample(DOCUMENT, given)


def _answered(operation: Operation, request: httpx.Request, sent: list[httpx.Request]) -> httpx.Response:
    sent.append(request)
    return httpx.Response(200, json=sample(DOCUMENT, operation.gives)) if operation.gives else httpx.Response(204)


def test_the_resources_are_named_for_what_they_are_about() -> None:
    diwan = Diwan("https://help.example.org", "dwn_x")

    for operation in OPERATIONS.values():
        assert class_name(operation.resource) == type(getattr(diwan, operation.resource)).__name__
    assert answers.Ticket.__doc__ and Page.__doc__
