"""Whether an address or a number is one of our own: what is sent there comes back to us, and is no customer's."""

from chalicelib import settings
from chalicelib.domain import reply_address
from chalicelib.store import staff


def is_the_desks(email: str) -> bool:
    """Whether mail to it is for the desk: the shop's address, or one to which a ticket's answers go."""
    return email == settings.support_email() or reply_address.is_reserved(email)


def is_ours(type: str, value: str) -> bool:
    """The same of a contact (`normal_email`, E.164), and of a team's address. An agent may be a customer, too."""
    if type != "email":
        return value == settings.support_phone()
    return is_the_desks(value) or _is_a_teams(value)


def _is_a_teams(email: str) -> bool:
    holder = staff.holder_of(email)
    return holder is not None and staff.team(holder) is not None
