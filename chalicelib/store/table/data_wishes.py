"""What customers asked for with their own data."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class DataWishRow(Row, discriminator="data-wish"):
    """An export has its job, an erasure the time at which it is carried out; that one is on `due`."""

    customer_id = UnicodeAttribute()
    asked_at = TimeAttribute()
    job_id = UnicodeAttribute(null=True)
    erase_at = TimeAttribute(null=True)
