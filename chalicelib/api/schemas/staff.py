"""Agents and teams."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.names import Names, NewNames
from chalicelib.api.schemas.values import NO_NUL, Cursor, Email, Id, Limit, Locale, Name, Time
from chalicelib.domain.agent import MAX_SIGNATURE

Role = Literal["admin", "agent"]
Notifications = Literal["assigned", "none"]
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
    notifications: Notifications
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
    notifications: Notifications = "assigned"


class AgentChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays. `active` true takes an agent back who had left; his keys stay revoked."""

    name: Name | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    names: Names | UnsetType = UNSET
    role: Role | UnsetType = UNSET
    team_ids: TeamIds | UnsetType = UNSET
    locale: Locale | UnsetType = UNSET
    notifications: Notifications | UnsetType = UNSET
    active: bool | UnsetType = UNSET


SignatureText = Annotated[
    str,
    Meta(max_length=MAX_SIGNATURE, pattern=NO_NUL, description="Plain text, in lines; null or empty takes it away."),
]
Door = Annotated[
    str,
    Meta(
        max_length=254,
        description="An address of the team's own, which no agent and no other team has; null: none.",
        examples=["workshop@example.org"],
        extra_json_schema={"format": "email"},
    ),
]


class Signatures(Struct, forbid_unknown_fields=True):
    """What stands under a team's answers, by the language of the ticket."""

    en: SignatureText | UnsetType | None = UNSET
    ar: SignatureText | UnsetType | None = UNSET


class Team(Struct, kw_only=True):
    """`name` is in the language of the caller. One that is not `active` is given no more tickets.

    `email` is the team's door: mail to it opens tickets of this team, and answers in its tickets go out from it; null:
    they go out from the shop's address.
    """

    id: str
    name: str
    names: dict[str, str]
    email: str | None
    signatures: dict[str, str]
    active: bool
    created_at: Time
    updated_at: Time
    version: int


class NewTeam(Struct, forbid_unknown_fields=True, kw_only=True):
    """A team to make."""

    names: NewNames
    email: Door | UnsetType | None = UNSET
    signatures: Signatures | UnsetType = UNSET


class TeamChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; languages left out stay. `active` false is what DELETE does; true takes the team back."""

    names: Names | UnsetType = UNSET
    email: Door | UnsetType | None = UNSET
    signatures: Signatures | UnsetType = UNSET
    active: bool | UnsetType = UNSET


class ListQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
