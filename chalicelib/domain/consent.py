"""What somebody allows us: that we write to a contact of his on a channel, or that we do not any more.

Each change is an entry of its own, which never changes; what holds now stands on the contact (`opted_out_of`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.customer import Contact

ACTIONS = ("opt_out", "opt_in")
# Where it was said: by a text on the channel, by whom the API or the desk was told, on the portal, brought by an
# import, or read from AWS's own list.
SOURCES = ("sms", "whatsapp", "api", "desk", "portal", "import", "aws")


@dataclass(frozen=True)
class Consent:
    """`text` is what was written, where it came as a text; `message_id` the message that it is kept as, if any."""

    id: str
    customer_id: str
    contact_type: str
    contact: str
    channel: str
    action: str
    at: datetime
    source: str
    actor_type: str
    actor_id: str | None = None
    text: str | None = None
    ticket_id: str | None = None
    message_id: str | None = None


@dataclass(frozen=True)
class Turn:
    """A contact that is opted out of a channel now and was not, or the other way."""

    contact: Contact
    channel: str
    action: str


def turns(before: Sequence[Contact], after: Sequence[Contact]) -> Iterator[Turn]:
    """What became other between the two lists; a contact that is gone took nothing back."""
    known = {(one.type, one.value): one.opted_out_of for one in before}
    for contact in after:
        was, now = set(known.get((contact.type, contact.value), ())), set(contact.opted_out_of)
        yield from (Turn(contact, one, "opt_out") for one in sorted(now - was))
        yield from (Turn(contact, one, "opt_in") for one in sorted(was - now))
