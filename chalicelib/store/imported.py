"""Which person or organization of another desk has become which here, so that what names them finds them again."""

from collections.abc import Iterable, Sequence

from chalicelib import ids
from chalicelib.domain.customer import Contact
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import ImportedRow, PointerRow, Row


def find(sources: Iterable[str]) -> dict[str, str]:
    """The ids of what those have become, by source (such as `zendesk:user:7`); who was not brought is not in it."""
    wanted = {keys.imported(source): source for source in sources}
    found = rows.batch(list(wanted))
    return {wanted[key]: row.target_id for key, row in found.items() if isinstance(row, ImportedRow)}


def remember(change: Changes, source: str, target_id: str) -> None:
    change.put(ImportedRow(keys.imported(source), target_id=target_id))


def owners(contacts: Iterable[Contact]) -> dict[tuple[str, str], str]:
    """The ids of the customers whose contacts those are, by type and value; what is nobody's is not in it."""
    wanted = {keys.contact(one.type, one.value): (one.type, one.value) for one in contacts}
    found = rows.batch(list(wanted))
    return {
        wanted[key]: row.customer_id for key, row in found.items() if isinstance(row, PointerRow) and row.customer_id
    }


def messages_of(ticket_id: str, message_ids: Sequence[str]) -> set[str]:
    """Which of those messages (one at least) the ticket has, each in whatever place among those of its moment."""
    pk, _ = keys.ticket(ticket_id)
    changes.connection()
    then = Row.sk.between(f"MESSAGE#{min(message_ids)[:14]}", f"MESSAGE#{max(message_ids)[:14]}~")
    found = Row.query(pk, then, consistent_read=True, attributes_to_get=["sk", "kind"])
    there = {ids.origin(row.sk.removeprefix("MESSAGE#")) for row in found}
    return {id for id in message_ids if ids.origin(id) in there}
