"""Agents and teams. There are few and every page needs them, so one query brings them all."""

from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from chalicelib.domain.agent import Agent, Team
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import AgentRow, PointerRow, Row, TeamRow

REMEMBERED_SECONDS = 60.0

_kept: "tuple[float, Staff] | None" = None


@dataclass(frozen=True)
class Staff:
    agents: dict[str, Agent]
    teams: dict[str, Team]

    def name(self, agent_id: str | None, locale: str) -> str:
        """The agent's name in that language; empty when there is no such agent."""
        agent = self.agents.get(agent_id or "")
        return agent.name_in(locale) if agent else ""


def read() -> Staff:
    """All agents and teams, in the order they came."""
    changes.connection()
    found = list(Row.query(keys.agent("")[0], consistent_read=True))
    agents = [as_agent(row) for row in found if isinstance(row, AgentRow)]
    teams = [rows.noun(Team, row) for row in found if isinstance(row, TeamRow)]
    return Staff({agent.id: agent for agent in agents}, {team.id: team for team in teams})


def team_ids() -> list[str]:
    """The ids of all teams, remembered for a minute: every list over all teams asks for them."""
    return list(_remembered().teams)


def since() -> datetime | None:
    """When the first agent came: no ticket is older, unless it was imported. None without agents."""
    return min((agent.created_at for agent in _remembered().agents.values()), default=None)


def forget() -> None:
    """Read anew the next time."""
    global _kept
    _kept = None


def _remembered() -> Staff:
    global _kept
    if _kept is None or monotonic() - _kept[0] > REMEMBERED_SECONDS:
        _kept = (monotonic(), read())
    return _kept[1]


def agent(agent_id: str) -> Agent | None:
    row = rows.get(AgentRow, keys.agent(agent_id))
    return as_agent(row) if row else None


def agent_by_email(email: str) -> Agent | None:
    row = rows.get(PointerRow, keys.agent_email(email))
    return agent(row.agent_id) if row else None


def add_agent(change: Changes, new: Agent) -> None:
    row = AgentRow(keys.agent(new.id), **rows.attributes(new))
    row.active = new.active
    change.add(row)
    change.add(PointerRow(keys.agent_email(new.email), agent_id=new.id))


def add_team(change: Changes, new: Team) -> None:
    change.add(TeamRow(keys.team(new.id), **rows.attributes(new)))


def as_agent(row: AgentRow) -> Agent:
    return rows.noun(Agent, row)
