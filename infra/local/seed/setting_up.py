"""What the demo shop has set up: custom fields of tickets, synonyms, and an organization with its customers."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.domain.organization import Organization
from chalicelib.domain.synonyms import SynonymSet
from chalicelib.store import customers, field_definitions, organizations, synonyms
from chalicelib.store.changes import Changes
from infra.local.seed.cast import Cast


def add_field(change: Changes, position: int, told: Mapping[str, Any]) -> None:
    now = clock.now()
    options = tuple(Option(**one) for one in told.get("options", ()))
    fields = {**told, "options": options, "topics": tuple(told.get("topics", ()))}
    field_definitions.add(
        change, FieldDefinition(ids.new("fld"), **fields, position=position, created_at=now, updated_at=now)
    )


def add_synonyms(change: Changes, told: Mapping[str, Any]) -> None:
    now = clock.now()
    synonyms.add(change, SynonymSet(ids.new("syn"), told["locale"], tuple(told["words"]), now, now))


def add_organization(cast: Cast, told: Mapping[str, Any]) -> None:
    """Into a world where its customers stand already: each joins in a transaction."""
    now, change = clock.now(), Changes()
    organization = Organization(
        ids.new("org"), told["name"], now, now, external_id=told["external_id"], tags=tuple(told["tags"])
    )
    organizations.add(change, organization)
    change.commit()
    for key in told["customers"]:
        joining, joined = Changes(), replace(cast.customers[key], organization_id=organization.id)
        customers.save(joining, cast.customers[key], joined)
        joining.commit()
