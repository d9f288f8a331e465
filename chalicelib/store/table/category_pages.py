"""Where the pages of a category begin."""

from pynamodb.attributes import JSONAttribute

from chalicelib.store.table.row import Row


class CategoryPagesRow(Row, discriminator="category-pages"):
    beginnings = JSONAttribute()
