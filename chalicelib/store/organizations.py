"""Organizations and their customers. An id of the shop's own and a mail domain belong to one organization each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.customer import Contact, Customer
from chalicelib.domain.organization import Organization, domain_of
from chalicelib.store import changes, consents, created_lists, customers, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.created_lists import CustomerPage
from chalicelib.store.table import MemberRow, OrganizationPointerRow, OrganizationRow, PointerRow, Row

MEMBERS_AT_ONCE = 100


@dataclass(frozen=True)
class OrganizationPage:
    """Some organizations; `after` is the place to go on from, None at the end."""

    organizations: tuple[Organization, ...]
    after: str | None


@dataclass(frozen=True)
class Claims:
    """Who has which contact (by type and value), and the organization whose mail domain one of them has.

    `unclaimed` are the contacts as they are while they are nobody's.
    """

    holders: Mapping[tuple[str, str], str]
    organization_id: str | None
    unclaimed: tuple[Contact, ...] = ()


def get(organization_id: str) -> Organization | None:
    row = rows.get(OrganizationRow, keys.organization(organization_id))
    return _as_organization(row) if row else None


def by_external_id(external_id: str) -> Organization | None:
    row = rows.get(OrganizationPointerRow, keys.organization_external(external_id))
    return get(row.organization_id) if row else None


def holder_of_domain(domain: str) -> str | None:
    """The id of the organization that has this mail domain."""
    row = rows.get(OrganizationPointerRow, keys.organization_domain(domain))
    return row.organization_id if row else None


def claims(contacts: Sequence[tuple[str, str]]) -> Claims:
    """What is known of the contacts of those types and values: one read for all."""
    places = {keys.contact(*one): one for one in contacts}
    domains = [keys.organization_domain(domain_of(value)) for type, value in contacts if type == "email"]
    found = rows.batch([*places, *domains, *(key for one in contacts for key in consents.marks_of(*one))])
    held = {places[key]: row.customer_id for key, row in found.items() if isinstance(row, PointerRow)}
    owners = [found[key] for key in domains if key in found]
    organization_id = next((row.organization_id for row in owners if isinstance(row, OrganizationPointerRow)), None)
    return Claims(held, organization_id, tuple(consents.as_marked(*one, found) for one in contacts))


def page(limit: int, after: str | None = None) -> OrganizationPage:
    """At most `limit` organizations behind the place `after`, newest first."""
    found = created_lists.page("ORGANIZATION", limit, after)
    stored = rows.batch([keys.organization(id) for id in found.ids])
    listed = [stored[key] for id in found.ids if (key := keys.organization(id)) in stored]
    return OrganizationPage(tuple(_as_organization(row) for row in listed), found.after)


def members(organization_id: str, limit: int, after: str | None = None) -> CustomerPage:
    """At most `limit` customers of the organization, newest first, behind the id `after`."""
    changes.connection()
    pk, below = keys.member(organization_id, after or "~")
    found = Row.query(pk, Row.sk < below, consistent_read=True, scan_index_forward=False, limit=limit + 1)
    ids = [row.customer_id for row in found if isinstance(row, MemberRow)]
    shown = tuple(_still_there(organization_id, ids[:limit]))
    return CustomerPage(shown, ids[limit - 1] if len(ids) > limit else None)


def has_members(organization_id: str) -> bool:
    """Whether any customer belongs to it at this moment."""
    found = members(organization_id, MEMBERS_AT_ONCE)
    while found.after and not found.customers:
        found = members(organization_id, MEMBERS_AT_ONCE, found.after)
    return bool(found.customers)


def add(change: Changes, organization: Organization) -> Organization:
    """Write a new organization and claim its id and its domains."""
    new = replace(organization, version=1)
    change.add(_row(new))
    for key in _pointers(new):
        change.add(OrganizationPointerRow(key, organization_id=new.id))
    return new


def save(change: Changes, old: Organization, organization: Organization) -> Organization:
    """Write an organization in place of `old`; what it gave up is free again."""
    new = replace(organization, version=old.version + 1)
    change.replace(_row(new), old.version)
    before, after = set(_pointers(old)), set(_pointers(new))
    for key in after - before:
        change.add(OrganizationPointerRow(key, organization_id=new.id))
    for key in before - after:
        _free(change, key, old.id)
    return new


def delete(change: Changes, organization: Organization) -> None:
    """Only while it is as it was read, and nobody joined since."""
    same = (Row.version == organization.version) & (OrganizationRow.joins == organization.joins)
    change.delete(OrganizationRow(keys.organization(organization.id)), same)
    for key in _pointers(organization):
        _free(change, key, organization.id)


def _still_there(organization_id: str, ids: Sequence[str]) -> Iterator[Customer]:
    stored = customers.get_all(ids)
    for id in ids:
        if id in stored and stored[id].organization_id == organization_id:
            yield stored[id]


def _pointers(organization: Organization) -> Iterator[keys.Key]:
    if organization.external_id:
        yield keys.organization_external(organization.external_id)
    for domain in organization.domains:
        yield keys.organization_domain(domain)


def _free(change: Changes, key: keys.Key, organization_id: str) -> None:
    change.delete(OrganizationPointerRow(key), OrganizationPointerRow.organization_id == organization_id)


def _row(organization: Organization) -> OrganizationRow:
    row = OrganizationRow(keys.organization(organization.id), **rows.attributes(organization))
    row.index("created", keys.created("ORGANIZATION", organization.created_at, organization.id))
    return row


def _as_organization(row: Row) -> Organization:
    return rows.noun(Organization, row)
