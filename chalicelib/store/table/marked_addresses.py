"""Addresses that mail came back from for good, or that complained of it."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class MarkedAddressRow(Row, discriminator="marked-address"):
    """`mark` is `bounce` or `complaint`; the address itself stands only in the key, and there as a hash."""

    mark = UnicodeAttribute()
    marked_at = TimeAttribute()
