"""The rows of the one table and its indexes: the only file that names attributes.

An index's key attributes are set only on rows that belong in its list (sparse). What each index carries must be
what `infra/data.yaml` says, or a list would come back with holes.
"""

import os
from datetime import UTC, datetime
from typing import Any

from pynamodb.attributes import (
    Attribute,
    BooleanAttribute,
    DiscriminatorAttribute,
    JSONAttribute,
    NumberAttribute,
    UnicodeAttribute,
)
from pynamodb.constants import STRING
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from chalicelib import settings
from chalicelib.store import keys

# All that the API shows of a ticket (its id is in the key), so a list is one read. DynamoDB allows an index 20 such
# names and a table 100, so what people put on a ticket travels as one: `labels`. Custom fields may be long: not here.
LISTED = [
    "kind", "number", "subject", "preview", "status", "priority", "channel", "team_id", "assignee_id", "customer_id",
    "customer_name", "created_at", "updated_at", "waiting_since", "solved_at", "labels", "locale", "version",
    "message_count",
]  # fmt: skip
# PynamoDB filters every query by kind, so an index without it would list nothing.
KEYS_AND_KIND = ["kind"]


class TimeAttribute(Attribute[datetime]):
    """A time as text of fixed width in UTC, so that it sorts."""

    attr_type = STRING

    def serialize(self, value: datetime) -> str:
        return keys.time(value)

    def deserialize(self, value: str) -> datetime:
        return datetime.strptime(value, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


class InboxIndex(GlobalSecondaryIndex["Row"]):
    class Meta:
        index_name = "inbox"
        projection = IncludeProjection(LISTED)

    inbox_pk = UnicodeAttribute(hash_key=True)
    inbox_sk = UnicodeAttribute(range_key=True)


class AssigneeIndex(GlobalSecondaryIndex["Row"]):
    class Meta:
        index_name = "assignee"
        projection = IncludeProjection(LISTED)

    assignee_pk = UnicodeAttribute(hash_key=True)
    assignee_sk = UnicodeAttribute(range_key=True)


class CustomerIndex(GlobalSecondaryIndex["Row"]):
    class Meta:
        index_name = "customer"
        projection = IncludeProjection(LISTED)

    customer_pk = UnicodeAttribute(hash_key=True)
    customer_sk = UnicodeAttribute(range_key=True)


class CreatedIndex(GlobalSecondaryIndex["Row"]):
    class Meta:
        index_name = "created"
        projection = IncludeProjection(KEYS_AND_KIND)

    created_pk = UnicodeAttribute(hash_key=True)
    created_sk = UnicodeAttribute(range_key=True)


class PromiseIndex(GlobalSecondaryIndex["Row"]):
    class Meta:
        index_name = "promise"
        projection = IncludeProjection(LISTED)

    promise_pk = UnicodeAttribute(hash_key=True)
    promise_sk = UnicodeAttribute(range_key=True)


class DueIndex(GlobalSecondaryIndex["Row"]):
    class Meta:
        index_name = "due"
        projection = IncludeProjection(KEYS_AND_KIND)

    due_pk = UnicodeAttribute(hash_key=True)
    due_sk = UnicodeAttribute(range_key=True)


class Row(Model):
    """Any row. `expires_at` is seconds since 1970, when DynamoDB may (days later) delete it."""

    class Meta:
        table_name = settings.table_name()
        region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "eu-west-1"
        billing_mode = "PAY_PER_REQUEST"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = DiscriminatorAttribute()
    expires_at = NumberAttribute(null=True)
    version = NumberAttribute(null=True)

    inbox = InboxIndex()
    inbox_pk = UnicodeAttribute(null=True)
    inbox_sk = UnicodeAttribute(null=True)
    assignee = AssigneeIndex()
    assignee_pk = UnicodeAttribute(null=True)
    assignee_sk = UnicodeAttribute(null=True)
    customer = CustomerIndex()
    customer_pk = UnicodeAttribute(null=True)
    customer_sk = UnicodeAttribute(null=True)
    created = CreatedIndex()
    created_pk = UnicodeAttribute(null=True)
    created_sk = UnicodeAttribute(null=True)
    promise = PromiseIndex()
    promise_pk = UnicodeAttribute(null=True)
    promise_sk = UnicodeAttribute(null=True)
    due = DueIndex()
    due_pk = UnicodeAttribute(null=True)
    due_sk = UnicodeAttribute(null=True)

    def __init__(self, key: keys.Key | None = None, **attributes: Any) -> None:
        if key:
            attributes["pk"], attributes["sk"] = key
        super().__init__(**attributes)

    def index(self, name: str, key: keys.Key | None) -> None:
        """Put the row on the index `name` under `key`, or take it off."""
        pk, sk = key or (None, None)
        setattr(self, f"{name}_pk", pk)
        setattr(self, f"{name}_sk", sk)


class TicketRow(Row, discriminator="ticket"):
    """`labels` is what people put on the ticket: tags, the shop's own id for it, the ticket it continues, and

    how many custom fields it has.
    """

    id = UnicodeAttribute()
    number = NumberAttribute()
    subject = UnicodeAttribute()
    status = UnicodeAttribute()
    priority = UnicodeAttribute()
    channel = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    customer_name = UnicodeAttribute()
    locale = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    team_id = UnicodeAttribute(null=True)
    assignee_id = UnicodeAttribute(null=True)
    labels = JSONAttribute(null=True)
    custom_fields = JSONAttribute(null=True)
    cc = JSONAttribute(null=True)
    waiting_since = TimeAttribute(null=True)
    solved_at = TimeAttribute(null=True)
    closed_at = TimeAttribute(null=True)
    message_count = NumberAttribute()
    preview = UnicodeAttribute(null=True)
    full_subject = UnicodeAttribute(null=True)
    last_public_id = UnicodeAttribute(null=True)
    reply_channel = UnicodeAttribute(null=True)
    reply_contact = UnicodeAttribute(null=True)


class MessageRow(Row, discriminator="message"):
    id = UnicodeAttribute()
    ticket_id = UnicodeAttribute()
    author = JSONAttribute()
    visibility = UnicodeAttribute()
    channel = UnicodeAttribute()
    created_at = TimeAttribute()
    text = UnicodeAttribute(null=True)
    html = UnicodeAttribute(null=True)
    quoted_text = UnicodeAttribute(null=True)
    body_key = UnicodeAttribute(null=True)
    attachments = JSONAttribute(null=True)
    contact = UnicodeAttribute(null=True)
    cc = JSONAttribute(null=True)
    email_id = UnicodeAttribute(null=True)
    matched_by = UnicodeAttribute(null=True)
    automatic = BooleanAttribute(null=True)
    unknown_sender = BooleanAttribute(null=True)
    unverified_sender = BooleanAttribute(null=True)
    raw_key = UnicodeAttribute(null=True)
    problems = JSONAttribute(null=True)


class DeliveryRow(Row, discriminator="delivery"):
    ticket_id = UnicodeAttribute()
    message_id = UnicodeAttribute()
    purpose = UnicodeAttribute()
    channel = UnicodeAttribute()
    to = UnicodeAttribute()
    state = UnicodeAttribute()
    updated_at = TimeAttribute()
    detail = UnicodeAttribute(null=True)
    provider_id = UnicodeAttribute(null=True)
    attempts = NumberAttribute()
    lease_until = TimeAttribute(null=True)


class EventRow(Row, discriminator="event"):
    """`dispatch` is `pending` on what a live change wrote; imported and restored rows carry none and send nothing."""

    id = UnicodeAttribute()
    type = UnicodeAttribute()
    created_at = TimeAttribute()
    actor = JSONAttribute()
    subject = UnicodeAttribute()
    ticket_id = UnicodeAttribute(null=True)
    customer_id = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    article_id = UnicodeAttribute(null=True)
    changes = JSONAttribute(null=True)
    counts = JSONAttribute(null=True)
    sends = JSONAttribute(null=True)
    dispatch = UnicodeAttribute(null=True)
    sequence = NumberAttribute(null=True)


class FeedRow(Row, discriminator="feed"):
    sequence = NumberAttribute()
    event_pk = UnicodeAttribute()
    event_sk = UnicodeAttribute()


class FeedHeadRow(Row, discriminator="feed-head"):
    sequence = NumberAttribute()


class CounterRow(Row, discriminator="counter"):
    value = NumberAttribute()


class PointerRow(Row, discriminator="pointer"):
    """A row that only says which other thing a number, an address or a Message-ID belongs to."""

    ticket_id = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    customer_id = UnicodeAttribute(null=True)
    agent_id = UnicodeAttribute(null=True)
    article_id = UnicodeAttribute(null=True)
    locale = UnicodeAttribute(null=True)


class IntakeRow(Row, discriminator="intake"):
    """What became of one mail or SMS: written in the transaction that took it in, so it is taken in once."""

    outcome = UnicodeAttribute()
    ticket_id = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    reason = UnicodeAttribute(null=True)
    raw_key = UnicodeAttribute(null=True)
    created_at = TimeAttribute()


class CustomerRow(Row, discriminator="customer"):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    locale = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    contacts = JSONAttribute(null=True)
    time_zone = UnicodeAttribute(null=True)
    preferred_channel = UnicodeAttribute(null=True)
    organization_id = UnicodeAttribute(null=True)
    tags = JSONAttribute(null=True)
    custom_fields = JSONAttribute(null=True)
    merged_into = UnicodeAttribute(null=True)


class AgentRow(Row, discriminator="agent"):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    names = JSONAttribute(null=True)
    email = UnicodeAttribute()
    role = UnicodeAttribute()
    created_at = TimeAttribute()
    team_ids = JSONAttribute(null=True)
    locale = UnicodeAttribute()
    active = BooleanAttribute()


class TeamRow(Row, discriminator="team"):
    id = UnicodeAttribute()
    names = JSONAttribute()
    created_at = TimeAttribute()


class ApiKeyRow(Row, discriminator="api-key"):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    prefix = UnicodeAttribute()
    scopes = JSONAttribute()
    agent_id = UnicodeAttribute()
    created_at = TimeAttribute()
    revoked = BooleanAttribute(null=True)
    limit = NumberAttribute(null=True)
    window = NumberAttribute(null=True)
    used = NumberAttribute(null=True)
    last_used_at = TimeAttribute(null=True)


class IdempotencyRow(Row, discriminator="idempotency"):
    request_hash = UnicodeAttribute()
    answer = JSONAttribute(null=True)
    answer_key = UnicodeAttribute(null=True)


class UploadRow(Row, discriminator="upload"):
    attachment = JSONAttribute()
    owner_id = UnicodeAttribute()


class SignInRow(Row, discriminator="sign-in"):
    role = UnicodeAttribute()
    person_id = UnicodeAttribute(null=True)
    email = UnicodeAttribute()
    browser = UnicodeAttribute(null=True)
    locale = UnicodeAttribute()
    created_at = TimeAttribute()
    mailed = BooleanAttribute(null=True)
    mailing_until = TimeAttribute(null=True)


class ArticleRow(Row, discriminator="article"):
    id = UnicodeAttribute()
    category_id = UnicodeAttribute()
    visibility = UnicodeAttribute()
    state = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    author_id = UnicodeAttribute(null=True)
    position = NumberAttribute()


class TranslationRow(Row, discriminator="translation"):
    locale = UnicodeAttribute()
    title = UnicodeAttribute()
    body = UnicodeAttribute()
    slug = UnicodeAttribute()


class ListingRow(Row, discriminator="listing"):
    article_id = UnicodeAttribute()
    category_id = UnicodeAttribute()
    visibility = UnicodeAttribute()
    position = NumberAttribute()
    titles = JSONAttribute()
    slugs = JSONAttribute()


class CategoryRow(Row, discriminator="category"):
    id = UnicodeAttribute()
    translations = JSONAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    position = NumberAttribute()
    icon = UnicodeAttribute()


class ShopRow(Row, discriminator="shop"):
    settings = JSONAttribute()
