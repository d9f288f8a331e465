"""Senders whose mail opens no ticket."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class BlockedSenderRow(Row, discriminator="blocked-sender"):
    """One in the list of them, by age."""

    id = UnicodeAttribute()
    value = UnicodeAttribute()
    created_at = TimeAttribute()
    created_by = UnicodeAttribute(null=True)


class BlockedValueRow(Row, discriminator="blocked-value"):
    """That this address or domain is blocked, and as which one of the list."""

    blocked_id = UnicodeAttribute()
