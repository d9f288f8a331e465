"""What the service answers. A reader passes over fields that stand in none of these classes.

Made of the OpenAPI document by `python -m clients.python.generator`; do not edit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal


@dataclass(frozen=True, kw_only=True)
class ApiKey:
    """A key, without itself: `prefix` is how it begins. `last_used_at` moves no `version`."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    agent_id: str
    limit: int
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class MadeApiKey:
    """`key` is told here and never again: only its hash is kept."""

    id: str
    name: str
    prefix: str
    scopes: list[str]
    agent_id: str
    limit: int
    expires_at: datetime | None
    last_used_at: datetime | None
    revoked_at: datetime | None
    created_at: datetime
    version: int
    key: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class WholeArticleVersion:
    """A version with its texts."""

    number: int
    article_id: str
    author: VersionWriter
    changed: list[str]
    category_id: str
    visibility: Literal["agents", "customers", "public"]
    titles: VersionTitles
    published: bool
    created_at: datetime
    translations: VersionTexts


@dataclass(frozen=True, kw_only=True)
class VersionWriter:
    """Who wrote a version, as he is called now. A `system` has no id: nobody knows who it was, or nobody was."""

    type: Literal["agent", "api_key", "system"]
    id: str | None
    name: str


@dataclass(frozen=True, kw_only=True)
class VersionTitles:
    """By language."""

    en: str | None = None
    ar: str | None = None


@dataclass(frozen=True, kw_only=True)
class VersionTexts:
    """By language."""

    en: VersionText | None = None
    ar: VersionText | None = None


@dataclass(frozen=True, kw_only=True)
class VersionText:
    """An article in one language, as it was then."""

    title: str
    body: str


@dataclass(frozen=True, kw_only=True)
class ArticleVotes:
    """How an article was voted on, and why it did not help: the newest 50 who were not helped, newest first."""

    article_id: str
    translations: VoteCounts
    complaints: list[Complaint]


@dataclass(frozen=True, kw_only=True)
class VoteCounts:
    """By language; one that nobody voted on is not there."""

    en: VoteCount | None = None
    ar: VoteCount | None = None


@dataclass(frozen=True, kw_only=True)
class VoteCount:
    """How one language of an article was voted on; each visitor has one vote, and another one once it is
    rewritten."""

    helpful: int = 0
    unhelpful: int = 0
    reasons: VoteReasons
    current: CurrentVoteCount


@dataclass(frozen=True, kw_only=True)
class VoteReasons:
    """How often each reason was given for a no; many give none."""

    unclear: int = 0
    outdated: int = 0
    wrong: int = 0
    missing: int = 0
    other: int = 0


@dataclass(frozen=True, kw_only=True)
class CurrentVoteCount:
    """How the text was voted on since it was changed last by more than a minor edit."""

    helpful: int = 0
    unhelpful: int = 0
    reasons: VoteReasons


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A no of the last year. Who said it is not known; addresses and long numbers in its words are left out."""

    locale: Literal["ar", "en"]
    reason: Literal["missing", "other", "outdated", "unclear", "wrong"] | None
    words: str
    current: bool
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Article:
    """`url` of a text is where its readers find it once it is published. A draft may have a time (`publish_at`)
    at which it is published by itself. A published article may have `drafts` beside its `translations`: what
    is to be published next, and then by `publish_at` too."""

    id: str
    category_id: str
    visibility: Literal["agents", "customers", "public"]
    state: Literal["archived", "draft", "published"]
    translations: ArticleTexts
    drafts: ArticleDrafts
    position: int
    author_id: str | None
    updated_by: str | None
    publish_at: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class ArticleTexts:
    """By language."""

    en: ArticleText | None = None
    ar: ArticleText | None = None


@dataclass(frozen=True, kw_only=True)
class ArticleText:
    """An article in one language. It is `outdated` while another language changed after it and nobody said that
    this one still holds."""

    title: str
    body: str
    slug: str
    url: str
    updated_at: datetime
    outdated: bool


@dataclass(frozen=True, kw_only=True)
class ArticleDrafts:
    """By language; one without a draft is not there."""

    en: ArticleDraft | None = None
    ar: ArticleDraft | None = None


@dataclass(frozen=True, kw_only=True)
class ArticleDraft:
    """What one language of a published article is to become; no reader sees it yet. It is `outdated` when what
    readers see was changed after the draft was made of it."""

    title: str
    body: str
    slug: str
    minor: bool
    updated_at: datetime
    updated_by: str | None
    outdated: bool


@dataclass(frozen=True, kw_only=True)
class Category:
    """A subject of the help centre, which holds articles."""

    id: str
    translations: CategoryTexts
    position: int
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class CategoryTexts:
    """By language."""

    en: CategoryText | None = None
    ar: CategoryText | None = None


@dataclass(frozen=True, kw_only=True)
class CategoryText:
    """A category in one language."""

    name: str
    description: str
    slug: str
    url: str


@dataclass(frozen=True, kw_only=True)
class SearchResults:
    """Best first. `did_you_mean` is the query spelled right, when it was not: `data` already holds what that
    finds."""

    data: list[Hit]
    did_you_mean: str | None
    total: int


@dataclass(frozen=True, kw_only=True)
class Hit:
    """`snippet` is safe HTML, with the words found in `<mark>`."""

    article_id: str
    locale: Literal["ar", "en"]
    title: str
    url: str
    snippet: str
    score: float


@dataclass(frozen=True, kw_only=True)
class BlockedSender:
    """An address, or a domain with all its addresses, whose mail is suspended; `created_by` is an agent or a
    key."""

    id: str
    value: str
    created_by: str | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class CustomerEvent:
    """Something that happened with a customer outside the desk."""

    id: str
    customer_id: str
    type: str
    title: str
    occurred_at: datetime
    url: str | None
    amount: Amount | None
    external_id: str | None
    data: dict[str, Any]
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Money. `value` is a text, since numbers of JSON lose digits; `currency` a code of ISO 4217."""

    value: str
    currency: str


@dataclass(frozen=True, kw_only=True)
class CustomerNote:
    """What an agent wrote about a customer himself, whatever the ticket; `system` wrote what happened with him."""

    id: str
    customer_id: str
    author: WrittenBy
    text: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class WrittenBy:
    """Who wrote it, and what he was called then."""

    type: Literal["agent", "customer", "system"]
    id: str | None
    name: str


@dataclass(frozen=True, kw_only=True)
class Customer:
    """Somebody who writes to us, with all ways to reach him."""

    id: str
    name: str
    locale: Literal["ar", "en"] | None
    time_zone: str | None
    contacts: list[Contact]
    preferred_channel: str | None
    quiet_hours: CustomerQuietHours | None
    organization_id: str | None
    sees_organization: bool
    tags: list[str]
    custom_fields: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    merged_into: str | None
    version: int


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A way to reach somebody. `value` is an address, a number in E.164, or an id in your own system."""

    type: Literal["email", "external", "phone"]
    value: str
    verified: bool
    opted_out: bool
    opted_out_of: list[Literal["email", "sms", "whatsapp"]]
    suppressed: bool


@dataclass(frozen=True, kw_only=True)
class CustomerQuietHours:
    """Hours of the customer's day in which his phone is left alone: answers by SMS and WhatsApp wait for their
    end."""

    from_: str
    to: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """What `custom_fields` may hold under `key`. Dates are YYYY-MM-DD; null is no value, of whatever type."""

    id: str
    key: str
    type: Literal["boolean", "date", "multi_select", "number", "select", "text"]
    applies_to: Literal["customer", "organization", "ticket"]
    names: dict[str, str]
    options: list[FieldOption]
    required: bool
    position: int
    shown_to_customers: bool
    topics: list[str]
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class FieldOption:
    """A value that may be chosen, and what it is called."""

    value: str
    names: Names | None = None


@dataclass(frozen=True, kw_only=True)
class Names:
    """A name in each language."""

    en: str | None = None
    ar: str | None = None


@dataclass(frozen=True, kw_only=True)
class Health:
    """`status` is `ok`, or `unavailable` with what is wrong in `detail`."""

    status: str
    version: str
    detail: str | None = None
    mail: MailCounts | None = None


@dataclass(frozen=True, kw_only=True)
class MailCounts:
    """How many raw mails were `seen`, and of how many it is known what became of them (`accounted`). Each that
    came more than a quarter of an hour ago is exactly one of a message, suspended, a duplicate and failed;
    `missing` are those of which nobody knows."""

    seen: int
    accounted: int
    missing: int


@dataclass(frozen=True, kw_only=True)
class Image:
    """POST the file to `url` as multipart/form-data within the hour: all of `fields`, then `file`. Then it is at
    `path`, for everybody who knows the address: in Markdown `![what is to be seen](/media/…)`."""

    image_id: str
    path: str
    url: str
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Job:
    """`url` is where the result can be downloaded during the next hour; ask again for a fresh one."""

    id: str
    type: Literal["bulk", "customer_export", "erase", "export", "import", "own_export", "reconcile", "replay", "resend"]
    state: Literal["done", "failed", "queued", "running", "stopped"]
    progress: JobProgress
    error: JobError | None
    url: str | None
    created_by: str
    created_at: datetime
    updated_at: datetime
    finished_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class JobProgress:
    """How many things are done, of how many; `total` is null while nobody knows."""

    done: int
    total: int | None


@dataclass(frozen=True, kw_only=True)
class JobError:
    """Why a job failed."""

    code: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class Macro:
    """Words that agents use again and again. The language of the ticket decides which text is used."""

    id: str
    name: str
    texts: dict[str, str]
    position: int
    team_id: str | None
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class Organization:
    """What several customers belong to."""

    id: str
    name: str
    domains: list[str]
    external_id: str | None
    tags: list[str]
    custom_fields: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class Overview:
    """Who a customer is, with what is needed to answer him: newest notes, tickets that are not solved, the
    newest of all that was said and happened."""

    customer: Customer
    organization: Organization | None
    notes: list[CustomerNote]
    last_inquiry: LastInquiry | None
    open_tickets: list[Ticket]
    suggestions: list[Suggestion]
    timeline: TimelineEntryPage


@dataclass(frozen=True, kw_only=True)
class LastInquiry:
    """The ticket that was opened last. `preview` are the first words of what was said in it last."""

    ticket_id: str
    number: int
    subject: str
    status: Literal["closed", "new", "on_hold", "open", "pending", "solved"]
    channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"]
    created_at: datetime
    preview: str


@dataclass(frozen=True, kw_only=True)
class Ticket:
    """One conversation with a customer, over whatever channels it runs."""

    id: str
    number: int
    subject: str
    status: Literal["closed", "new", "on_hold", "open", "pending", "solved"]
    priority: Literal["high", "low", "normal", "urgent"]
    channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"]
    team_id: str | None
    assignee_id: str | None
    customer_id: str
    cc: list[str]
    tags: list[str]
    custom_fields: dict[str, Any]
    locale: Literal["ar", "en"]
    created_at: datetime
    updated_at: datetime
    waiting_since: datetime | None
    solved_at: datetime | None
    sla: Sla
    message_count: int
    version: int
    external_id: str | None
    linked_ticket_id: str | None
    merged_into: str | None
    split_from: str | None


@dataclass(frozen=True, kw_only=True)
class Sla:
    """When something was promised; `breached` names the promises that were not kept."""

    first_reply_due_at: datetime | None = None
    next_reply_due_at: datetime | None = None
    resolution_due_at: datetime | None = None
    breached: list[str] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """Somebody who may be the same person. `score` says how likely, up to 100; what tells most comes first."""

    customer: Customer
    score: int
    reasons: list[DoubleReason]


@dataclass(frozen=True, kw_only=True)
class DoubleReason:
    """`code` is stable, `message` says it in the language of the request."""

    code: str
    message: str


@dataclass(frozen=True, kw_only=True)
class TimelineEntryPage:
    """A page of a list. It may be short, even empty, while `has_more` is true: follow `next_cursor` to the end."""

    data: list[TimelineEntry]
    has_more: bool
    next_cursor: str | None


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """A message of any ticket and channel, or an event that the shop told of; the other of the two is null."""

    type: Literal["event", "message"]
    at: datetime
    message: TimelineMessage | None
    event: CustomerEvent | None


@dataclass(frozen=True, kw_only=True)
class TimelineMessage:
    """A message, with what its ticket is called; null of one that is not there any more."""

    id: str
    ticket_id: str
    author: WrittenBy
    sender: Sender | None
    visibility: Literal["internal", "public"]
    channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"]
    text: str
    html: str | None
    quoted_text: str | None
    cc: list[str]
    attachments: list[Attachment]
    delivery: Delivery | None
    call: PhoneCall | None
    created_at: datetime
    ticket_number: int | None
    ticket_subject: str | None


@dataclass(frozen=True, kw_only=True)
class Sender:
    """How a customer's message came: from which address or number, if from one, and what is known of that.
    `verified` is false where nothing proves that the sender is who he claims to be (DMARC); `known` is false
    where the address takes no part in the ticket; `automatic` is true for what a machine sent, such as a note
    of absence. `doors` are, of a mail, our addresses that it was sent to: of several the first one counted.
    `matched_by` says why it stands in this ticket: `reply-address`, `in-reply-to`, `references`, `quoted`,
    `subject` or `forwarded` of a mail, `phone-thread` of a text message; it is not there where the message
    opened the ticket."""

    contact: str | None
    verified: bool
    known: bool
    automatic: bool
    doors: list[str] | None = None
    matched_by: str | None = None


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file; `url` downloads it within the next hour."""

    id: str
    name: str
    content_type: str
    size: int
    url: str


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What became of the sending. `detail` says in words why it failed or, of one that is sent, why it takes
    long; `reason`, where one is known, is a code for that (`no-such-mailbox`, `mailbox-full` …; more may
    come), and `failed_copies`, where there are any, are those who were in copy and got none."""

    state: Literal["bounced", "delivered", "failed", "queued", "received", "sent", "suppressed"]
    detail: str | None = None
    reason: str | None = None
    failed_copies: list[FailedCopy] | None = None


@dataclass(frozen=True, kw_only=True)
class FailedCopy:
    """A copy that did not arrive; `reason` as in a delivery."""

    email: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class PhoneCall:
    """A phone call: `in` is one that the customer made. One that he made is answered, missed or ended in
    voicemail, one of ours never missed; only where somebody spoke, or left words, did it take seconds."""

    direction: Literal["in", "out"]
    outcome: Literal["answered", "busy", "failed", "missed", "no_answer", "voicemail"]
    seconds: int = 0


@dataclass(frozen=True, kw_only=True)
class Suggestions:
    """At most five, the likeliest first."""

    data: list[Suggestion]


@dataclass(frozen=True, kw_only=True)
class Rating:
    """Whether the customer found his question answered, in his own words if he added some."""

    ticket_id: str
    customer_id: str
    answer: Literal["no", "partly", "yes"]
    words: str
    rated_at: datetime
    changed_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class TicketHit:
    """`snippet` is safe HTML: a stretch of what was said, with the words found in `<mark>`."""

    ticket: Ticket
    snippet: str
    score: float


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What the shop has set."""

    names: ShopTexts
    taglines: ShopTexts
    addresses: ShopTexts
    hours: ShopTexts
    often_asked: list[Asked]
    default_locale: Literal["ar", "en"]
    locales: list[Literal["ar", "en"]]
    time_zone: str
    receipts: list[Literal["email", "portal", "sms", "whatsapp"]]
    rules: Rules
    business_hours: BusinessHours
    branding: Branding
    sms: SmsSettings
    whatsapp: WhatsAppSettings
    version: int


@dataclass(frozen=True, kw_only=True)
class ShopTexts:
    """A text in each language that there is one for."""

    en: str | None = None
    ar: str | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Words to search for, in each language."""

    en: str | None = None
    ar: str | None = None


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Of a ticket's life."""

    close_after_days: int
    reopen_within_days: int


@dataclass(frozen=True, kw_only=True)
class BusinessHours:
    """When the shop is open, by its own clock, and what it promises."""

    week: dict[str, list[OpenWindow]]
    holidays: list[str]
    reply_within: int | None


@dataclass(frozen=True, kw_only=True)
class OpenWindow:
    """Hours of one day in which the shop is open; `24:00` ends at its midnight."""

    from_: str
    to: str


@dataclass(frozen=True, kw_only=True)
class Branding:
    """How the shop looks. `light` and `dark` are null where the colours are Diwan's own."""

    light: Palette | None
    dark: Palette | None
    logos: Logos
    css: str
    links: LinksByLanguage
    announcement: Announcement | None


@dataclass(frozen=True, kw_only=True)
class Palette:
    """The colours of one theme. What is null follows from `accent`."""

    accent: str
    accent_2: str | None = None
    accent_soft: str | None = None
    on_accent: str | None = None


@dataclass(frozen=True, kw_only=True)
class Logos:
    """By language."""

    en: Logo | None = None
    ar: Logo | None = None


@dataclass(frozen=True, kw_only=True)
class Logo:
    """A picture in place of the name, for each theme; without one for dark the light one stands there too."""

    light: str | None = None
    dark: str | None = None


@dataclass(frozen=True, kw_only=True)
class LinksByLanguage:
    """By language."""

    en: PageLinks | None = None
    ar: PageLinks | None = None


@dataclass(frozen=True, kw_only=True)
class PageLinks:
    """In the head and at the foot of every page."""

    header: list[BrandLink] = field(default_factory=list)
    footer: list[BrandLink] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class BrandLink:
    """Words that lead somewhere."""

    text: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Announcement:
    """A banner over every page of the portal, while it holds."""

    level: Literal["bad", "info", "ok", "warn"] = "info"
    texts: AnnouncementTexts
    links: AnnouncementLinks | None = None
    from_: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class AnnouncementTexts:
    """By language; a language without words shows no banner."""

    en: str | None = None
    ar: str | None = None


@dataclass(frozen=True, kw_only=True)
class AnnouncementLinks:
    """By language."""

    en: BrandLink | None = None
    ar: BrandLink | None = None


@dataclass(frozen=True, kw_only=True)
class SmsSettings:
    """Of SMS. An agent's answer is held by none of them."""

    max_parts: int
    quiet_hours: QuietHours | None
    daily_cap: float | None
    prices: dict[str, float]
    confirm_opt_out: bool


@dataclass(frozen=True, kw_only=True)
class QuietHours:
    """Hours of the shop's day in which no text goes out that nobody wrote by hand. They may span midnight."""

    from_: str
    to: str


@dataclass(frozen=True, kw_only=True)
class WhatsAppSettings:
    """Of WhatsApp: what goes out once 24 hours have passed since a customer's last message there."""

    template: str | None
    languages: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class SmsEstimate:
    """`left` counts characters of the `encoding`: some, as € or an emoji, take two."""

    encoding: Literal["GSM-7", "UCS-2"]
    parts: int
    left: int
    price: float | None
    currency: str
    linked: bool
    price_version: str | None


@dataclass(frozen=True, kw_only=True)
class Agent:
    """`names` holds the name as written in each language. One who is not `active` has left; history names him
    still."""

    id: str
    name: str
    names: dict[str, str]
    email: str
    role: Literal["admin", "agent"]
    team_ids: list[str]
    locale: str
    notifications: Literal["assigned", "none"]
    active: bool
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class Team:
    """`name` is in the language of the caller. One that is not `active` is given no more tickets. `email` is the
    team's door: mail to it opens tickets of this team, and answers in its tickets go out from it; null: they
    go out from the shop's address."""

    id: str
    name: str
    names: dict[str, str]
    email: str | None
    signatures: dict[str, str]
    active: bool
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class ReleasedMail:
    """What a suspended mail became."""

    id: str
    ticket_id: str
    message_id: str


@dataclass(frozen=True, kw_only=True)
class SuspendedMail:
    """A mail that became no message. `reason` is a stable code (`spam`, `virus`, `dmarc`, `no-sender`, `own-
    address`, `unknown-bounce`, `unverified`, `blocked-sender`, `too-many`, `too-large`, `unparseable`,
    `loop`, `failed`; more may come), `detail` says it in words. `from` is what the mail says, which may be
    forged."""

    id: str
    from_: str | None
    from_name: str
    subject: str
    reason: str
    detail: str
    received_at: datetime
    expires_at: datetime
    size: int


@dataclass(frozen=True, kw_only=True)
class SynonymSet:
    """Words that stand for each other when somebody searches in their language."""

    id: str
    locale: Literal["ar", "en"]
    words: list[str]
    visibility: Literal["agents", "customers", "public"]
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class Message:
    """One thing somebody wrote in a ticket. `delivery` is null on what goes to nobody: a note, a system's line;
    `sender` is null on what no customer wrote, `call` on all but those of the channel `phone`."""

    id: str
    ticket_id: str
    author: WrittenBy
    sender: Sender | None
    visibility: Literal["internal", "public"]
    channel: Literal["api", "chat", "email", "phone", "portal", "sms", "whatsapp"]
    text: str
    html: str | None
    quoted_text: str | None
    cc: list[str]
    attachments: list[Attachment]
    delivery: Delivery | None
    call: PhoneCall | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Upload:
    """POST the file to `url` as multipart/form-data within the hour: all of `fields`, then `file`."""

    attachment_id: str
    url: str
    fields: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class Webhook:
    """`disabled_reason` says why it was switched off: `gone` (the receiver answered 410), `failing` (for five
    days, without one success), null when a person did it. `failing_since` is the first failure since the last
    success. `previous_secret_until` is until when the secret before the last change signs along."""

    id: str
    url: str
    events: list[str]
    description: str
    enabled: bool
    disabled_reason: Literal["failing", "gone"] | None
    failing_since: datetime | None
    previous_secret_until: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int


@dataclass(frozen=True, kw_only=True)
class WebhookDelivery:
    """One event on its way to one webhook. `stopped`: the webhook was switched off before it got through.
    `event_id` is the `webhook-id` of every attempt; the newest 30 attempts are listed, oldest first."""

    id: str
    webhook_id: str
    event_id: str
    event_type: str
    state: Literal["delivered", "failed", "pending", "stopped"]
    attempts: list[WebhookAttempt]
    next_attempt_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class WebhookAttempt:
    """`status` is what the receiver answered, null when it did not; `error` says in words why it failed.
    `answer` is the beginning of its answer, at most 256 octets."""

    at: datetime
    status: int | None
    duration_ms: int
    error: str | None
    answer: str | None


@dataclass(frozen=True, kw_only=True)
class WebhookWithSecret:
    """`secret` is told here and never again: keep it where the receiver verifies signatures with it."""

    id: str
    url: str
    events: list[str]
    description: str
    enabled: bool
    disabled_reason: Literal["failing", "gone"] | None
    failing_since: datetime | None
    previous_secret_until: datetime | None
    created_at: datetime
    updated_at: datetime
    version: int
    secret: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ArticleVersion:
    """What an article said from one change of its texts, category or visibility to the next. Numbers have gaps:
    they are those of the article's `version`, which publishing and the like change, too. One that is not
    `published` was a draft."""

    number: int
    article_id: str
    author: VersionWriter
    changed: list[str]
    category_id: str
    visibility: Literal["agents", "customers", "public"]
    titles: VersionTitles
    published: bool
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class Consent:
    """A change of what a customer allows: that nothing more is sent to a contact on a channel, or that it is
    again."""

    id: str
    customer_id: str
    contact_type: Literal["email", "external", "phone"]
    contact: str
    channel: Literal["email", "sms", "whatsapp"]
    action: Literal["opt_in", "opt_out"]
    at: datetime
    source: Literal["api", "aws", "desk", "import", "portal", "sms", "whatsapp"]
    actor: EventActor
    text: str | None
    ticket_id: str | None
    message_id: str | None


@dataclass(frozen=True, kw_only=True)
class EventActor:
    """Who did it."""

    type: Literal["agent", "api_key", "customer", "system"]
    id: str | None


@dataclass(frozen=True, kw_only=True)
class Event:
    """One change. `sequence` grows by one with each event of the feed, and none is left out."""

    id: str
    type: str
    sequence: int
    created_at: datetime
    actor: EventActor
    data: EventData


@dataclass(frozen=True, kw_only=True)
class EventData:
    """Ids of what it is about, and what changed: `{field: [before, after]}`. Texts are read from where they
    stand."""

    ticket_id: str | None
    customer_id: str | None
    message_id: str | None
    article_id: str | None
    version: int | None
    changes: dict[str, list[Any]]


@dataclass(frozen=True, kw_only=True)
class JobResult:
    """What a job reports, in order. `bulk`: of each operation `status` and `body`, as the call itself would
    answer. `export`: of each file `name`, `size` and a `url` for the next hour. `import`: the record of the
    file (`source`), whether it was `skipped` or is here `changed` (`code`), and why (`detail`). `replay`: of
    each mail (`source`) that is other than before what became of it: `rewritten`, `judged`, `found` or `not-
    replayed` (`code`). `reconcile`: each mail that is `missing`, and at the end in `body` how many mails are
    what."""

    index: int
    status: int | None = None
    body: Any | None = None
    name: str | None = None
    size: int | None = None
    url: str | None = None
    source: str | None = None
    code: str | None = None
    detail: str | None = None
    ticket_id: str | None = None
    article_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Searched:
    """What customers searched for: a query in one language, over the days asked for."""

    id: str
    query: str
    locale: Literal["ar", "en"]
    searches: int
    in_vain: int
    opened: int
    hits: int
    searched_at: datetime
