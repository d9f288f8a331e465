"""In which tickets an address is in copy."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store.table.row import Row


class CopiedRow(Row, discriminator="copied"):
    """Says all in its key: see `store/copied`. `stamp` is another whenever it is written; former rows have none."""

    stamp = UnicodeAttribute(null=True)
