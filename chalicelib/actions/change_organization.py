"""Makes organizations, changes and deletes them. One that customers belong to is not deleted."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.organization import Organization
from chalicelib.errors import Conflict, Fault, NotFound, VersionMismatch
from chalicelib.store import changes, idempotency, organizations
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed


def create(wanted: Mapping[str, Any], keyed: Keyed | None = None) -> Organization:
    """A new organization; `wanted` as in Organization.

    Raises:
        Conflict: code `external-id-taken` or `domain-taken`, another one has it.
        Replayed: the idempotency key was there before.
    """
    return changes.again(lambda: _create(wanted, keyed))


def change(
    organization_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None
) -> Organization:
    """Set fields of an organization.

    Raises:
        NotFound: no such organization.
        VersionMismatch: `version` is given and not the organization's.
        Conflict, Replayed: as `create`.
    """
    return changes.again(lambda: _change(organization_id, wanted, keyed, version))


def delete(organization_id: str) -> None:
    """Delete it, for good.

    Raises:
        NotFound: no such organization.
        Conflict: code `organization-in-use`, customers belong to it.
    """
    changes.again(lambda: _delete(organization_id))


def _create(wanted: Mapping[str, Any], keyed: Keyed | None) -> Organization:
    now, edit = clock.now(), Changes()
    new = Organization(id=ids.new("org"), created_at=now, updated_at=now, **wanted)
    _refuse_taken(new, None)
    made = organizations.add(edit, new)
    idempotency.record(edit, keyed, made)
    edit.commit()
    return made


def _change(organization_id: str, wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> Organization:
    old, edit = _found(organization_id), Changes()
    if version is not None and version != old.version:
        raise VersionMismatch(f"The organization is at version {old.version} now.")
    new, saved = replace(old, **wanted), old
    if new != old:
        _refuse_taken(new, old)
        saved = organizations.save(edit, old, replace(new, updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _delete(organization_id: str) -> None:
    found, edit = _found(organization_id), Changes()
    if organizations.has_members(organization_id):
        words = "Customers belong to this organization. Give them another one, or none, first."
        raise Conflict(words, code="organization-in-use")
    organizations.delete(edit, found)
    edit.commit()


def _found(organization_id: str) -> Organization:
    found = organizations.get(organization_id)
    if found is None:
        raise NotFound(f"There is no organization {organization_id}.", code="organization-not-found")
    return found


def _refuse_taken(new: Organization, old: Organization | None) -> None:
    """Look only at what it would gain: what it has is its own."""
    if new.external_id and (old is None or new.external_id != old.external_id):
        holder = organizations.by_external_id(new.external_id)
        if holder and holder.id != new.id:
            raise _taken("external-id-taken", "/external_id", holder.id)
    for at, domain in enumerate(new.domains):
        if old is None or domain not in old.domains:
            holder_id = organizations.holder_of_domain(domain)
            if holder_id not in (None, new.id):
                raise _taken("domain-taken", f"/domains/{at}", holder_id)


def _taken(code: str, pointer: str, holder: str | None) -> Conflict:
    words = f"Another organization ({holder}) has this."
    return Conflict(words, code=code, faults=(Fault(pointer, code, words),))
