"""A door: an address of our own that customers write to. The shop has one, and each team may have one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Door:
    """`team_id` is the team that what comes in here is for; None: the shop's own door, or that of a dissolved team."""

    email: str
    team_id: str | None = None
