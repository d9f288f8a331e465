"""All addresses of the API on one screen: method, path, the operation behind it, the scope it takes (None: no key).

Operations are named and not imported: event handlers import this file too, and must not pay for msgspec.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Route:
    method: str
    path: str
    operation: str
    scope: str | None


ROUTES = [
    Route("POST", "/v1/tickets", "tickets.create", "tickets:write"),
    Route("GET", "/v1/tickets", "tickets.index", "tickets:read"),
    Route("GET", "/v1/tickets/{id}", "tickets.show", "tickets:read"),
    Route("PATCH", "/v1/tickets/{id}", "tickets.update", "tickets:write"),
    Route("POST", "/v1/tickets/{id}/messages", "messages.create", "tickets:write"),
    Route("GET", "/v1/tickets/{id}/messages", "messages.index", "tickets:read"),
    Route("POST", "/v1/customers", "customers.create", "customers:write"),
    Route("GET", "/v1/customers", "customers.index", "customers:read"),
    Route("GET", "/v1/customers/{id}", "customers.show", "customers:read"),
    Route("PATCH", "/v1/customers/{id}", "customers.update", "customers:write"),
    Route("GET", "/v1/openapi.json", "meta.openapi", None),
    Route("GET", "/docs", "meta.docs", None),
    Route("GET", "/docs/problems", "meta.problems", None),
    Route("GET", "/docs/problems/{code}", "meta.problem", None),
    Route("GET", "/health", "meta.health", None),
]
