"""Whether anything may be sent to an address: what was asked for it, and what the mail service heard of it.

A contact says so himself; of an address that is no customer's contact it is known what came back from it, and what its
owner wished before he was erased.
"""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.channel import reaches_by
from chalicelib.domain.contact import ascii_email
from chalicelib.domain.customer import Contact
from chalicelib.store import consents, customers, marked_addresses

_OF_MARK = {
    "bounce": "known-to-bounce",
    "complaint": "complaint",
    "opted-out": "opted-out",
    "switched-off": "switched-off",
}


def refused(addresses: Iterable[str]) -> dict[str, str]:
    """Those of the addresses of mail that nothing may be sent to, each with the reason (see `delivery_reason`)."""
    listed = list(addresses)
    if not listed:
        return {}
    with ThreadPoolExecutor(min(8, len(listed))) as pool:
        reasons = list(pool.map(lambda one: reason("email", one), listed))
    return {one: why for one, why in zip(listed, reasons, strict=True) if why}


def reason(channel: str, value: str) -> str | None:
    """Why nothing may be sent to the address or number on that channel; None when nothing speaks against it."""
    type = reaches_by(channel)
    if type is None:
        raise ValueError(f"nothing is sent on {channel}")
    if type == "email" and ascii_email(value) is None:
        return "bad-address"
    customer = customers.by_contact(type, value)
    contact = (
        next((one for one in customer.contacts if (one.type, one.value) == (type, value)), None) if customer else None
    )
    if contact:
        return of_contact(contact, channel)
    if type == "email":
        return _OF_MARK.get(marked_addresses.mark_of(value) or "")
    return "opted-out" if channel in consents.standing(value) else None


def of_contact(contact: Contact, channel: str) -> str | None:
    """The same of a contact that was read just now."""
    if channel in contact.opted_out_of:
        return "opted-out"
    return _OF_MARK.get(contact.suppressed_by or "", "switched-off") if contact.suppressed else None
