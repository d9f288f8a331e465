"""Keeps robots from filling the desk, without a riddle for people: a field nobody sees, the time it took, how often.

Nobody's words are dropped: who sends too often keeps them in the form, and what seems a robot's is held as mail is.
"""

import ipaddress
import re
from datetime import timedelta

from chalicelib import clock, signing
from chalicelib.domain.customer import Customer
from chalicelib.store import allowances
from chalicelib.store.allowances import Allowance
from chalicelib.web.visit import Visit

# Far above what a person sends; behind one address of the network may be a whole company.
BY_BROWSER = Allowance("asking-browser", 100, timedelta(hours=1))
BY_ADDRESS = Allowance("asking-address", 100, timedelta(hours=1))
BY_NETWORK = Allowance("asking-network", 1000, timedelta(hours=1))
# What a person needs at the least to read the form and to write a sentence; and what he does not write in that time.
SOONEST = timedelta(seconds=3)
MANY_LINKS = 3

_UNSEEN = "website"
_LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)


def stamp(visit: Visit) -> str:
    """When the form was shown, for this browser only."""
    return signing.seal("asking", [visit.csrf, int(clock.now().timestamp())])


def allows(visit: Visit, viewer: Customer | None, typed: dict[str, str]) -> bool:
    """Whether one more may be sent from here; counts it."""
    if viewer:
        return allowances.take(BY_BROWSER, viewer.id)
    counted = ((BY_BROWSER, visit.browser), (BY_ADDRESS, typed["email"].lower()), (BY_NETWORK, network(visit)))
    return all(allowances.take(allowance, of) for allowance, of in counted)


def is_suspect(visit: Visit, typed: dict[str, str]) -> bool:
    """Whether a robot may have filled it in: it filled what nobody sees, or brought many links faster than hands can.

    Haste alone is no sign: a password manager fills in a form at once, and who comes Back has all his words there.
    """
    if visit.form.get(_UNSEEN, "").strip():
        return True
    links = _LINK.findall(f"{typed['name']} {typed['subject']} {typed['text']}")
    return len(links) >= MANY_LINKS and _took(visit) < SOONEST


def network(visit: Visit) -> str:
    """The network that it comes from: of IPv4 24 bits, of IPv6 48, as providers deal them out."""
    try:
        address = ipaddress.ip_address(visit.client)
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else 48), strict=False))


def _took(visit: Visit) -> timedelta:
    told = signing.unseal("asking", visit.form.get("began", ""))
    if not isinstance(told, list) or told[0] != visit.csrf:
        return timedelta()
    return timedelta(seconds=clock.now().timestamp() - told[1])
