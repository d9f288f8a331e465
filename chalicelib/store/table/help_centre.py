"""Articles and categories."""

from pynamodb.attributes import BooleanAttribute, JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class ArticleRow(Row, discriminator="article"):
    id = UnicodeAttribute()
    category_id = UnicodeAttribute()
    visibility = UnicodeAttribute()
    state = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    author_id = UnicodeAttribute(null=True)
    position = NumberAttribute()
    updated_by = UnicodeAttribute(null=True)
    publish_at = TimeAttribute(null=True)
    text_version = NumberAttribute(null=True)


class TranslationRow(Row, discriminator="translation"):
    locale = UnicodeAttribute()
    title = UnicodeAttribute()
    body = UnicodeAttribute()
    slug = UnicodeAttribute()
    updated_at = TimeAttribute(null=True)
    outdated = BooleanAttribute(null=True)
    since = NumberAttribute(null=True)
    judged_since = NumberAttribute(null=True)


class ListingRow(Row, discriminator="listing"):
    article_id = UnicodeAttribute()
    category_id = UnicodeAttribute()
    visibility = UnicodeAttribute()
    position = NumberAttribute()
    titles = JSONAttribute()
    slugs = JSONAttribute()
    updated_at = TimeAttribute(null=True)


class CategoryRow(Row, discriminator="category"):
    id = UnicodeAttribute()
    translations = JSONAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    position = NumberAttribute()
    icon = UnicodeAttribute()
