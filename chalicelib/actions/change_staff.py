"""Makes agents and teams, changes them, and lets them go. Nobody is deleted: history names them.

What follows from leaving happens in the leaving itself: an agent's keys stop with him.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any, TypeVar

from chalicelib import clock, ids
from chalicelib.actions import change_api_key, claim_address
from chalicelib.domain.agent import MAX_AGENTS, MAX_TEAMS, Agent, Team
from chalicelib.domain.api_key import ApiKey
from chalicelib.domain.event import Actor
from chalicelib.errors import Conflict, Fault, Invalid, NotFound, VersionMismatch
from chalicelib.store import api_keys, changes, idempotency, staff
from chalicelib.store.changes import Changes
from chalicelib.store.idempotency import Keyed
from chalicelib.store.staff import Staff

One = TypeVar("One", Agent, Team)

# Beside the agent and another admin, in one transaction of 100 rows.
KEYS_AT_ONCE = 80


def create_agent(wanted: Mapping[str, Any], keyed: Keyed | None = None) -> Agent:
    """A new agent; `wanted` as in Agent.

    Raises:
        Conflict: code `email-taken`, `email-blocked`, or `limit-reached` beyond 1,000 agents.
        Invalid: code `unknown-team`.
        Replayed: the idempotency key was there before.
    """
    return _and_forget(changes.again(lambda: _create_agent(wanted, keyed)))


def change_agent(
    agent_id: str, wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None = None, version: int | None = None
) -> Agent:
    """Set fields of an agent. One who is no longer `active` is signed out, and his keys are revoked.

    Raises:
        NotFound: no such agent.
        VersionMismatch: `version` is given and not the agent's.
        Conflict: code `email-taken`, `email-blocked`; `last-admin`; `own-key`, the key that asks belongs to him who
            is to leave.
        Invalid, Replayed: as `create_agent`.
    """
    return _and_forget(changes.again(lambda: _change_agent(agent_id, wanted, actor, keyed, version)))


def create_team(wanted: Mapping[str, Any], keyed: Keyed | None = None) -> Team:
    """A new team, named in at least one language; `wanted` as in Team.

    Raises:
        Conflict: code `limit-reached` beyond 200 teams; `email-taken`, an agent, a team, a customer or the desk has its
            address; `email-blocked`.
        Replayed: the idempotency key was there before.
    """
    return _and_forget(changes.again(lambda: _create_team(wanted, keyed)))


def change_team(
    team_id: str, wanted: Mapping[str, Any], keyed: Keyed | None = None, version: int | None = None
) -> Team:
    """Set names and signatures of a team (the languages given), its door, or whether it is active.

    A language of `signatures` that is None or empty is taken away.

    Raises:
        NotFound: no such team.
        VersionMismatch: `version` is given and not the team's.
        Conflict: code `email-taken`, `email-blocked`.
        Replayed: the idempotency key was there before.
    """
    return _and_forget(changes.again(lambda: _change_team(team_id, wanted, keyed, version)))


def _and_forget(made: One) -> One:
    staff.forget()
    return made


def _create_agent(wanted: Mapping[str, Any], keyed: Keyed | None) -> Agent:
    known, now, edit = staff.read(), clock.now(), Changes()
    _refuse_too_many(known.agents, MAX_AGENTS)
    new = Agent(id=ids.new("agt"), created_at=now, updated_at=now, **wanted)
    claim_address.refuse_unfit(new)
    _refuse_unknown_teams(new.team_ids, known)
    made = staff.add_agent(edit, new)
    idempotency.record(edit, keyed, made)
    edit.commit()
    return made


def _change_agent(
    agent_id: str, wanted: Mapping[str, Any], actor: Actor, keyed: Keyed | None, version: int | None
) -> Agent:
    known, edit = staff.read(), Changes()
    old = known.agents.get(agent_id)
    if old is None:
        raise NotFound(f"There is no agent {agent_id}.", code="agent-not-found")
    _refuse_other_version(old, version)
    new, saved = replace(old, **_with_names(old, wanted)), old
    if new != old:
        _settle(edit, old, new, known, actor)
        saved = staff.save_agent(edit, old, replace(new, updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _settle(edit: Changes, old: Agent, new: Agent, known: Staff, actor: Actor) -> None:
    """Refuse what may not be, and do what follows."""
    _refuse_unknown_teams([team_id for team_id in new.team_ids if team_id not in old.team_ids], known)
    if new.email != old.email or (new.active and not old.active):
        claim_address.refuse_unfit(new)
    if old.is_admin and not new.is_admin:
        _keep_an_admin(edit, old, known)
    if old.active and not new.active:
        _stop_keys(edit, old, actor)


def _keep_an_admin(edit: Changes, leaving: Agent, known: Staff) -> None:
    """Two admins who let each other go at the same moment: only the first one may."""
    other = next((agent for agent in known.agents.values() if agent.is_admin and agent.id != leaving.id), None)
    if other is None:
        raise Conflict("This is the last admin. Make another one first.", code="last-admin")
    staff.check(edit, other)


def _stop_keys(edit: Changes, agent: Agent, actor: Actor) -> None:
    """Revoke the agent's keys with his leaving; should he have very many, the rest of them before."""
    found = api_keys.of_agent(agent.id)
    if actor.type == "api_key" and any(key.id == actor.id for key in found):
        words = "The key that asks belongs to this agent, and would stop with him. Use a key of another agent."
        raise Conflict(words, code="own-key")
    change_api_key.while_it_stands(edit, actor)
    for beyond in _bundles(found[KEYS_AT_ONCE:]):
        before = Changes()
        change_api_key.revoke_all(before, beyond)
        before.commit()
    change_api_key.revoke_all(edit, found[:KEYS_AT_ONCE])


def _bundles(found: Iterable[ApiKey]) -> Iterable[list[ApiKey]]:
    left = iter(found)
    return iter(lambda: list(islice(left, KEYS_AT_ONCE)), [])


def _create_team(wanted: Mapping[str, Any], keyed: Keyed | None) -> Team:
    now, edit = clock.now(), Changes()
    _refuse_too_many(staff.read().teams, MAX_TEAMS)
    new = Team(id=ids.new("tea"), created_at=now, updated_at=now, **_with_signatures({}, wanted))
    claim_address.refuse_unfit(new)
    made = staff.add_team(edit, new)
    idempotency.record(edit, keyed, made)
    edit.commit()
    return made


def _change_team(team_id: str, wanted: Mapping[str, Any], keyed: Keyed | None, version: int | None) -> Team:
    old, edit = staff.read().teams.get(team_id), Changes()
    if old is None:
        raise NotFound(f"There is no team {team_id}.", code="team-not-found")
    _refuse_other_version(old, version)
    new, saved = replace(old, **_with_names(old, _with_signatures(old.signatures, wanted))), old
    if new != old:
        if new.email != old.email:
            claim_address.refuse_unfit(new)
        saved = staff.save_team(edit, old, replace(new, updated_at=clock.now()))
    idempotency.record(edit, keyed, saved)
    if len(edit):
        edit.commit()
    return saved


def _with_names(old: Agent | Team, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Languages that are left out stay."""
    return {**wanted, "names": {**old.names, **wanted.get("names", {})}}


def _with_signatures(old: Mapping[str, str], wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Languages that are left out stay; what is empty is none."""
    signatures = {**old, **wanted.get("signatures", {})}
    return {**wanted, "signatures": {locale: text for locale, text in signatures.items() if text and text.strip()}}


def _refuse_other_version(one: Agent | Team, version: int | None) -> None:
    if version is not None and version != one.version:
        raise VersionMismatch(f"It is at version {one.version} now.")


def _refuse_too_many(found: Mapping[str, Any], most: int) -> None:
    if len(found) >= most:
        raise Conflict(f"There are {most} of them, and there may be no more.", code="limit-reached")


def _refuse_unknown_teams(team_ids: Iterable[str], known: Staff) -> None:
    wrong = [id for id in team_ids if id not in known.teams or not known.teams[id].active]
    if wrong:
        words = f"There is no active team {wrong[0]}."
        raise Invalid(words, code="unknown-team", faults=(Fault("/team_ids", "unknown-team", words),))
