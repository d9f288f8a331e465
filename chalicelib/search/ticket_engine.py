"""Which of two engines finds tickets: our own shards, or OpenSearch where one setting names it.

Both have the same `search`, `publish`, `rebuild`, `months` and `sweep`. Moving either way wants a rebuild, which the
night makes: docs/operating.md says how.
"""

from types import ModuleType

from chalicelib import settings
from chalicelib.search import tickets


def chosen() -> ModuleType:
    """The engine of this deployment."""
    if not settings.ticket_search():
        return tickets
    from chalicelib.search import tickets_opensearch

    return tickets_opensearch


def sweep() -> None:
    """Delete what no search needs any more, the shards too where OpenSearch is in use: they would go on holding the
    words of tickets that are erased."""
    chosen().sweep()
    if settings.ticket_search():
        tickets.clear()
