"""Organizations."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.values import Cursor, CustomFields, ExternalId, Limit, Name, Tags, Time
from chalicelib.domain.organization import MAX_DOMAINS

Domain = Annotated[
    str, Meta(max_length=253, pattern=r"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(?![\s\S])", examples=["example.org"])
]
Domains = Annotated[
    list[Domain],
    Meta(max_length=MAX_DOMAINS, description="Whoever is made by `POST /v1/customers` with such a mail address joins."),
]


class Organization(Struct, kw_only=True):
    """What several customers belong to."""

    id: str
    name: str
    domains: list[str]
    external_id: str | None
    tags: list[str]
    custom_fields: dict[str, Any]
    created_at: Time
    updated_at: Time
    version: int


class NewOrganization(Struct, forbid_unknown_fields=True, kw_only=True):
    """`external_id` and each of the `domains` belong to one organization."""

    name: Name
    domains: Domains = field(default_factory=list)
    external_id: ExternalId | UnsetType | None = UNSET
    tags: Tags = field(default_factory=list)
    custom_fields: CustomFields = field(default_factory=dict)


class OrganizationChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays. `domains` are all that it has from then on."""

    name: Name | UnsetType = UNSET
    domains: Domains | UnsetType = UNSET
    external_id: ExternalId | UnsetType | None = UNSET
    tags: Tags | UnsetType = UNSET
    custom_fields: CustomFields | UnsetType = UNSET


class OrganizationQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """By the id in your own system, which at most one has, or all, newest first."""

    external_id: ExternalId | UnsetType = UNSET
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
