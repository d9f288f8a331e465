"""A list that people put in order: each thing has two buttons, up and down; a script lets it be dragged elsewhere.

All three say the same in one field, `move`: what goes behind what.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.web.visit import Visit


@dataclass(frozen=True)
class Move:
    """`id` goes behind `after`; None: to the beginning."""

    id: str
    after: str | None


def wished(visit: Visit, ids: Sequence[str]) -> Move | None:
    """What the form wishes of the things with those ids, in their order; None when it names none, or where it is.

    `move` is `up:<id>` or `down:<id>` of a button, `behind:<id>:<other>` of the script (no other: to the beginning).
    """
    how, _, rest = visit.line("move").partition(":")
    id, _, other = rest.partition(":")
    if id not in ids:
        return None
    at, rest_of_all = ids.index(id), [one for one in ids if one != id]
    if how == "behind":
        return Move(id, other or None) if other in ("", *rest_of_all) else None
    to = at + {"up": -1, "down": 1}.get(how, 0)
    return Move(id, rest_of_all[to - 1] if to else None) if 0 <= to < len(ids) and to != at else None


def in_order(ids: Sequence[str], move: Move) -> list[str]:
    """The ids as they stand after the move."""
    rest = [one for one in ids if one != move.id]
    at = rest.index(move.after) + 1 if move.after is not None else 0
    return [*rest[:at], move.id, *rest[at:]]
