"""Keys of the API."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.values import Id, Name, Secret, Time

Scope = Literal[
    "tickets:read", "tickets:write", "tickets:*",
    "customers:read", "customers:write", "customers:*",
    "articles:read", "articles:write", "articles:*",
    "webhooks:read", "webhooks:write", "webhooks:*",
    "metrics:read", "metrics:*",
    "admin",
]  # fmt: skip
Scopes = Annotated[list[Scope], Meta(min_length=1, max_length=20, description="`tickets:*` is both, `admin` is all.")]
Rate = Annotated[int, Meta(ge=1, le=100_000, description="Requests a minute.")]
AgentId = Annotated[Id, Meta(description="Whose key it is; he writes what the key writes. At first the maker's agent.")]


class ApiKey(Struct, kw_only=True):
    """A key, without itself: `prefix` is how it begins. `last_used_at` moves no `version`."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    agent_id: str
    limit: int
    expires_at: Time | None
    last_used_at: Time | None
    revoked_at: Time | None
    created_at: Time
    version: int


class NewApiKey(Struct, forbid_unknown_fields=True, kw_only=True):
    """A key to make. Without `agent_id` it is of the agent whose key asks."""

    name: Name
    scopes: Scopes
    agent_id: AgentId | UnsetType = UNSET
    expires_at: Time | UnsetType | None = UNSET
    limit: Rate = 600


class MadeApiKey(ApiKey, kw_only=True):
    """`key` is told here and never again: only its hash is kept."""

    key: Secret


class ApiKeyChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays."""

    name: Name | UnsetType = UNSET
    scopes: Scopes | UnsetType = UNSET
    expires_at: Time | UnsetType | None = UNSET
    limit: Rate | UnsetType = UNSET
