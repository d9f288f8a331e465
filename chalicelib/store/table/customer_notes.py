"""What agents wrote down about customers, and which messages these wrote into tickets of others."""

from pynamodb.attributes import JSONAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class CustomerNoteRow(Row, discriminator="customer-note"):
    id = UnicodeAttribute()
    customer_id = UnicodeAttribute()
    author = JSONAttribute()
    text = UnicodeAttribute()
    created_at = TimeAttribute()


class WroteElsewhereRow(Row, discriminator="wrote-elsewhere"):
    """Beside the message, which stands in the list of whose ticket it is: this one stands in its writer's."""

    created_at = TimeAttribute()
