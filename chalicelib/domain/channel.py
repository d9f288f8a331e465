"""The channels that a conversation runs over: one line each.

Only those that reach out bring a message to somebody: what is written on the others waits in the portal.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Channel:
    """`reaches_by` is the type of the contact that a message on it goes out to; None: nothing goes out by itself."""

    name: str
    reaches_by: str | None = None


_LISTED = (
    Channel("portal"),
    Channel("api"),
    Channel("email", reaches_by="email"),
    Channel("sms", reaches_by="phone"),
    Channel("chat"),
    Channel("whatsapp", reaches_by="phone"),
    Channel("phone"),
)

CHANNELS = tuple(one.name for one in _LISTED)
REACHING = tuple(one.name for one in _LISTED if one.reaches_by)
# What is tried for whoever wished nothing: WhatsApp allows a first word by template only, so it is none of them.
_USUAL = ("email", "sms")

_REACHES_BY = {one.name: one.reaches_by for one in _LISTED}


def reaches_by(channel: str) -> str | None:
    """The type of contact (`email`, `phone`) that a message on the channel goes out to; None if none goes out."""
    return _REACHES_BY.get(channel)


def reaching(contact_type: str) -> tuple[str, ...]:
    """The channels that reach a contact of that type, the usual one first."""
    return tuple(name for name in REACHING if _REACHES_BY[name] == contact_type)


def in_order(preferred: str | None) -> tuple[str, ...]:
    """The channels to try for somebody who prefers that one, or none: his own, then mail, then SMS."""
    wished = (preferred,) if preferred in REACHING else ()
    return tuple(dict.fromkeys((*wished, *_USUAL)))
