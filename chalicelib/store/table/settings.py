"""What the shop sets up beside its people: definitions of custom fields."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class FieldDefinitionRow(Row, discriminator="field-definition"):
    id = UnicodeAttribute()
    key = UnicodeAttribute()
    type = UnicodeAttribute()
    applies_to = UnicodeAttribute()
    names = JSONAttribute()
    options = JSONAttribute(null=True)
    required = BooleanAttribute()
    position = NumberAttribute()
    shown_to_customers = BooleanAttribute(null=True)
    topics = JSONAttribute(null=True)
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
