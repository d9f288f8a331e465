"""Agents answer customers; a team is a group of agents with a queue of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

ROLES = ("admin", "agent")
# What an agent is mailed: what happens in tickets assigned to him, or nothing.
NOTIFICATIONS = ("assigned", "none")
# Every list over all teams reads each of them, and the desk shows everybody on each page.
MAX_TEAMS = 200
MAX_SIGNATURE = 2000
MAX_AGENTS = 1000


@dataclass(frozen=True)
class Agent:
    """`names` holds the name as written in each language; `name` is the one used when a language has none.

    An agent who left is not `active`: he cannot sign in nor be given a ticket, and history still names him.
    `keys_made` counts the API keys that he was ever given: who lets him go must not miss one that is made just now.
    """

    id: str
    name: str
    email: str
    role: str
    created_at: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    team_ids: tuple[str, ...] = ()
    locale: str = "en"
    notifications: str = "assigned"
    active: bool = True
    updated_at: datetime | None = None
    keys_made: int = 0
    version: int = 0

    @property
    def wants_notices(self) -> bool:
        """Whether he works here and wants to be mailed what happens in tickets assigned to him."""
        return self.active and self.notifications == "assigned"

    @property
    def is_admin(self) -> bool:
        """Whether he works here and may do everything."""
        return self.active and self.role == "admin"

    def name_in(self, locale: str) -> str:
        return self.names.get(locale) or self.name


@dataclass(frozen=True)
class Team:
    """One that is not `active` can be given no more tickets; those it has stay found.

    `email` is its door: what comes in there is the team's, and answers in its tickets go out from there. `signatures`
    stand under these answers, by language.
    """

    id: str
    names: Mapping[str, str]
    created_at: datetime
    email: str | None = None
    signatures: Mapping[str, str] = field(default_factory=dict)
    active: bool = True
    updated_at: datetime | None = None
    version: int = 0

    def name_in(self, locale: str) -> str:
        return self.names.get(locale) or next(iter(self.names.values()), self.id)
