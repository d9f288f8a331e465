"""All addresses of the API on one screen: method, path, the operation behind it, the scope it takes (None: no key).

Operations are named and not imported: event handlers import this file too, and must not pay for msgspec.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

# A call that any key may make: what it then may do, the work itself looks at.
ANY_SCOPE = "any"


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
    Route("POST", "/v1/tickets/{id}/messages/{message}/retry", "messages.retry", "tickets:write"),
    Route("POST", "/v1/tickets/{id}/merge", "merges.merge_ticket", "tickets:write"),
    Route("POST", "/v1/tickets/{id}/unmerge", "merges.unmerge_ticket", "tickets:write"),
    Route("POST", "/v1/tickets/{id}/split", "merges.split_ticket", "tickets:write"),
    Route("GET", "/v1/tickets/{id}/rating", "ratings.show_rating", "tickets:read"),
    Route("POST", "/v1/tickets/{id}/rating", "ratings.rate", "tickets:write"),
    Route("POST", "/v1/customers", "customers.create", "customers:write"),
    Route("GET", "/v1/customers", "customers.index", "customers:read"),
    Route("GET", "/v1/customers/{id}", "customers.show", "customers:read"),
    Route("PATCH", "/v1/customers/{id}", "customers.update", "customers:write"),
    Route("DELETE", "/v1/customers/{id}", "privacy.erase", "admin"),
    Route("POST", "/v1/customers/{id}/export", "privacy.export", "admin"),
    Route("POST", "/v1/customers/{id}/events", "customer_events.create", "customers:write"),
    Route("GET", "/v1/customers/{id}/events", "customer_events.index", "customers:read"),
    Route("GET", "/v1/customers/{id}/overview", "overviews.overview", "customers:read"),
    Route("GET", "/v1/customers/{id}/timeline", "overviews.timeline", "customers:read"),
    Route("GET", "/v1/customers/{id}/suggestions", "doubles.suggestions", "customers:read"),
    Route("POST", "/v1/customers/{id}/suggestions/{other}/dismiss", "doubles.dismiss", "customers:write"),
    Route("GET", "/v1/customers/{id}/consents", "consents.index", "customers:read"),
    Route("POST", "/v1/customers/{id}/notes", "customer_notes.create", "customers:write"),
    Route("GET", "/v1/customers/{id}/notes", "customer_notes.index", "customers:read"),
    Route("DELETE", "/v1/customers/{id}/notes/{note}", "customer_notes.delete_note", "customers:write"),
    Route("POST", "/v1/customers/{id}/merge", "merges.merge_customer", "customers:write"),
    Route("POST", "/v1/customers/{id}/unmerge", "merges.unmerge_customer", "customers:write"),
    Route("POST", "/v1/articles", "articles.create", "articles:write"),
    Route("GET", "/v1/articles", "articles.index", "articles:read"),
    Route("GET", "/v1/articles/{id}", "articles.show", "articles:read"),
    Route("PATCH", "/v1/articles/{id}", "articles.update", "articles:write"),
    Route("DELETE", "/v1/articles/{id}", "articles.delete", "articles:write"),
    Route("POST", "/v1/articles/{id}/publish", "articles.publish", "articles:write"),
    Route("POST", "/v1/articles/{id}/archive", "articles.archive", "articles:write"),
    Route("DELETE", "/v1/articles/{id}/drafts", "articles.discard_drafts", "articles:write"),
    Route("DELETE", "/v1/articles/{id}/drafts/{locale}", "articles.discard_draft", "articles:write"),
    Route("POST", "/v1/articles/{id}/move", "articles.move", "articles:write"),
    Route("POST", "/v1/articles/{id}/translations/{locale}/confirm", "articles.confirm", "articles:write"),
    Route("GET", "/v1/articles/{id}/versions", "article_history.versions", "articles:read"),
    Route("GET", "/v1/articles/{id}/versions/{version}", "article_history.version", "articles:read"),
    Route("POST", "/v1/articles/{id}/versions/{version}/restore", "article_history.restore", "articles:write"),
    Route("GET", "/v1/articles/{id}/votes", "article_votes.show", "articles:read"),
    Route("POST", "/v1/categories", "categories.create", "articles:write"),
    Route("GET", "/v1/categories", "categories.index", "articles:read"),
    Route("GET", "/v1/categories/{id}", "categories.show", "articles:read"),
    Route("PATCH", "/v1/categories/{id}", "categories.update", "articles:write"),
    Route("DELETE", "/v1/categories/{id}", "categories.delete", "articles:write"),
    Route("POST", "/v1/categories/{id}/move", "categories.move", "articles:write"),
    Route("POST", "/v1/synonyms", "synonyms.create", "articles:write"),
    Route("GET", "/v1/synonyms", "synonyms.index", "articles:read"),
    Route("GET", "/v1/synonyms/{id}", "synonyms.show", "articles:read"),
    Route("PATCH", "/v1/synonyms/{id}", "synonyms.update", "articles:write"),
    Route("DELETE", "/v1/synonyms/{id}", "synonyms.delete", "articles:write"),
    Route("GET", "/v1/searches", "searches.index", "articles:read"),
    Route("GET", "/v1/search/articles", "search.articles", "articles:read"),
    Route("GET", "/v1/search/tickets", "search.tickets", "tickets:read"),
    Route("GET", "/v1/suspended", "suspended.index", "tickets:read"),
    Route("GET", "/v1/suspended/{id}", "suspended.show", "tickets:read"),
    Route("POST", "/v1/suspended/{id}/release", "suspended.release", "tickets:write"),
    Route("DELETE", "/v1/suspended/{id}", "suspended.delete", "tickets:write"),
    Route("POST", "/v1/blocked-senders", "blocked_senders.create", "tickets:write"),
    Route("GET", "/v1/blocked-senders", "blocked_senders.index", "tickets:read"),
    Route("DELETE", "/v1/blocked-senders/{id}", "blocked_senders.delete", "tickets:write"),
    Route("GET", "/v1/events", "events.index", "tickets:read"),
    Route("POST", "/v1/webhooks", "webhooks.create", "webhooks:write"),
    Route("GET", "/v1/webhooks", "webhooks.index", "webhooks:read"),
    Route("GET", "/v1/webhooks/{id}", "webhooks.show", "webhooks:read"),
    Route("PATCH", "/v1/webhooks/{id}", "webhooks.update", "webhooks:write"),
    Route("DELETE", "/v1/webhooks/{id}", "webhooks.delete", "webhooks:write"),
    Route("POST", "/v1/webhooks/{id}/rotate-secret", "webhooks.rotate_secret", "webhooks:write"),
    Route("POST", "/v1/webhooks/{id}/test", "webhooks.test", "webhooks:write"),
    Route("POST", "/v1/webhooks/{id}/resend", "webhooks.resend_all", "webhooks:write"),
    Route("GET", "/v1/webhooks/{id}/deliveries", "webhooks.deliveries", "webhooks:read"),
    Route("POST", "/v1/webhooks/{id}/deliveries/{delivery}/resend", "webhooks.resend", "webhooks:write"),
    Route("POST", "/v1/images", "images.create", "articles:write"),
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
    Route("POST", "/v1/organizations", "organizations.create", "customers:write"),
    Route("GET", "/v1/organizations", "organizations.index", "customers:read"),
    Route("GET", "/v1/organizations/{id}", "organizations.show", "customers:read"),
    Route("PATCH", "/v1/organizations/{id}", "organizations.update", "customers:write"),
    Route("DELETE", "/v1/organizations/{id}", "organizations.delete", "customers:write"),
    Route("POST", "/v1/fields", "field_definitions.create", "admin"),
    Route("GET", "/v1/fields", "field_definitions.index", "tickets:read"),
    Route("GET", "/v1/fields/{id}", "field_definitions.show", "tickets:read"),
    Route("PATCH", "/v1/fields/{id}", "field_definitions.update", "admin"),
    Route("DELETE", "/v1/fields/{id}", "field_definitions.delete", "admin"),
    Route("POST", "/v1/macros", "macros.create", "admin"),
    Route("GET", "/v1/macros", "macros.index", "tickets:read"),
    Route("GET", "/v1/macros/{id}", "macros.show", "tickets:read"),
    Route("PATCH", "/v1/macros/{id}", "macros.update", "admin"),
    Route("DELETE", "/v1/macros/{id}", "macros.delete", "admin"),
    Route("POST", "/v1/api-keys", "api_keys.create", "admin"),
    Route("GET", "/v1/api-keys", "api_keys.index", "admin"),
    Route("GET", "/v1/api-keys/{id}", "api_keys.show", "admin"),
    Route("PATCH", "/v1/api-keys/{id}", "api_keys.update", "admin"),
    Route("DELETE", "/v1/api-keys/{id}", "api_keys.delete", "admin"),
    Route("POST", "/v1/sms-estimates", "sms_estimates.create", "tickets:read"),
    Route("GET", "/v1/settings", "settings.show", "admin"),
    Route("PATCH", "/v1/settings", "settings.update", "admin"),
    Route("POST", "/v1/jobs", "jobs.create", ANY_SCOPE),
    Route("GET", "/v1/jobs", "jobs.index", ANY_SCOPE),
    Route("GET", "/v1/jobs/{id}", "jobs.show", ANY_SCOPE),
    Route("GET", "/v1/jobs/{id}/results", "jobs.results", ANY_SCOPE),
    Route("POST", "/v1/jobs/{id}/stop", "jobs.stop", ANY_SCOPE),
    Route("POST", "/v1/jobs/{id}/resume", "jobs.resume", ANY_SCOPE),
    Route("GET", "/v1/openapi.json", "meta.openapi", None),
    Route("GET", "/docs", "meta.docs", None),
    Route("GET", "/docs/problems", "meta.problems", None),
    Route("GET", "/docs/problems/{code}", "meta.problem", None),
    Route("GET", "/health", "meta.health", None),
]


@dataclass(frozen=True)
class Found:
    """A route, and what its address names."""

    route: Route
    path: Mapping[str, str]


def find(method: str, path: str) -> Found | None:
    """The route that takes `path` (encoded, without parameters); words go before ids, where several fit."""
    parts = path.strip("/").split("/")
    fitting = [one for one in ROUTES if one.method == method and _names(one.path, parts) is not None]
    best = min(fitting, key=lambda one: one.path.count("{"), default=None)
    return Found(best, _names(best.path, parts) or {}) if best else None


def _names(template: str, parts: list[str]) -> dict[str, str] | None:
    """What a template's names stand for in a path; None when it does not fit."""
    wanted = template.strip("/").split("/")
    pairs = list(zip(wanted, parts, strict=False))
    if len(wanted) != len(parts) or any(want[0] != "{" and want != part for want, part in pairs):
        return None
    return {want[1:-1]: unquote(part) for want, part in pairs if want[0] == "{"}
