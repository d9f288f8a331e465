"""Who is sent a copy of an agent's mail: who is in copy on the ticket or named with it, as far as we may write to him.

One mail goes to all of them, so everybody sees who else has it and answers to all as he is used to.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from chalicelib.domain import reply_address
from chalicelib.domain.ticket import MAX_COPIES, Ticket
from chalicelib.store import customers, doors


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
    """
    wanted = _others(ticket.cc if named is None else named, to)
    left_out = _unreachable(wanted)
    stay = wanted if only_these and named is not None else (*ticket.cc, *wanted)
    sent = tuple(one for one in wanted if one not in left_out)
    return Copies(sent, left_out, tuple(dict.fromkeys(stay))[:MAX_COPIES])


def _others(addresses: Iterable[str], to: str) -> tuple[str, ...]:
    """Nobody twice, and none of our own addresses: we would be writing to ourselves."""
    listed = [one for one in dict.fromkeys(addresses) if one != to and reply_address.parse(one) is None]
    ours = {door.email for door in doors.among(listed)}
    return tuple(one for one in listed if one not in ours)


def _unreachable(addresses: tuple[str, ...]) -> dict[str, str]:
    if not addresses:
        return {}
    with ThreadPoolExecutor(min(8, len(addresses))) as pool:
        reasons = list(pool.map(_reason, addresses))
    return {one: reason for one, reason in zip(addresses, reasons, strict=True) if reason}


def _reason(address: str) -> str | None:
    """Why nothing may be sent to it; None where nothing speaks against it."""
    customer = customers.by_contact("email", address)
    contact = next((one for one in customer.contacts if one.value == address), None) if customer else None
    if contact is None or contact.reachable:
        return None
    return "opted-out" if contact.opted_out else "known-to-bounce"
