"""What was brought from another desk."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row


class ImportedRow(Row, discriminator="imported"):
    """What a thing of another desk has become here: `target_id` is that of a customer, an agent or an organization."""

    target_id = UnicodeAttribute()
