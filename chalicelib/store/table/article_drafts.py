"""What published articles are to become: a row a language, beyond those that a reader's query reads."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class ArticleDraftRow(Row, discriminator="article-draft"):
    locale = UnicodeAttribute()
    title = UnicodeAttribute()
    body = UnicodeAttribute(null=True)
    slug = UnicodeAttribute()
    updated_at = TimeAttribute()
    updated_by = UnicodeAttribute(null=True)
    since = NumberAttribute()
    base = NumberAttribute()
    minor = BooleanAttribute()
