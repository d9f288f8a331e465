"""Articles and categories."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

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


class TranslationRow(Row, discriminator="translation"):
    locale = UnicodeAttribute()
    title = UnicodeAttribute()
    body = UnicodeAttribute()
    slug = UnicodeAttribute()


class ListingRow(Row, discriminator="listing"):
    article_id = UnicodeAttribute()
    category_id = UnicodeAttribute()
    visibility = UnicodeAttribute()
    position = NumberAttribute()
    titles = JSONAttribute()
    slugs = JSONAttribute()


class CategoryRow(Row, discriminator="category"):
    id = UnicodeAttribute()
    translations = JSONAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()
    position = NumberAttribute()
    icon = UnicodeAttribute()
