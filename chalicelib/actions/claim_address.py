"""Whether an agent or a team may have an address: mail from it, or to it, must not mean two things."""

from chalicelib.actions import find_own_door
from chalicelib.domain.agent import Agent, Team
from chalicelib.domain.blocked_sender import values_of
from chalicelib.errors import Conflict, Fault
from chalicelib.store import blocked_senders, customers, staff


def refuse_unfit(one: Agent | Team) -> None:
    """Refuse its address where somebody else has it, or where its mail is kept out.

    A team may not have a customer's, whose mail would be taken for our own. An agent may: he can be a customer, too.

    Raises:
        Conflict: code `email-taken` or `email-blocked`.
    """
    if one.email is None:
        return
    holder = _holder(one, one.email)
    if holder:
        raise _conflict("email-taken", f"{one.email} belongs to {holder}.")
    blocked = list(blocked_senders.among(values_of(one.email)))
    if blocked:
        raise _conflict("email-blocked", f"Mail of {blocked[0]} is blocked. Unblock it first.")


def _holder(one: Agent | Team, email: str) -> str | None:
    """Whose it is already; those of the desk are nobody's."""
    if find_own_door.is_the_desks(email):
        return "the desk itself"
    holder = staff.holder_of(email)
    if holder not in (None, one.id):
        return holder
    return customers.id_of("email", email) if isinstance(one, Team) else None


def _conflict(code: str, words: str) -> Conflict:
    return Conflict(words, code=code, faults=(Fault("/email", code, words),))
