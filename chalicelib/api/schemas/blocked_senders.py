"""Blocked senders."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.values import Cursor, Limit, Time
from chalicelib.domain.blocked_sender import MAX_VALUE


class BlockedSender(Struct, kw_only=True):
    """An address, or a domain with all its addresses, whose mail is suspended; `created_by` is an agent or a key."""

    id: str
    value: str
    created_by: str | None
    created_at: Time


class NewBlockedSender(Struct, forbid_unknown_fields=True, kw_only=True):
    """Whom to block."""

    value: Annotated[
        str,
        Meta(
            max_length=MAX_VALUE,
            description="An address, or a domain with all its addresses (not those of its subdomains).",
            examples=["offers@example.org", "example.org"],
        ),
    ]


class BlockedSenderQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
