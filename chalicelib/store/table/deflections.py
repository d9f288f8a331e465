"""What became of the visits to the ticket form, a row a day."""

from pynamodb.attributes import NumberAttribute

from chalicelib.store.table.row import Row


class DeflectionRow(Row, discriminator="deflection"):
    """See `store/deflections` for what each of them counts."""

    opened = NumberAttribute(null=True)
    suggested = NumberAttribute(null=True)
    article_opened = NumberAttribute(null=True)
    answered = NumberAttribute(null=True)
    sent = NumberAttribute(null=True)
    sent_after_suggested = NumberAttribute(null=True)
    sent_after_article = NumberAttribute(null=True)
