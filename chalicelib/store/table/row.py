"""What every row has, and the table's indexes.

An index's key attributes are set only on rows that belong in its list (sparse). What each index carries must be
what `infra/data.yaml` says, or a list would come back with holes.
"""

import os
from datetime import UTC, datetime
from typing import Any

from pynamodb.attributes import (
    Attribute,
    DiscriminatorAttribute,
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

    def __init__(self, key: keys.Key | None = None, /, **attributes: Any) -> None:
        if key:
            attributes["pk"], attributes["sk"] = key
        super().__init__(**attributes)

    def index(self, name: str, key: keys.Key | None) -> None:
        """Put the row on the index `name` under `key`, or take it off."""
        pk, sk = key or (None, None)
        setattr(self, f"{name}_pk", pk)
        setattr(self, f"{name}_sk", sk)
