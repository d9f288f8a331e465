"""When a number last wrote on WhatsApp."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class WhatsAppSessionRow(Row, discriminator="whatsapp-session"):
    """`wamid` is Meta's id of that message, which an answer names."""

    number = UnicodeAttribute()
    last_at = TimeAttribute()
    wamid = UnicodeAttribute()
