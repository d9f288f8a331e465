"""What proves that no raw mail is forgotten."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row


class RawMailRow(Row, discriminator="raw-mail"):
    """One raw mail that was counted; `accounted` once it is known what became of it. It stays for good: so nothing is
    counted twice, however late a notice comes again."""

    accounted = BooleanAttribute()


class FurtherMailRow(Row, discriminator="further-mail"):
    """A raw mail that tells of a ticket and is no message of it: in the ticket's partition, so that it is erased
    with it."""

    raw_key = UnicodeAttribute()


class RawMailCountsRow(Row, discriminator="raw-mail-counts"):
    """How many raw mails were counted, and of how many it is known what became of them.

    `looked_at` is the key at which the next night's look into the bucket begins.
    """

    seen = NumberAttribute(null=True)
    accounted = NumberAttribute(null=True)
    looked_at = UnicodeAttribute(null=True)
