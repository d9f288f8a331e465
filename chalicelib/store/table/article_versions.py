"""What articles said before. A version's words lie beside it, so that a list of versions brings no texts."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class ArticleVersionRow(Row, discriminator="article-version"):
    article_id = UnicodeAttribute()
    number = NumberAttribute()
    at = TimeAttribute()
    by = UnicodeAttribute(null=True)
    category_id = UnicodeAttribute()
    visibility = UnicodeAttribute()
    titles = JSONAttribute()
    texts = JSONAttribute()
    changed = JSONAttribute(null=True)
    published = BooleanAttribute(null=True)


class ArticleTextRow(Row, discriminator="article-text"):
    title = UnicodeAttribute()
    body = UnicodeAttribute()
