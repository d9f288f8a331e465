"""Words that agents use again and again."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class MacroRow(Row, discriminator="macro"):
    id = UnicodeAttribute()
    name = UnicodeAttribute()
    texts = JSONAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    position = NumberAttribute()
    team_id = UnicodeAttribute(null=True)
