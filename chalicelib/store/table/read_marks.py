"""How far a customer has read in his tickets."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row


class ReadMarkRow(Row, discriminator="read-mark"):
    """`message_id` is the newest one that he had before his eyes."""

    ticket_id = UnicodeAttribute()
    message_id = UnicodeAttribute()
