"""Keeps AWS's list of numbers that want no SMS and ours alike: each is told what the other heard.

Which way it goes is asked of what stands at that moment, so a job that runs late or twice does no harm. AWS is told of
the number that something was said of, and of no other: it may have heard a STOP that we did not. Nobody is opted in
because AWS lists him no more: only his own word does that.
"""

from datetime import datetime, timedelta

from chalicelib import clock
from chalicelib.actions import change_consent
from chalicelib.actions.change_consent import Said
from chalicelib.channels import opt_out_list
from chalicelib.channels.sending import Rejected
from chalicelib.domain.event import SYSTEM
from chalicelib.store import changes, consents, customers
from chalicelib.store.changes import Changes

_CHANNEL = "sms"
# A job tells AWS, and is tried again for a while.
_LATELY = timedelta(hours=1)
_NEWEST = 20


def tell(customer_id: str, at: datetime) -> None:
    """Tell AWS what is wished now for the numbers of which the customer's change at that time said something."""
    if not opt_out_list.is_kept():
        return
    for entry in consents.of_moment(customer_id, at):
        if (entry.contact_type, entry.channel) != ("phone", _CHANNEL):
            continue
        if _CHANNEL in consents.standing(entry.contact):
            opt_out_list.put(entry.contact)
        else:
            opt_out_list.remove(entry.contact)


def read() -> None:
    """Opt out whoever AWS lists and we do not: he told AWS, or a carrier."""
    if not opt_out_list.is_kept():
        return
    for page in opt_out_list.listed():
        for number in consents.still_in(_CHANNEL, page):
            _opt_out(number)


def heed(failure: Exception, number: str) -> None:
    """Opt out whom AWS refused an SMS as opted out, unless he opted in so lately that AWS may not know it yet.

    Raises:
        Contention: see `changes.again`.
    """
    if isinstance(failure, Rejected) and failure.code == "sms-stopped" and not _opted_in_lately(number):
        _opt_out(number)


def _opted_in_lately(number: str) -> bool:
    customer = customers.by_contact("phone", number)
    entries, _ = consents.page([customer.id], _NEWEST) if customer else ([], None)
    asked = [one for one in entries if (one.contact, one.channel, one.action) == (number, _CHANNEL, "opt_in")]
    return any(clock.now() - one.at < _LATELY for one in asked)


def _opt_out(number: str) -> None:
    """Of a number that is nobody's the mark is kept, for whoever has it."""
    changes.again(lambda: _opt_out_once(number))


def _opt_out_once(number: str) -> None:
    said = Said("aws", SYSTEM)
    if change_consent.set_opted_out("phone", number, _CHANNEL, True, said) or customers.id_of("phone", number):
        return
    change = Changes()
    consents.mark_of_nobody(change, _CHANNEL, number, clock.now())
    change.commit()
