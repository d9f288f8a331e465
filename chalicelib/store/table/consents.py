"""What customers allow: the ledger, and what it left to be answered."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class ConsentRow(Row, discriminator="consent"):
    """One change of what a customer allows; it never changes."""

    id = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    contact_type = UnicodeAttribute()
    contact = UnicodeAttribute()
    channel = UnicodeAttribute()
    action = UnicodeAttribute()
    at = TimeAttribute()
    source = UnicodeAttribute()
    actor_type = UnicodeAttribute()
    actor_id = UnicodeAttribute(null=True)
    text = UnicodeAttribute(null=True)
    ticket_id = UnicodeAttribute(null=True)
    message_id = UnicodeAttribute(null=True)
