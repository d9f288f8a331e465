"""What customers said of solved tickets."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class RatingRow(Row, discriminator="rating"):
    ticket_id = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    answer = UnicodeAttribute()
    words = UnicodeAttribute(null=True)
    rated_at = TimeAttribute()
    changed_at = TimeAttribute()
