"""What keeps the rest exact: events, the feed, counters, pointers, answers given."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class EventRow(Row, discriminator="event"):
    """`dispatch` is `pending` on what a live change wrote; imported and restored rows carry none and send nothing."""

    id = UnicodeAttribute()
    type = UnicodeAttribute()
    created_at = TimeAttribute()
    actor = JSONAttribute()
    subject = UnicodeAttribute()
    ticket_id = UnicodeAttribute(null=True)
    customer_id = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    article_id = UnicodeAttribute(null=True)
    changes = JSONAttribute(null=True)
    counts = JSONAttribute(null=True)
    sends = JSONAttribute(null=True)
    dispatch = UnicodeAttribute(null=True)
    sequence = NumberAttribute(null=True)


class FeedRow(Row, discriminator="feed"):
    sequence = NumberAttribute()
    event_pk = UnicodeAttribute()
    event_sk = UnicodeAttribute()


class FeedHeadRow(Row, discriminator="feed-head"):
    sequence = NumberAttribute()


class CounterRow(Row, discriminator="counter"):
    value = NumberAttribute()


class PointerRow(Row, discriminator="pointer"):
    """A row that only says which other thing a number, an address or a Message-ID belongs to."""

    ticket_id = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
    customer_id = UnicodeAttribute(null=True)
    agent_id = UnicodeAttribute(null=True)
    team_id = UnicodeAttribute(null=True)
    article_id = UnicodeAttribute(null=True)
    locale = UnicodeAttribute(null=True)


class IdempotencyRow(Row, discriminator="idempotency"):
    request_hash = UnicodeAttribute()
    answer = JSONAttribute(null=True)
    answer_key = UnicodeAttribute(null=True)
