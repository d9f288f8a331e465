"""What happened with customers outside the desk."""

from pynamodb.attributes import JSONAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class CustomerEventRow(Row, discriminator="customer-event"):
    id = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    type = UnicodeAttribute()
    title = UnicodeAttribute()
    occurred_at = TimeAttribute()
    created_at = TimeAttribute()
    url = UnicodeAttribute(null=True)
    amount = JSONAttribute(null=True)
    external_id = UnicodeAttribute(null=True)
    data = JSONAttribute(null=True)


class CustomerEventNameRow(Row, discriminator="customer-event-name"):
    """The shop's own id of an event, beside it: must not exist twice."""

    event_sk = UnicodeAttribute()
