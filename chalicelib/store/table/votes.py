"""Votes on articles, and how many there are."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store.table.row import Row, TimeAttribute


class VoteRow(Row, discriminator="vote"):
    article_id = UnicodeAttribute()
    locale = UnicodeAttribute()
    visitor = UnicodeAttribute()
    helpful = BooleanAttribute()
    at = TimeAttribute()
    reason = UnicodeAttribute(null=True)
    words = UnicodeAttribute(null=True)
    since = NumberAttribute(null=True)


class VoteCountRow(Row, discriminator="vote-count"):
    """The counts of one language of an article, of all votes or of those since a version; the last five are those of
    the reasons."""

    article_id = UnicodeAttribute()
    locale = UnicodeAttribute()
    since = NumberAttribute(null=True)
    helpful = NumberAttribute(null=True)
    unhelpful = NumberAttribute(null=True)
    unclear = NumberAttribute(null=True)
    outdated = NumberAttribute(null=True)
    wrong = NumberAttribute(null=True)
    missing = NumberAttribute(null=True)
    other = NumberAttribute(null=True)
