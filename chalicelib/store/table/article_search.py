"""What the search of the help centre is told by authors, and what it is asked for."""

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class SynonymsRow(Row, discriminator="synonyms"):
    id = UnicodeAttribute()
    locale = UnicodeAttribute()
    words = JSONAttribute()
    visibility = UnicodeAttribute()
    created_at = TimeAttribute()
    updated_at = TimeAttribute()


class UnindexedArticleRow(Row, discriminator="unindexed-article"):
    """An article, or all synonyms, that the published index may not show as they are; `stamp` is new at each change."""

    stamp = UnicodeAttribute()


class SearchesRow(Row, discriminator="searches"):
    """How often one query was searched for on one day in one language, how often in vain, and how often an article was
    opened from what was found. `hits` is how many articles the last of them found.
    """

    query_text = UnicodeAttribute()  # `query` is what PynamoDB calls its own
    searches = NumberAttribute()
    in_vain = NumberAttribute()
    opened = NumberAttribute(null=True)
    hits = NumberAttribute()
    searched_at = TimeAttribute()
