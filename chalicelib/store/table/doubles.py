"""By what customers who may be one person are found, and which of them are not."""

from pynamodb.attributes import JSONAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row


class DoubleRow(Row, discriminator="double"):
    """A customer among those who have something in common; what it is stands hashed in the key."""

    customer_id = UnicodeAttribute()


class DoubleKeysRow(Row, discriminator="double-keys"):
    """The partitions of a customer's DoubleRows: what must go when he changes, or is forgotten."""

    listed = JSONAttribute()


class NotSameRow(Row, discriminator="not-same"):
    """Somebody looked at two customers and said that they are two; a row in the partition of each."""

    other_id = UnicodeAttribute()
