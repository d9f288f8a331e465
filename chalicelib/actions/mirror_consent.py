"""Keeps AWS's list of numbers that want no SMS and ours alike: each is told what the other heard.

Which way it goes is asked of what stands at that moment, so a job that runs late or twice does no harm. Nobody is opted
in because AWS lists him no more: only his own word does that.
"""

from chalicelib import clock
from chalicelib.actions import change_consent
from chalicelib.actions.change_consent import Said
from chalicelib.channels import opt_out_list
from chalicelib.domain.event import SYSTEM
from chalicelib.store import changes, consents, customers
from chalicelib.store.changes import Changes

_CHANNEL = "sms"


def tell(customer_id: str) -> None:
    """Tell AWS what the customer wishes for each of his own numbers."""
    customer = customers.get(customer_id) if opt_out_list.is_kept() else None
    for contact in customer.contacts if customer else ():
        if contact.type != "phone":
            continue
        if _CHANNEL in contact.opted_out_of:
            opt_out_list.put(contact.value)
        else:
            opt_out_list.remove(contact.value)


def read() -> None:
    """Opt out whoever AWS lists and we do not: he told AWS, or a carrier."""
    if not opt_out_list.is_kept():
        return
    for page in opt_out_list.listed():
        for number in consents.unmarked(_CHANNEL, page):
            _opt_out(number)


def _opt_out(number: str) -> None:
    """Of a number that is nobody's the mark is kept, for whoever comes with it."""
    if change_consent.set_opted_out("phone", number, _CHANNEL, True, Said("aws", SYSTEM)):
        return
    change = Changes()
    consents.mark(change, _CHANNEL, number, clock.now())
    changes.again(change.commit, met=changes.Busy)
