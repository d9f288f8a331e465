"""An organization: what several customers belong to, such as a restaurant that orders for its kitchen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# Claimed and given up in one transaction of 100 rows.
MAX_DOMAINS = 40


@dataclass(frozen=True)
class Organization:
    """`domains` are those of its mail addresses, in lower case; each belongs to one organization.

    `joins` counts how often a customer joined, ever: who deletes the organization must not miss one who does just now.
    """

    id: str
    name: str
    created_at: datetime
    updated_at: datetime
    domains: tuple[str, ...] = ()
    external_id: str | None = None
    tags: tuple[str, ...] = ()
    custom_fields: Mapping[str, Any] = field(default_factory=dict)
    joins: int = 0
    version: int = 0


def domain_of(email: str) -> str:
    """What stands behind the @ of an address in its one spelling."""
    return email.rpartition("@")[2]
