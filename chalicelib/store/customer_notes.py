"""Notes about customers. They stand with whom they were written about; who stands for several shows those of all."""

from collections.abc import Sequence
from dataclasses import dataclass

from chalicelib.domain.customer_note import CustomerNote
from chalicelib.domain.message import Author
from chalicelib.store import changes, keys, rows
from chalicelib.store.changes import Changes
from chalicelib.store.table import CustomerNoteRow, CustomerRow, Row


@dataclass(frozen=True)
class Page:
    """`after` is the id of the last one shown where there are more, else None."""

    notes: tuple[CustomerNote, ...]
    after: str | None


def add(change: Changes, note: CustomerNote) -> None:
    """Write the note, while the customer is there."""
    put(change, note)
    stands = CustomerRow.pk.exists() & CustomerRow.erased_at.does_not_exist()
    change.check(CustomerRow(keys.customer(note.customer_id)), stands)


def put(change: Changes, note: CustomerNote) -> None:
    """Write the note, in a change that writes the customer himself."""
    told = rows.attributes(note, "author")
    change.add(CustomerNoteRow(keys.customer_note(note.customer_id, note.id), author=vars(note.author), **told))


def delete(change: Changes, note: CustomerNote) -> None:
    change.delete(CustomerNoteRow(keys.customer_note(note.customer_id, note.id)), Row.pk.exists())


def find(customer_ids: Sequence[str], note_id: str) -> CustomerNote | None:
    """The note with that id about any of those customers."""
    found = rows.batch([keys.customer_note(id, note_id) for id in customer_ids]).values()
    return next((_noun(row) for row in found if isinstance(row, CustomerNoteRow)), None)


def page(customer_ids: Sequence[str], limit: int, before: str | None = None) -> Page:
    """At most `limit` notes about those customers, who are one person, newest first, behind the one of id `before`."""
    changes.connection()
    found = [row for id in customer_ids for row in _newest(id, limit + 1, before)]
    listed = sorted((_noun(row) for row in found), key=lambda note: note.id, reverse=True)
    return Page(tuple(listed[:limit]), listed[limit - 1].id if len(listed) > limit else None)


def _newest(customer_id: str, most: int, before: str | None) -> list[CustomerNoteRow]:
    pk, place = keys.customer_note(customer_id, before or "~")
    between = Row.sk.between("NOTE#", place)
    found = Row.query(pk, between, scan_index_forward=False, consistent_read=True, limit=most + 1)
    return [row for row in found if isinstance(row, CustomerNoteRow) and row.sk != place][:most]


def _noun(row: CustomerNoteRow) -> CustomerNote:
    return rows.noun(CustomerNote, row, author=Author(**row.author))
