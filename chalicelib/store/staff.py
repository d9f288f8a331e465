"""Agents and teams. There are few and every page needs them, so one query brings them all."""

from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic

from chalicelib.domain.agent import Agent, Team
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import AgentRow, PointerRow, Row, TeamRow

# Shorter than the ten seconds by which `updated_since` stays behind: a new team's tickets are missed by no follower.
REMEMBERED_SECONDS = 5.0

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
    """The ids of all teams, remembered for a moment: every list over all teams asks for them."""
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
    return agent(row.agent_id) if row and row.agent_id else None


def holder_of(email: str) -> str | None:
    """The id of the agent or the team that has this address."""
    row = rows.get(PointerRow, keys.agent_email(email))
    return (row.agent_id or row.team_id) if row else None


def team(team_id: str) -> Team | None:
    row = rows.get(TeamRow, keys.team(team_id))
    return rows.noun(Team, row) if row else None


def add_agent(change: Changes, agent: Agent) -> Agent:
    """Write a new agent and claim his address."""
    new = replace(agent, version=1)
    change.add(_agent_row(new))
    change.add(PointerRow(keys.agent_email(new.email), agent_id=new.id))
    return new


def save_agent(change: Changes, old: Agent, agent: Agent) -> Agent:
    """Write an agent in place of `old`, who was given no key since; an address that he gave up is free again."""
    new = replace(agent, version=old.version + 1)
    given = AgentRow.keys_made == old.keys_made
    never = AgentRow.keys_made.does_not_exist()
    change.put(_agent_row(new), (Row.version == old.version) & (given if old.keys_made else given | never))
    if new.email != old.email:
        change.add(PointerRow(keys.agent_email(new.email), agent_id=new.id))
        change.delete(PointerRow(keys.agent_email(old.email)), PointerRow.agent_id == old.id)
    return new


def give_key(change: Changes, agent: Agent) -> None:
    """Let the change, which makes a key for him, happen only while the agent is as he was read.

    A change of the agent that was decided before does not happen then; what people see of him stays as it is.
    """
    change.update(AgentRow(keys.agent(agent.id)), [AgentRow.keys_made.add(1)], Row.version == agent.version)


def check(change: Changes, one: Agent | Team) -> None:
    """Let the change happen only while that agent or team is as it was read."""
    row = AgentRow(keys.agent(one.id)) if isinstance(one, Agent) else TeamRow(keys.team(one.id))
    change.check(row, Row.version == one.version)


def add_team(change: Changes, team: Team) -> Team:
    """Write a new team and claim its door."""
    new = replace(team, version=1)
    change.add(_team_row(new))
    _claim_door(change, new)
    return new


def save_team(change: Changes, old: Team, team: Team) -> Team:
    """Write a team in place of `old`; a door that it gave up is free again."""
    new = replace(team, version=old.version + 1)
    change.replace(_team_row(new), old.version)
    if new.email != old.email:
        _claim_door(change, new)
        if old.email:
            change.delete(PointerRow(keys.agent_email(old.email)), PointerRow.team_id == old.id)
    return new


def _claim_door(change: Changes, team: Team) -> None:
    if team.email:
        change.add(PointerRow(keys.agent_email(team.email), team_id=team.id))


def _agent_row(agent: Agent) -> AgentRow:
    row = AgentRow(keys.agent(agent.id), **rows.attributes(agent))
    row.active = agent.active
    return row


def _team_row(team: Team) -> TeamRow:
    row = TeamRow(keys.team(team.id), **rows.attributes(team))
    row.active = team.active
    return row


def as_agent(row: AgentRow) -> Agent:
    return rows.noun(Agent, row)
