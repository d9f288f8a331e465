"""Zendesk's users and organizations. https://developer.zendesk.com/api-reference/ticketing/users/users/#json-format"""

from typing import Any

from chalicelib.importing import plain
from chalicelib.importing.records import Organization, Person, Profile, Skipped

# Made where a record does not say since when it is there.
_ROLES = {"end-user": "customer", "agent": "agent", "admin": "agent"}
_LOCALES = ("en", "ar")


def profile(value: dict[str, Any], where: str) -> Profile | Skipped:
    """A user of a file of users."""
    found = person(value)
    if not found.source:
        return Skipped(where, "the user has no id")
    if value.get("active") is False and not (found.emails or found.phones):
        return Skipped(where, "the user was deleted")
    return Profile(where, found)


def person(value: Any, id: Any = None) -> Person:
    """A user as an object or, where only his `id` stands, as that."""
    told = value if isinstance(value, dict) else {}
    user_id = plain.id(told.get("id")) or plain.id(id)
    return Person(
        source=f"zendesk:user:{user_id}" if user_id else "",
        name=plain.text(told.get("name"))[:200],
        emails=_several(told, "email", "emails"),
        phones=_several(told, "phone", "phones"),
        role=_ROLES.get(plain.text(told.get("role")), ""),
        external_id=plain.text(told.get("external_id")) or (f"zendesk:{user_id}" if user_id else None),
        locale=locale(told.get("locale")),
        time_zone=plain.text(told.get("iana_time_zone")) or None,
        organization=_organization_of(told),
        tags=plain.texts(told.get("tags")),
        custom_fields=fields(told.get("user_fields")),
        created_at=plain.time(told.get("created_at")),
    )


def organization(value: dict[str, Any], where: str) -> Organization | Skipped:
    source, created_at = source_of("organization", value.get("id")), plain.time(value.get("created_at"))
    name = plain.text(value.get("name"))[:200]
    if not (source and name and created_at):
        return Skipped(where, "the organization has no id, name or believable created_at")
    return Organization(
        where,
        source,
        name,
        created_at,
        domains=plain.texts(value.get("domain_names")),
        external_id=plain.text(value.get("external_id")) or f"zendesk:{plain.text(value.get('id'))}",
        tags=plain.texts(value.get("tags")),
        custom_fields=fields(value.get("organization_fields")),
    )


def source_of(kind: str, id: Any) -> str:
    """What names a thing of Zendesk; "" without an id."""
    found = plain.id(id)
    return f"zendesk:{kind}:{found}" if found else ""


def locale(value: Any) -> str | None:
    """Our language for Zendesk's (`en-US`, `ar`, `ar-eg`); None for one that we do not speak."""
    found = plain.text(value).lower().partition("-")[0]
    return found if found in _LOCALES else None


def fields(value: Any) -> dict[str, Any]:
    """Custom fields that hold something."""
    told = value if isinstance(value, dict) else {}
    return {str(name): kept for name, one in told.items() if (kept := plain.plain(one)) not in (None, "", [])}


def _several(told: dict[str, Any], one: str, many: str) -> tuple[str, ...]:
    first = plain.text(told.get(one))
    return tuple(dict.fromkeys([*([first] if first else []), *plain.texts(told.get(many))]))


def _organization_of(told: dict[str, Any]) -> str | None:
    embedded = told.get("organization")
    id = told.get("organization_id") or (embedded.get("id") if isinstance(embedded, dict) else None)
    return source_of("organization", id) or None
