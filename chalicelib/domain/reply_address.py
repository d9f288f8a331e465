"""The signed address a customer answers to: `reply+<ticket><contact><key><signature>@domain`, so that a reply finds its
ticket without a read. The local part stays under the 64 octets of RFC 5321 and survives clients that change its case.

Only the form is here; making and checking signatures is the caller's.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

SIGNATURE_OCTETS = 10

_PREFIX = "reply+"
_ADDRESS = re.compile(
    r"reply\+(?P<ticket>[0-7][0-9a-hjkmnp-tv-z]{25})(?P<contact>[a-z2-7]{8})(?P<key>[a-z0-9])(?P<signature>[a-z2-7]{16})"
)


@dataclass(frozen=True)
class Parsed:
    """A reply address taken apart: whose ticket, which contact it was sent to, the key it was signed with."""

    ticket_id: str
    contact_tag: str
    key: str
    signature: bytes


def signed_text(ticket_id: str, contact_tag: str, key: str) -> str:
    """What the signature covers."""
    return f"{ticket_id.lower()} {contact_tag} {key}"


def contact_tag(contact_value: str) -> str:
    """Eight characters that stand for a contact, such as `alice@example.com`, whatever its case."""
    digest = hashlib.sha256(contact_value.strip().lower().encode()).digest()
    return _base32(digest[:5])


def format(ticket_id: str, contact_tag: str, key: str, signature: bytes, domain: str) -> str:
    """The address in lower case.

    Args:
        ticket_id: such as `tkt_01JD…`, 26 Crockford base32 characters after the prefix.
        contact_tag: what `contact_tag` gave.
        key: one letter or digit, names the secret so that one can be revoked.
        signature: 10 octets over `signed_text`.

    Raises:
        ValueError: a part has not its length or alphabet.
    """
    local = f"{beginning(ticket_id, contact_tag)}{key}{_base32(signature)}"
    if not _ADDRESS.fullmatch(local):
        raise ValueError(f"not a reply address: {local}")
    return f"{local}@{domain.lower()}"


def beginning(ticket_id: str, contact_tag: str) -> str:
    """How the addresses of that ticket and contact begin, whatever they are signed with."""
    return f"{_PREFIX}{ticket_id.removeprefix('tkt_').lower()}{contact_tag}"


def parse(address: str) -> Parsed | None:
    """The parts of a reply address, or None for any other address. Its signature is not yet checked."""
    local = address.strip().strip("<>").rpartition("@")[0].strip('"').lower()
    match = _ADDRESS.fullmatch(local)
    if not match:
        return None
    try:
        signature = base64.b32decode(match["signature"].upper())
    except binascii.Error:
        return None
    return Parsed(f"tkt_{match['ticket'].upper()}", match["contact"], match["key"], signature)


def is_reserved(address: str) -> bool:
    """Whether the address could be taken for a signed one: nobody is given such a one."""
    return address.lower().startswith(_PREFIX)


def find(addresses: Iterable[str]) -> tuple[Parsed, ...]:
    """All reply addresses among `addresses`, each once, in order: one mail may answer several tickets."""
    return tuple(dict.fromkeys(parsed for address in addresses if (parsed := parse(address))))


def _base32(octets: bytes) -> str:
    return base64.b32encode(octets).decode().rstrip("=").lower()
