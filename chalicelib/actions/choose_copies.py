"""Who is sent a copy of an agent's mail: who is in copy on the ticket or named with it, as far as we may write to him.

One mail goes to all of them, so everybody sees who else has it and answers to all as he is used to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from chalicelib.actions import check_recipient
from chalicelib.domain import reply_address
from chalicelib.domain.ticket import MAX_COPIES, Ticket
from chalicelib.errors import Fault, Invalid
from chalicelib.store import doors


@dataclass(frozen=True)
class Copies:
    """`sent` get it; `left_out` are those who do not, with the reason (see `delivery_reason`).

    `of_ticket` is who is in copy on the ticket from then on, and so takes part in it.
    """

    sent: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    of_ticket: tuple[str, ...] = ()


def choose(ticket: Ticket, to: str, named: tuple[str, ...] | None, only_these: bool = False) -> Copies:
    """The copies of a mail to the address `to`.

    Args:
        named: whom the agent names in place of those in copy on the ticket; None leaves it at these.
        only_these: whoever is not named is in copy no more; else the named join the others for what comes later.

    Raises:
        Invalid: with those who are newly named, more would be in copy than one mail takes.
    """
    wanted = _others(ticket.cc if named is None else named, to)
    stay = wanted if only_these and named is not None else tuple(dict.fromkeys((*ticket.cc, *wanted)))
    if len(stay) > MAX_COPIES and not set(wanted) <= set(ticket.cc):
        raise _too_many(len(stay))
    left_out = check_recipient.refused(wanted)
    reachable = [one for one in wanted if one not in left_out]
    beyond = dict.fromkeys(reachable[MAX_COPIES:], "too-many-recipients")
    return Copies(tuple(reachable[:MAX_COPIES]), {**left_out, **beyond}, stay)


def _too_many(count: int) -> Invalid:
    words = f"{count} would be in copy; one mail takes {MAX_COPIES}. Take some off the ticket's list first."
    return Invalid(words, faults=(Fault("/cc", "too-many", words),))


def _others(addresses: Iterable[str], to: str) -> tuple[str, ...]:
    """Nobody twice, and none of our own addresses: we would be writing to ourselves."""
    listed = [one for one in dict.fromkeys(addresses) if one != to and reply_address.parse(one) is None]
    ours = {door.email for door in doors.among(listed)}
    return tuple(one for one in listed if one not in ours)
