"""Tickets and their messages."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from chalicelib.api.schemas.phone_calls import PhoneCall
from chalicelib.api.schemas.values import (
    AttachmentIds,
    Channel,
    Cursor,
    CustomFields,
    Email,
    Emails,
    ExternalId,
    Html,
    Id,
    Limit,
    Locale,
    Name,
    Phone,
    Priority,
    Status,
    Subject,
    Tag,
    Tags,
    Text,
    Time,
)

Visibility = Literal["public", "internal"]
Number = Annotated[int, Meta(ge=1, le=10**12)]
MAX_SPLIT = 100


class Sla(Struct):
    """When something was promised; `breached` names the promises that were not kept."""

    first_reply_due_at: Time | None = None
    next_reply_due_at: Time | None = None
    resolution_due_at: Time | None = None
    breached: list[str] = field(default_factory=list)


class Ticket(Struct, kw_only=True):
    """One conversation with a customer, over whatever channels it runs."""

    id: str
    number: int
    subject: str
    status: Status
    priority: Priority
    channel: Channel
    team_id: str | None
    assignee_id: str | None
    customer_id: str
    cc: list[str]
    tags: list[str]
    custom_fields: dict[str, Any]
    locale: Locale
    created_at: Time
    updated_at: Time
    waiting_since: Time | None
    solved_at: Time | None
    sla: Sla
    message_count: int
    version: int
    external_id: str | None
    linked_ticket_id: str | None
    merged_into: str | None
    split_from: str | None


class Author(Struct, forbid_unknown_fields=True):
    """Who writes: the customer, or an agent (without `id`, the one the key belongs to)."""

    type: Literal["customer", "agent"]
    id: Id | UnsetType = UNSET


class CustomerName(Struct, forbid_unknown_fields=True):
    """The customer, by exactly one of `id`, `email`, `phone` and `external_id`. Whom we do not know yet is made."""

    id: Id | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    external_id: ExternalId | UnsetType = UNSET
    name: Name | UnsetType = UNSET


class FirstMessage(Struct, forbid_unknown_fields=True, kw_only=True):
    """What begins a ticket; the customer's, unless its author is an agent. One of the channel `phone` has a `call`,
    and may go without `text`; all others have one."""

    text: Text | UnsetType = UNSET
    html: Html | None = None
    author: Author = field(default_factory=lambda: Author("customer"))
    channel: Channel | None = None
    call: PhoneCall | None = None
    attachments: AttachmentIds = field(default_factory=list)


class NewTicket(Struct, forbid_unknown_fields=True, kw_only=True):
    """A ticket to open. With an agent as author the desk starts the conversation, and the message goes out."""

    subject: Subject
    message: FirstMessage
    customer: CustomerName
    priority: Priority = "normal"
    tags: Tags = field(default_factory=list)
    team_id: Id | None = None
    locale: Locale | None = None
    cc: Emails = field(default_factory=list)
    external_id: ExternalId | None = None
    custom_fields: CustomFields = field(default_factory=dict)


class TicketChange(Struct, forbid_unknown_fields=True, kw_only=True):
    """What to change; what is left out stays. Lists and `custom_fields` are replaced as a whole."""

    status: Status | UnsetType = UNSET
    priority: Priority | UnsetType = UNSET
    subject: Subject | UnsetType = UNSET
    team_id: Id | UnsetType | None = UNSET
    assignee_id: Id | UnsetType | None = UNSET
    tags: Tags | UnsetType = UNSET
    custom_fields: CustomFields | UnsetType = UNSET
    external_id: ExternalId | UnsetType | None = UNSET
    locale: Locale | UnsetType = UNSET
    cc: Emails | UnsetType = UNSET


class TicketMerge(Struct, forbid_unknown_fields=True):
    """`into`: the id or the number of the ticket that stands for both from then on."""

    into: Id | Number


class TicketSplit(Struct, forbid_unknown_fields=True, kw_only=True):
    """The messages to move, not all of them; without `subject` the new ticket has that of the old one."""

    message_ids: Annotated[list[Id], Meta(min_length=1, max_length=MAX_SPLIT)]
    subject: Subject | None = None


class TicketQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    """Which tickets. `team_id` and `assignee_id` may be `none`: tickets of no team, of nobody."""

    status: Annotated[list[Status], Meta(min_length=1)] | UnsetType = UNSET
    team_id: Id | UnsetType = UNSET
    assignee_id: Id | UnsetType = UNSET
    customer_id: Id | UnsetType = UNSET
    channel: Channel | UnsetType = UNSET
    tag: Tag | UnsetType = UNSET
    updated_since: Time | UnsetType = UNSET
    sort: Literal["updated", "created", "due"] = "updated"
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET


class WrittenBy(Struct):
    """Who wrote it, and what he was called then."""

    type: Literal["customer", "agent", "system"]
    id: str | None
    name: str


class Attachment(Struct):
    """A file; `url` downloads it within the next hour."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


class FailedCopy(Struct):
    """A copy that did not arrive; `reason` as in a delivery."""

    email: str
    reason: str


class Delivery(Struct):
    """What became of the sending. `detail` says in words why it failed or, of one that is sent, why it takes long;
    `reason`, where one is known, is a code for that (`no-such-mailbox`, `mailbox-full` …; more may come), and
    `failed_copies`, where there are any, are those who were in copy and got none."""

    state: Literal["received", "queued", "sent", "delivered", "bounced", "failed", "suppressed"]
    detail: str | None = None
    reason: str | UnsetType = UNSET
    failed_copies: list[FailedCopy] | UnsetType = UNSET


class Sender(Struct, kw_only=True):
    """How a customer's message came: from which address or number, if from one, and what is known of that.

    `verified` is false where nothing proves that the sender is who he claims to be (DMARC); `known` is false where
    the address takes no part in the ticket; `automatic` is true for what a machine sent, such as a note of absence.
    `doors` are, of a mail, our addresses that it was sent to: of several the first one counted. `matched_by` says why
    it stands in this ticket: `reply-address`, `in-reply-to`, `references`, `quoted`, `subject` or `forwarded` of a
    mail, `phone-thread` of a text message; it is not there where the message opened the ticket.
    """

    contact: str | None
    verified: bool
    known: bool
    automatic: bool
    doors: list[str] | UnsetType = UNSET
    matched_by: str | UnsetType = UNSET


class Message(Struct, kw_only=True):
    """One thing somebody wrote in a ticket. `delivery` is null on what goes to nobody: a note, a system's line;
    `sender` is null on what no customer wrote, `call` on all but those of the channel `phone`."""

    id: str
    ticket_id: str
    author: WrittenBy
    sender: Sender | None
    visibility: Visibility
    channel: Channel
    text: str
    html: str | None
    quoted_text: str | None
    cc: list[str]
    attachments: list[Attachment]
    delivery: Delivery | None
    call: PhoneCall | None
    created_at: Time


class NewMessage(Struct, forbid_unknown_fields=True, kw_only=True):
    """A message to write into a ticket. `status` is what the ticket becomes, instead of what the rules say.

    An agent's answer by mail that names no `cc` goes in copy to that of the ticket; an empty one, to nobody else. Who
    is named is in copy on the ticket from then on; who opted out or bounced is left out (`delivery.failed_copies`).

    A phone call is a message of the channel `phone` with a `call`, and may go without `text`; it goes out to nobody,
    and moves its ticket whoever may read of it: see `call`. One with attachments may go without `text`, too.
    """

    text: Text | UnsetType = UNSET
    html: Html | None = None
    visibility: Visibility = "public"
    channel: Channel | None = None
    author: Author = field(default_factory=lambda: Author("agent"))
    cc: Emails | UnsetType = UNSET
    attachments: AttachmentIds = field(default_factory=list)
    call: PhoneCall | None = None
    last_seen_message_id: Id | None = None
    status: Status | None = None


class MessageQuery(Struct, forbid_unknown_fields=True, kw_only=True):
    limit: Limit = 25
    cursor: Cursor | UnsetType = UNSET
