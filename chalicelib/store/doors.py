"""Our own addresses, and whose each is. Those of teams are claimed beside agents', so that one address is one thing."""

from collections.abc import Iterable

from chalicelib import settings
from chalicelib.domain.door import Door
from chalicelib.store import keys, rows
from chalicelib.store.table import PointerRow, TeamRow


def among(addresses: Iterable[str]) -> tuple[Door, ...]:
    """The doors among these addresses (bare, in any case), each once, in their order.

    Read strongly: mail to a door that was made this second finds its team. Nothing is read for the shop's own.
    """
    asked = list(dict.fromkeys(address.strip().lower() for address in addresses))
    own = settings.support_email()
    teams = _teams_of([address for address in asked if address != own])
    return tuple(Door(one, teams.get(one)) for one in asked if one == own or one in teams)


def is_door(address: str) -> bool:
    return bool(among([address]))


def _teams_of(addresses: list[str]) -> dict[str, str | None]:
    """The team of each address that is a team's; None for one that was dissolved, whose mail is still ours."""
    wanted = {keys.agent_email(address): address for address in addresses}
    claims = [row for row in rows.batch(list(wanted)).values() if isinstance(row, PointerRow) and row.team_id]
    teams = rows.batch([keys.team(row.team_id) for row in claims])
    active = {row.id for row in teams.values() if isinstance(row, TeamRow) and row.active is not False}
    return {wanted[row.pk, row.sk]: row.team_id if row.team_id in active else None for row in claims}
