"""In which tickets an address is in copy."""

from chalicelib.store.table.row import Row


class CopiedRow(Row, discriminator="copied"):
    """Says all in its key: see `store/copied`."""
