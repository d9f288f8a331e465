"""What a ticket was put together from, and what was taken out of it: pointers only, no message ever moves.

A message's home is the ticket it was written in; its holder is the home, or the ticket it was split off into.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

Ids = tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """Where a ticket stands in its life: what a merge may change, and taking it apart gives back."""

    status: str
    waiting_since: datetime | None = None
    solved_at: datetime | None = None
    closed_at: datetime | None = None


@dataclass(frozen=True)
class Joined:
    """A ticket that was merged in, and how the survivor stood before and after it.

    `last_public_id` is the newest message that the customer could see in the survivor before.
    """

    ticket_id: str
    before: Standing
    after: Standing
    last_public_id: str | None = None


@dataclass(frozen=True)
class Parts:
    """`joined` is what was merged in, oldest first. `moved_in` are ids of messages by their home, `moved_out` by their

    holder. `was` is how a ticket stood that is merged into another now.
    """

    joined: tuple[Joined, ...] = ()
    moved_in: Mapping[str, Ids] = field(default_factory=dict)
    moved_out: Mapping[str, Ids] = field(default_factory=dict)
    was: Standing | None = None

    @property
    def elsewhere(self) -> bool:
        """Whether the ticket's own partition does not tell its whole thread."""
        return bool(self.joined or self.moved_in or self.moved_out)

    @property
    def joined_ids(self) -> list[str]:
        return [one.ticket_id for one in self.joined]

    @property
    def absent(self) -> frozenset[str]:
        """The messages written here that another ticket holds."""
        return frozenset(id for listed in self.moved_out.values() for id in listed)

    def holder_of(self, message_id: str | None) -> str | None:
        """The ticket that a message written here was moved to; None when it was not."""
        return next((to for to, listed in self.moved_out.items() if message_id in listed), None)

    def with_joined(self, joined: Joined) -> "Parts":
        return replace(self, joined=(*self.joined, joined))

    def without_joined(self, ticket_id: str) -> "Parts":
        """Without that ticket. The one merged in after it remembers what it does, if nothing came between the two."""
        at = self.joined_ids.index(ticket_id)
        gone, later = self.joined[at], list(self.joined[at + 1 :])
        if later and later[0].before == gone.after:
            later[0] = replace(later[0], before=gone.before, last_public_id=gone.last_public_id)
        return replace(self, joined=(*self.joined[:at], *later))

    def sent(self, message_ids: Iterable[str], to: str) -> "Parts":
        """The home, once the ticket `to` holds those messages, whoever held them before."""
        moved = set(message_ids)
        return replace(self, moved_out=_with(_without(self.moved_out, moved), to, moved))

    def took(self, message_ids: Iterable[str], home: str) -> "Parts":
        """The holder, once it holds those messages of that home."""
        return replace(self, moved_in=_with(self.moved_in, home, set(message_ids)))

    def gave_up(self, message_ids: Iterable[str]) -> "Parts":
        """One that holds those messages of others no longer."""
        return replace(self, moved_in=_without(self.moved_in, set(message_ids)))


# What nearly every ticket is: it holds the messages written in it, and no others.
WHOLE = Parts()


def _with(listed: Mapping[str, Ids], key: str, more: set[str]) -> dict[str, Ids]:
    return {**listed, key: tuple(sorted({*listed.get(key, ()), *more}))}


def _without(listed: Mapping[str, Ids], gone: set[str]) -> dict[str, Ids]:
    kept = {key: tuple(id for id in found if id not in gone) for key, found in listed.items()}
    return {key: found for key, found in kept.items() if found}
