"""Agents and teams."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType

from chalicelib.api.schemas.values import Cursor, Limit, Time


class Agent(Struct, kw_only=True):
    """`names` holds the name as written in each language."""

    id: str
    name: str
    names: dict[str, str]
    email: str
    role: Literal["admin", "agent"]
    team_ids: list[str]
    locale: str
    active: bool
    created_at: Time


class Team(Struct, kw_only=True):
    id: str
    name: str
    names: dict[str, str]
    created_at: Time


class ListQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
