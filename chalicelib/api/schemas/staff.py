"""Agents and teams."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.names import Names, NewNames
from chalicelib.api.schemas.values import Cursor, Email, Id, Limit, Locale, Name, Time

Role = Literal["admin", "agent"]
TeamIds = Annotated[list[Id], Meta(max_length=50)]


class Agent(Struct, kw_only=True):
    """`names` holds the name as written in each language. One who is not `active` has left; history names him still."""

    id: str
    name: str
    names: dict[str, str]
    email: str
    role: Role
    team_ids: list[str]
    locale: str
    active: bool
    created_at: Time
    updated_at: Time
    version: int


class NewAgent(Struct, forbid_unknown_fields=True, kw_only=True):
    """Somebody who is to answer. `admin` may do everything, `agent` all that customers need."""

    name: Name
    email: Email
    names: Names = field(default_factory=Names)
    role: Role = "agent"
    team_ids: TeamIds = field(default_factory=list)
    locale: Locale = "en"


class AgentChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays. `active` true takes an agent back who had left; his keys stay revoked."""

    name: Name | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    names: Names | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    team_ids: TeamIds | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class Team(Struct, kw_only=True):
    """`name` is in the language of the caller. One that is not `active` is given no more tickets."""

    id: str
    name: str
    names: dict[str, str]
    active: bool
    created_at: Time
    updated_at: Time
    version: int


class NewTeam(Struct, forbid_unknown_fields=True, kw_only=True):
    """A team to make."""

    names: NewNames


class TeamChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; languages left out stay. `active` false is what DELETE does; true takes the team back."""

    names: Names | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class ListQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
