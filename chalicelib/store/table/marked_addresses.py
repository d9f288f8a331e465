"""Addresses that nothing is to be sent to, beside the contacts of customers."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class MarkedAddressRow(Row, discriminator="marked-address"):
    """`mark` is `bounce`, `complaint`, `opted-out` or `switched-off`; the address stands only in the key, as a hash."""

    mark = UnicodeAttribute()
    marked_at = TimeAttribute()
