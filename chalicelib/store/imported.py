"""Which person or organization of another desk has become which here, so that what names them finds them again."""

from collections.abc import Iterable

from chalicelib.store import keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ImportedRow


def find(sources: Iterable[str]) -> dict[str, str]:
    """The ids of what those have become, by source (such as `zendesk:user:7`); who was not brought is not in it."""
    wanted = {keys.imported(source): source for source in sources}
    found = rows.batch(list(wanted))
    return {wanted[key]: row.target_id for key, row in found.items() if isinstance(row, ImportedRow)}


def remember(change: Changes, source: str, target_id: str) -> None:
    change.put(ImportedRow(keys.imported(source), target_id=target_id))
