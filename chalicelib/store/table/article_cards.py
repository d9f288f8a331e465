"""What lists of articles show, once for its category and once for its state."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class ArticleCardRow(Row, discriminator="article-card"):
    article_id = UnicodeAttribute()
    category_id = UnicodeAttribute()
    visibility = UnicodeAttribute()
    shelf = UnicodeAttribute()
    position = NumberAttribute()
    updated_at = TimeAttribute()
    titles = JSONAttribute()
    outdated = JSONAttribute(null=True)
    languages = UnicodeAttribute(null=True)
    author_id = UnicodeAttribute(null=True)
    updated_by = UnicodeAttribute(null=True)
    publish_at = TimeAttribute(null=True)
    drafts = JSONAttribute(null=True)
