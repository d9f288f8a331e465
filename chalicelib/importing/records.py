"""The neutral records between the readers of formats and the one writer.

They travel from step to step as JSON Lines, so they hold plain values; what is big (a mail, a file) is named by where
it lies in the export.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct


class Person(Struct, frozen=True, omit_defaults=True):
    """Somebody, as far as a record tells: `source` is what names him in the other desk (`zendesk:user:7`).

    `role` is customer or agent, "" where the record does not say. Addresses are as they were written.
    """

    source: str = ""
    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    role: str = ""
    external_id: str | None = None
    locale: str | None = None
    time_zone: str | None = None
    organization: str | None = None
    tags: tuple[str, ...] = ()
    custom_fields: dict[str, Any] = {}
    created_at: datetime | None = None


class File(Struct, frozen=True, omit_defaults=True):
    """An attachment: its octets, or the `member` of the export that holds them, or only the `url` where they were."""

    name: str
    content_type: str = "application/octet-stream"
    content: bytes | None = None
    member: str | None = None
    url: str | None = None
    inline: bool = False


class Mail(Struct, frozen=True, omit_defaults=True, tag="mail"):
    """What a mail's head tells, for threading. `member`, `offset` and `size` say where it lies in the file."""

    where: str
    member: str
    offset: int
    size: int
    created_at: datetime
    sender: str
    sender_name: str = ""
    people: tuple[str, ...] = ()
    subject: str = ""
    message_id: str = ""
    answers: tuple[str, ...] = ()


class Call(Struct, frozen=True, omit_defaults=True):
    """A phone call, as in `domain.call`."""

    direction: str
    outcome: str
    seconds: int = 0


class Message(Struct, frozen=True, omit_defaults=True):
    """One entry of a thread. `order` tells those of one moment apart; `mail` is the one it came as."""

    source: str
    author: Person
    created_at: datetime
    text: str = ""
    html: str | None = None
    public: bool = True
    channel: str | None = None
    files: tuple[File, ...] = ()
    order: int = 0
    quoted_text: str | None = None
    contact: str | None = None
    cc: tuple[str, ...] = ()
    email_id: str | None = None
    automatic: bool = False
    mail: Mail | None = None
    problems: tuple[str, ...] = ()
    call: Call | None = None


class Ticket(Struct, frozen=True, omit_defaults=True, tag="ticket"):
    """A conversation. `where` is its place in the file, for people; `number` the one it had and keeps if it can.

    `status` None: told by who wrote last. `notes` say what of it could not be brought.
    """

    where: str
    source: str
    requester: Person
    created_at: datetime
    messages: tuple[Message, ...]
    subject: str = ""
    status: str | None = None
    priority: str = "normal"
    channel: str = "email"
    number: int | None = None
    external_id: str | None = None
    assignee: Person | None = None
    team: str | None = None
    tags: tuple[str, ...] = ()
    custom_fields: dict[str, Any] = {}
    cc: tuple[str, ...] = ()
    locale: str | None = None
    updated_at: datetime | None = None
    solved_at: datetime | None = None
    notes: tuple[str, ...] = ()


class Profile(Struct, frozen=True, omit_defaults=True, tag="person"):
    where: str
    person: Person


class Organization(Struct, frozen=True, omit_defaults=True, tag="organization"):
    where: str
    source: str
    name: str
    created_at: datetime
    domains: tuple[str, ...] = ()
    external_id: str | None = None
    tags: tuple[str, ...] = ()
    custom_fields: dict[str, Any] = {}


class Category(Struct, frozen=True, omit_defaults=True, tag="category"):
    """`names` and `descriptions` by locale."""

    where: str
    source: str
    names: dict[str, str]
    created_at: datetime
    descriptions: dict[str, str] = {}
    position: int = 0


class Article(Struct, frozen=True, omit_defaults=True, tag="article"):
    """`category` is the source of its category; `translations` by locale: title and body (Markdown)."""

    where: str
    source: str
    category: str
    translations: dict[str, dict[str, str]]
    created_at: datetime
    visibility: str = "public"
    published: bool = True
    author: Person | None = None
    position: int = 0
    updated_at: datetime | None = None
    notes: tuple[str, ...] = ()


class Thread(Struct, frozen=True, omit_defaults=True, tag="thread"):
    """Mails that belong together, oldest first."""

    where: str
    mails: tuple[Mail, ...]


class Skipped(Struct, frozen=True, omit_defaults=True, tag="skipped"):
    """A record that is not brought, and why."""

    where: str
    reason: str


Record = Ticket | Profile | Organization | Category | Article | Mail | Thread | Skipped

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Record)


def packed(listed: Iterable[Record]) -> bytes:
    """Records as JSON Lines."""
    return b"".join(_encoder.encode(record) + b"\n" for record in listed)


def unpacked(lines: bytes) -> Iterator[Record]:
    return (_decoder.decode(line) for line in lines.splitlines() if line)
