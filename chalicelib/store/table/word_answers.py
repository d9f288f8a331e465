"""What is still to be answered to STOP, HELP and START."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class WordAnswerRow(Row, discriminator="word-answer"):
    """`tag` tells which of the customer's contacts wrote; the number itself stands nowhere here."""

    asks = UnicodeAttribute()
    channel = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    tag = UnicodeAttribute()
    locale = UnicodeAttribute()
    created_at = TimeAttribute()
    sending_until = TimeAttribute(null=True)
    done = BooleanAttribute(null=True)
