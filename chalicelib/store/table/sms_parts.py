"""Where texts leave off that may have more to say."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class SmsPartRow(Row, discriminator="sms-part"):
    """The message that the number wrote last, and how long its last part was; never what stood in it."""

    ticket_id = UnicodeAttribute()
    message_id = UnicodeAttribute()
    message_count = NumberAttribute()
    septets = NumberAttribute(null=True)
    units = NumberAttribute()
    came_at = TimeAttribute()
