"""Agents answer customers; a team is a group of agents with a queue of its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

ROLES = ("admin", "agent")


@dataclass(frozen=True)
class Agent:
    """`names` holds the name as written in each language; `name` is the one used when a language has none."""

    id: str
    name: str
    email: str
    role: str
    created_at: datetime
    names: Mapping[str, str] = field(default_factory=dict)
    team_ids: tuple[str, ...] = ()
    locale: str = "en"
    active: bool = True

    def name_in(self, locale: str) -> str:
        return self.names.get(locale) or self.name


@dataclass(frozen=True)
class Team:
    id: str
    names: Mapping[str, str]
    created_at: datetime

    def name_in(self, locale: str) -> str:
        return self.names.get(locale) or next(iter(self.names.values()), self.id)
