"""How fast a sender writes."""

from pynamodb.attributes import JSONAttribute

from chalicelib.store.table.row import Row


class SenderPaceRow(Row, discriminator="sender-pace"):
    """`times` are those of the newest mails that were let in, in seconds since 1970, oldest first."""

    times = JSONAttribute()
