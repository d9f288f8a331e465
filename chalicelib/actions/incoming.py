"""What came in from a customer, by whatever channel, as `receive_message` takes it; and what became of it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from chalicelib.actions.identify_customer import Person
from chalicelib.domain.agent import Agent
from chalicelib.domain.call import Call
from chalicelib.domain.message import Attachment, Author, Message
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.whatsapp_session import Session
from chalicelib.store.changes import Changes

# Why a message that an agent passed on stands in a ticket of its customer.
FORWARDED = "forwarded"


@dataclass(frozen=True)
class Hint:
    """A ticket that something in the message points at; `proven` when our own signature or our own door does.

    `message_id` is the very message it answers, where that is known: it may have been moved to another ticket.
    `agent_id` is the agent who answers there by mail; with `inside`, what he wrote is a note. A `loose` one comes from
    the mail of somebody else, of whom nothing is known: whose ticket it is may follow it, who is only in copy may not.
    """

    ticket_id: str
    reason: str
    proven: bool = False
    message_id: str | None = None
    agent_id: str | None = None
    loose: bool = False
    inside: bool = False


@dataclass(frozen=True)
class Source:
    """The mail or SMS it came as: `key` is its row (taken in once), `raw_key` the octets, `ids` its Message-IDs.

    `fingerprint` is what the same mail, delivered again under another id, has too; it is known for `twin_life`; one
    that is not `proven` to be its sender's stands in nobody's way who proves it.
    `named` are the Message-IDs it answers. `addressed_to` is the ticket whose own reply address it was sent to. `held`:
    its row says that it was suspended. `paced_as` is for whom it counts towards the mails that one may write. `also`
    are the tickets and messages that the same mail became beside this one.
    """

    key: tuple[str, str]
    raw_key: str | None = None
    ids: tuple[str, ...] = ()
    fingerprint: str | None = None
    twin_life: timedelta | None = None
    proven: bool = True
    named: tuple[str, ...] = ()
    addressed_to: str | None = None
    held: bool = False
    paced_as: str | None = None
    also: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class PassedOn:
    """An agent passed the message on; what he wrote above it, and what he attached himself, is a note."""

    agent: Agent
    text: str
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class Incoming:
    """What came in. `sender` or `customer_id` says from whom; `hints` where it may belong, best first.

    `more_hints` looks for further ones, anew on each try: somebody else may have opened the ticket in the meantime.
    `verified` says that the sender is who he claims to be, `automatic` that a machine wrote, `answerable` that it may
    be answered by a machine of ours, unless its sender `is_spent`, who wrote too much for that (asked only then).
    `doors` are our addresses that a mail was sent to. `fields` are those of a new ticket (names as in Ticket).
    `caution` is as in Message. `call` is the phone call that it tells of, in whose words if `text` is empty; `spoke` is
    who of us took or made it, None where the customer alone did. `session` is what a message on WhatsApp opens.
    `beside` writes what else goes with the message.
    """

    channel: str
    text: str
    sender: Person | None = None
    customer_id: str | None = None
    subject: str = ""
    html: str | None = None
    quoted_text: str | None = None
    attachments: tuple[Attachment, ...] = ()
    hints: tuple[Hint, ...] = ()
    more_hints: Callable[[], Iterable[Hint]] = tuple
    verified: bool = True
    automatic: bool = False
    answerable: bool = True
    is_spent: Callable[[], bool] = bool
    locale: str | None = None
    problems: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()
    source: Source | None = None
    passed_on: PassedOn | None = None
    caution: str | None = None
    doors: tuple[str, ...] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    call: Call | None = None
    spoke: Author | None = None
    session: Session | None = None
    beside: Callable[[Changes, "Received"], None] | None = None

    @property
    def takes_number(self) -> bool:
        """Whether the next words from the same number belong to the ticket that it opens."""
        return self.call is not None and self.source is not None

    @property
    def address(self) -> str:
        """From where it came; empty where only a customer is named."""
        return self.sender.value if self.sender else ""


@dataclass(frozen=True)
class Received:
    ticket: Ticket
    message: Message
    is_new: bool


@dataclass(frozen=True)
class Known:
    """What the writer knew of the ticket he writes into: its version, its newest public message, where he says so."""

    ticket_id: str
    version: int | None = None
    last_seen_message_id: str | None = None
