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
    Route("POST", "/v1/articles", "articles.create", "articles:write"),
    Route("GET", "/v1/articles", "articles.index", "articles:read"),
    Route("GET", "/v1/articles/{id}", "articles.show", "articles:read"),
    Route("PATCH", "/v1/articles/{id}", "articles.update", "articles:write"),
    Route("DELETE", "/v1/articles/{id}", "articles.delete", "articles:write"),
    Route("POST", "/v1/articles/{id}/publish", "articles.publish", "articles:write"),
    Route("POST", "/v1/articles/{id}/archive", "articles.archive", "articles:write"),
    Route("POST", "/v1/categories", "categories.create", "articles:write"),
    Route("GET", "/v1/categories", "categories.index", "articles:read"),
    Route("GET", "/v1/categories/{id}", "categories.show", "articles:read"),
    Route("PATCH", "/v1/categories/{id}", "categories.update", "articles:write"),
    Route("DELETE", "/v1/categories/{id}", "categories.delete", "articles:write"),
    Route("GET", "/v1/search/articles", "search.articles", "articles:read"),
    Route("GET", "/v1/suspended", "suspended.index", "tickets:read"),
    Route("GET", "/v1/suspended/{id}", "suspended.show", "tickets:read"),
    Route("POST", "/v1/suspended/{id}/release", "suspended.release", "tickets:write"),
    Route("DELETE", "/v1/suspended/{id}", "suspended.delete", "tickets:write"),
    Route("GET", "/v1/events", "events.index", "tickets:read"),
    Route("POST", "/v1/uploads", "uploads.create", "tickets:write"),
    Route("POST", "/v1/agents", "agents.create", "admin"),
    Route("GET", "/v1/agents", "agents.index", "tickets:read"),
    Route("GET", "/v1/agents/{id}", "agents.show", "tickets:read"),
    Route("PATCH", "/v1/agents/{id}", "agents.update", "admin"),
    Route("DELETE", "/v1/agents/{id}", "agents.delete", "admin"),
    Route("POST", "/v1/teams", "teams.create", "admin"),
    Route("GET", "/v1/teams", "teams.index", "tickets:read"),
    Route("GET", "/v1/teams/{id}", "teams.show", "tickets:read"),
    Route("PATCH", "/v1/teams/{id}", "teams.update", "admin"),
    Route("DELETE", "/v1/teams/{id}", "teams.delete", "admin"),
    Route("POST", "/v1/api-keys", "api_keys.create", "admin"),
    Route("GET", "/v1/api-keys", "api_keys.index", "admin"),
    Route("GET", "/v1/api-keys/{id}", "api_keys.show", "admin"),
    Route("PATCH", "/v1/api-keys/{id}", "api_keys.update", "admin"),
    Route("DELETE", "/v1/api-keys/{id}", "api_keys.delete", "admin"),
    Route("GET", "/v1/openapi.json", "meta.openapi", None),
    Route("GET", "/docs", "meta.docs", None),
    Route("GET", "/docs/problems", "meta.problems", None),
    Route("GET", "/docs/problems/{code}", "meta.problem", None),
    Route("GET", "/health", "meta.health", None),
]
