"""Writes an imported organization once. One that has its id here already is the same; a mail domain never moves."""

from chalicelib import ids
from chalicelib.domain.organization import MAX_DOMAINS, Organization
from chalicelib.importing import records
from chalicelib.store import changes, imported, organizations
from chalicelib.store.changes import Changes


def bring(record: records.Organization) -> tuple[str, ...]:
    """Write the organization, unless it was brought before; gives what of it is not as it was."""
    return changes.again(lambda: _bring(record))


def _bring(record: records.Organization) -> tuple[str, ...]:
    if imported.find([record.source]):
        return ()
    change, notes = Changes(), []
    found = organizations.by_external_id(record.external_id) if record.external_id else None
    if found is None:
        free, taken = _domains(record)
        notes = [f"the domain {domain} is another organization's here" for domain in taken]
        found = organizations.add(change, _organization(record, free))
    imported.remember(change, record.source, found.id)
    change.commit()
    return tuple(notes)


def _organization(record: records.Organization, domains: list[str]) -> Organization:
    at = record.created_at
    return Organization(
        ids.at("org", at, record.source),
        record.name,
        at,
        at,
        domains=tuple(domains[:MAX_DOMAINS]),
        external_id=record.external_id,
        tags=record.tags[:50],
        custom_fields=dict(list(record.custom_fields.items())[:50]),
    )


def _domains(record: records.Organization) -> tuple[list[str], list[str]]:
    """Its mail domains that are free, and those that are not."""
    listed = list(dict.fromkeys(domain.lower() for domain in record.domains))
    taken = [domain for domain in listed if organizations.holder_of_domain(domain)]
    return [domain for domain in listed if domain not in taken], taken
