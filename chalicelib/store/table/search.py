"""What the ticket index does not show yet."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class UnindexedRow(Row, discriminator="unindexed"):
    """A ticket that changed since the last publication; `stamp` is another after each change."""

    ticket_id = UnicodeAttribute()
    stamp = UnicodeAttribute()


class TicketIndexRow(Row, discriminator="ticket-index"):
    """How far the ticket index is.

    `generation` is the publication that shows what is marked no more, `marked` how often something was marked since;
    `held_until` keeps others from publishing.
    """

    marked = NumberAttribute(null=True)
    generation = NumberAttribute(null=True)
    held_until = TimeAttribute(null=True)
