"""Organizations that customers belong to. Their customers are listed by GET /v1/customers?organization_id=."""

from typing import Any

from msgspec import UNSET

from chalicelib import ids
from chalicelib.actions import change_organization
from chalicelib.api import fields, lists
from chalicelib.api.answer import Answer
from chalicelib.api.call import Call
from chalicelib.api.operation import operation
from chalicelib.api.schemas import organizations as schemas
from chalicelib.api.schemas.values import Page
from chalicelib.domain.organization import Organization
from chalicelib.errors import NotFound
from chalicelib.store import organizations


@operation(
    "Make an organization",
    body=schemas.NewOrganization,
    gives=schemas.Organization,
    status=201,
    refuses=("external-id-taken", "domain-taken", "invalid-custom-field"),
)
def create(call: Call, body: schemas.NewOrganization) -> Answer:
    """Customers are put into it by their own `organization_id`, new ones also by their mail domain."""
    wanted = _settled(fields.given(body), call.locale, is_new=True)
    return _made(change_organization.create(wanted, call.keyed(_made)))


@operation("List organizations", query=schemas.OrganizationQuery, gives=Page[schemas.Organization])
def index(call: Call, query: schemas.OrganizationQuery) -> Answer:
    """By `external_id`, which at most one has; else all, newest first."""
    if query.external_id is not UNSET:
        one = organizations.by_external_id(query.external_id.strip())
        return lists.page(call, [shape(one)] if one else [], None)
    found = organizations.page(query.limit, lists.place(call))
    return lists.page(call, [shape(one) for one in found.organizations], found.after)


@operation("Read an organization", gives=schemas.Organization, refuses=("organization-not-found",))
def show(call: Call) -> Answer:
    """One of them, without its customers."""
    found = organizations.get(_id(call))
    if found is None:
        raise _not_found(call.id)
    return _shown(found)


@operation(
    "Change an organization",
    body=schemas.OrganizationChange,
    gives=schemas.Organization,
    refuses=(
        "organization-not-found",
        "version-mismatch",
        "external-id-taken",
        "domain-taken",
        "invalid-custom-field",
    ),
)
def update(call: Call, body: schemas.OrganizationChange) -> Answer:
    """Only what is given changes. A domain moves no customer who is there already."""
    wanted = _settled(fields.given(body), call.locale)
    return _shown(change_organization.change(_id(call), wanted, call.keyed(_shown), call.version))


@operation("Delete an organization", status=204, refuses=("organization-not-found", "organization-in-use"))
def delete(call: Call) -> Answer:
    """Only one that no customer belongs to."""
    change_organization.delete(_id(call))
    return Answer(status=204)


def _settled(told: dict[str, Any], locale: str, is_new: bool = False) -> dict[str, Any]:
    made = fields.settled(told, locale, "organization", is_new)
    if "domains" in made:
        made["domains"] = tuple(dict.fromkeys(domain.lower() for domain in made["domains"]))
    return made


def _id(call: Call) -> str:
    if not ids.is_id(call.id, "org"):
        raise _not_found(call.id)
    return call.id


def _not_found(given: str) -> NotFound:
    return NotFound(f"There is no organization {given[:100]}.", code="organization-not-found")


def _made(organization: Organization) -> Answer:
    return Answer(shape(organization), 201, organization.version, f"/v1/organizations/{organization.id}")


def _shown(organization: Organization) -> Answer:
    return Answer(shape(organization), version=organization.version)


def shape(noun: Organization) -> schemas.Organization:
    return schemas.Organization(
        id=noun.id,
        name=noun.name,
        domains=list(noun.domains),
        external_id=noun.external_id,
        tags=list(noun.tags),
        custom_fields=dict(noun.custom_fields),
        created_at=noun.created_at,
        updated_at=noun.updated_at,
        version=noun.version,
    )
