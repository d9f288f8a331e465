"""Codes that show a contact to be a customer's."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row


class ContactCodeRow(Row, discriminator="contact-code"):
    """The newest that the customer asked for; `contact_type` and `contact` are where it was sent."""

    id = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    contact_type = UnicodeAttribute()
    contact = UnicodeAttribute()
    locale = UnicodeAttribute()
    tries = NumberAttribute(null=True)
    sent = BooleanAttribute(null=True)
    shown = BooleanAttribute(null=True)
    purpose = UnicodeAttribute(null=True)
