"""What agents look for among tickets, and what they find."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.tickets import Ticket
from chalicelib.api.schemas.values import Channel, Cursor, Id, Limit, Status, Tag, Time


class TicketSearchQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """`q` may be a number (`#1042`), an id, an address or a phone number: what is called so comes first.

    `team_id` and `assignee_id` may be `none`.
    """

    q: Annotated[str, Meta(max_length=1000)]
    status: Annotated[list[Status], Meta(min_length=1)] | UnsetType = UNSET
    team_id: Id | UnsetType = UNSET
    assignee_id: Id | UnsetType = UNSET
    customer_id: Id | UnsetType = UNSET
    channel: Channel | UnsetType = UNSET
    tag: Tag | UnsetType = UNSET
    created_after: Time | UnsetType = UNSET
    created_before: Time | UnsetType = UNSET
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET


class TicketHit(Struct, kw_only=True):
    """`snippet` is safe HTML: a stretch of what was said, with the words found in `<mark>`."""

    ticket: Ticket
    snippet: str
    score: float


class TicketSearchPage(Struct, kw_only=True):
    """Best first. `total` counts all hits, of which the first 1,000 can be reached.

    On later pages it may count tickets that were erased or changed minutes ago; a merged ticket is a hit of its own.
    `did_you_mean` is the query spelled right, when it was not: `data` already holds what that finds.
    """

    data: list[TicketHit]
    has_more: bool
    next_cursor: str | None
    total: int
    did_you_mean: str | None
