"""The feed of events."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from chalicelib.api.schemas.values import Cursor, Limit, Time


class EventActor(Struct):
    """Who did it."""

    type: Literal["customer", "agent", "api_key", "system"]
    id: str | None


class EventData(Struct, kw_only=True):
    """Ids of what it is about, and what changed: `{field: [before, after]}`. Texts are read from where they stand."""

    ticket_id: str | None
    customer_id: str | None
    message_id: str | None
    article_id: str | None
    version: int | None
    changes: dict[str, list[Any]]


class Event(Struct, kw_only=True):
    """One change. `sequence` grows by one with each event of the feed, and none is left out."""

    id: str
    type: str
    sequence: int
    created_at: Time
    actor: EventActor
    data: EventData


class EventQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """`after`: the `sequence` of the last event that was read; 0 begins with the first ever."""

    after: Annotated[int, Meta(ge=0, le=10**15)] = 0
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
