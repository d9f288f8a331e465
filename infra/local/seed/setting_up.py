"""What the demo shop has set up: fields, synonyms, macros, blocked senders, its looks, an organization; notes, too."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib import clock, ids
from chalicelib.domain.blocked_sender import BlockedSender
from chalicelib.domain.branding import Announcement, Branding, Link, Links
from chalicelib.domain.customer_note import CustomerNote
from chalicelib.domain.field_definition import FieldDefinition, Option
from chalicelib.domain.macro import Macro
from chalicelib.domain.message import Author
from chalicelib.domain.organization import Organization
from chalicelib.domain.synonyms import SynonymSet
from chalicelib.store import (
    blocked_senders,
    customer_notes,
    customers,
    field_definitions,
    macros,
    organizations,
    synonyms,
)
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


def add_macro(change: Changes, position: int, told: Mapping[str, Any], cast: Cast) -> None:
    now, team = clock.now(), told.get("team")
    team_id = cast.teams[team].id if team else None
    macros.add(change, Macro(ids.new("mac"), told["name"], told["texts"], now, now, position, team_id))


def add_blocked_sender(change: Changes, told: Mapping[str, Any], cast: Cast) -> None:
    at = clock.now() - timedelta(days=told["days_ago"])
    blocked_senders.add(change, BlockedSender(ids.new("blk"), told["value"], at, cast.agents[told["by"]].id))


def add_customer_note(change: Changes, told: Mapping[str, Any], cast: Cast) -> None:
    agent, at = cast.agents[told["by"]], clock.now() - timedelta(days=told["days_ago"])
    author = Author("agent", agent.id, agent.name)
    note = CustomerNote(ids.new("nte"), cast.customers[told["customer"]].id, author, told["text"], at)
    customer_notes.put(change, note)


def branding(told: Mapping[str, Any]) -> Branding:
    """Links on every page, and an announcement that is over some `days` from now."""
    links = {
        locale: Links(*(tuple(Link(**one) for one in places[place]) for place in ("header", "footer")))
        for locale, places in told["links"].items()
    }
    said = told["announcement"]
    ends = clock.now() + timedelta(days=said["days"])
    leading = {locale: Link(**link) for locale, link in said["links"].items()}
    return Branding(links=links, announcement=Announcement(said["level"], said["texts"], leading, ends=ends))


def holidays(days: Iterable[str]) -> tuple[str, ...]:
    """The next of each of those days of the year (`03-20`), in their order, as `2026-03-20`."""
    today = clock.now().date().isoformat()
    years = [int(today[:4]), int(today[:4]) + 1]
    return tuple(sorted(next(day for year in years if (day := f"{year}-{one}") >= today) for one in days))


def add_organization(cast: Cast, told: Mapping[str, Any]) -> None:
    """Into a world where its customers stand already: each joins in a transaction."""
    now, change = clock.now(), Changes()
    organization = Organization(
        ids.new("org"), told["name"], now, now, external_id=told["external_id"], tags=tuple(told["tags"])
    )
    organizations.add(change, organization)
    change.commit()
    for key in told["customers"]:
        sees = organization.id if key in told["sees_all"] else None
        joining = Changes()
        joined = replace(cast.customers[key], organization_id=organization.id, sees_tickets_of=sees)
        customers.save(joining, cast.customers[key], joined)
        joining.commit()
